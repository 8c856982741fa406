"""Notices (通报): drafted from a run, edited in their words, issued by another."""
