"""Statutory clocks on the Chinese working calendar, weekends worked in lieu included, with the day-by-day proof."""
