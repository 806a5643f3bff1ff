"""What another version of a policy changes, told: a page for text and Markdown, JSON, and cases as files."""
