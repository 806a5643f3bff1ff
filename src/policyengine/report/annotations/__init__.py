"""Findings in the forms that CI services read: SARIF, JUnit XML, annotations of GitHub."""
