"""What authors of policies use in their own tests: generated cases and the laws that every answer obeys.

`strategies` and `stateful` need Hypothesis, and `laws.suite` pytest as well (the extra `testing`); the laws themselves
need nothing.
"""
