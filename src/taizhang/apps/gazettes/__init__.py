"""Issues of a gazette: proposed from a file, reviewed, adopted, read; their findings, errata and interpretations."""
