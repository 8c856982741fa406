"""Feeds: documents and findings as Atom."""
