"""Text -> nodes with positions -> model; all faults collected."""
