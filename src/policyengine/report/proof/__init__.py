"""What was found about one policy, as a page, as JSON, and as case files that anybody can judge again."""
