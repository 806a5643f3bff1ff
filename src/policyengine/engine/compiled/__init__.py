"""The compiled evaluator: the reference's answers, from a policy laid out beforehand and instants as whole numbers."""
