"""What a run scores besides reports, the runs (试算), and what would move."""
