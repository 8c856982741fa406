"""Targets changed in mid-year."""
