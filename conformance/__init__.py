"""The answers that every implementation has to give, as JSON; see README.md."""
