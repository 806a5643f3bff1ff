"""Whether one policy is at least as strict as another, in words: demand by demand, each failing shown by a case."""
