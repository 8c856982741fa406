"""People, their roles and what the roles may do."""
