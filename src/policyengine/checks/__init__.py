"""What holds policies and case logs to what is expected of them: house rules, examples, mutants, audits."""
