"""Peers that judge one case at a time."""
