"""Regulations beside the documents that they implement, as pages: a table of relations, and the argument to it."""
