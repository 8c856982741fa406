"""Settings: base, and what differs for demo, test and production."""
