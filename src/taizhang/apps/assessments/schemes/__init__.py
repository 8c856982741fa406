"""Schemes: proposed and adopted, kept as values by digest, filled in from adopted issues, with the sentences they cite."""
