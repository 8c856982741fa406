"""Twins: every table of the portal as CSV, xlsx and JSON, every document and issue as Akoma Ntoso, HTML and JSON."""
