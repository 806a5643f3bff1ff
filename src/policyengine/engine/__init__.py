"""The evaluators: one meaning (docs/explanation/semantics.md), several ways to compute it."""
