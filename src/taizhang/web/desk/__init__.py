"""Pages of the staff: hand in, review, adopt, dispose."""
