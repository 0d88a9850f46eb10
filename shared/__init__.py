"""Technical words only: about machines, not about the county. Knows no service."""
