"""After publication: appeals and rectification."""
