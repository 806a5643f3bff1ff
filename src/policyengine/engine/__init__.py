"""The evaluators: one meaning (SEMANTICS.md), several ways to compute it."""
