"""Regulation against regulation, exactly: over regions of the facts, never over samples."""
