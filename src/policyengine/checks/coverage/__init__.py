"""What the examples of a policy hold it to, and what none of them says anything about."""
