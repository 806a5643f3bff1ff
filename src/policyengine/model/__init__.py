"""What a vocabulary, a policy, a case and an answer *are*: values without I/O.

Invariant: every value here is deeply immutable and picklable. A policy hashes by the digest of its document.
"""
