"""(policy, case, `as_of`, readings) -> a plain policy and a plain log (S1-S8): what every evaluator starts from.

Invariant: a :class:`~policyengine.prepare.prepared.Prepared` holds no reading, no event after `as_of`, no repeated
event, and no name or value that the vocabulary lacks, unless another policy that judges the case too knows it.
"""
