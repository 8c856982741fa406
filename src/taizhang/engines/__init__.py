"""Pure parts: values in, values out. No framework, clock, database or file."""
