"""What is true about loans: standard library, kernel and figures only."""
