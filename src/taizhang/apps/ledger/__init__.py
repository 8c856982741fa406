"""Who did what, when, for which body, before and after: rows that carry their own hash and are linked by a sealer."""
