"""Feeds: documents, findings and errata as Atom."""
