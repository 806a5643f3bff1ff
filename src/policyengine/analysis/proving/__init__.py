"""What follows from a policy's text that its authors will not have meant: each finding with a case that shows it."""
