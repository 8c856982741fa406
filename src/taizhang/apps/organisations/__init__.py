"""Bodies, their dated names and what happened to them."""
