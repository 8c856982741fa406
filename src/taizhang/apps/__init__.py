"""Rows, rights and history: one Django app per subject, each with operations (write), queries (read) and permissions."""
