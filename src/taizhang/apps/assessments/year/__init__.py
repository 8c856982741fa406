"""A year opened: who is assessed, what each owes and by when, who measures what, and who takes over."""
