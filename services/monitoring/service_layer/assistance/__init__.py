"""Commands on social assistance."""
