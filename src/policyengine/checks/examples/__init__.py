"""Examples beside a policy: cases with what must come out, readable by a lawyer."""
