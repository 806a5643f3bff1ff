"""The reference evaluator: the semantics written down as plainly as Python allows."""
