"""What authors of policies use in their own tests: generated cases and the laws that every answer obeys.

`strategies` needs Hypothesis (the extra `testing`); `laws` needs nothing.
"""
