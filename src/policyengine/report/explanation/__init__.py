"""An explanation in words: what was found, step by step, so that every number and date can be checked by hand."""
