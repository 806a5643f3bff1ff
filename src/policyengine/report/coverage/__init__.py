"""What examples hold a policy to, as people and programs read it."""
