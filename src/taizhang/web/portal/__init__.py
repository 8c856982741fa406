"""Public pages: what the gazette says, found, cited and counted."""
