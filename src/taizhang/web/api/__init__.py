"""The open API: read-only, every number with its citation."""
