"""House rules: what a policy that loads may say, but probably does not mean, or does not say well."""
