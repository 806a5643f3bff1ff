"""What trying the laws on generated cases has found, as a page, as JSON and as case files."""
