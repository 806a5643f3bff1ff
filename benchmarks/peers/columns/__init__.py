"""Peers that judge many cases in columns."""
