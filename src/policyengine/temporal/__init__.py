"""Instants, zones, dated calendars, lengths and limits, as values of our own."""
