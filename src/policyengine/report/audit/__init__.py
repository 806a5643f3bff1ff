"""What an audit found, as text, Markdown, HTML, CSV, JSON, and as annotations for CI services."""
