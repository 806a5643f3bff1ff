"""The slips of the pen that a policy is tried with, each a small change of its document."""
