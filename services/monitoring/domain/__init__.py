"""What is true of households, clues and cases. Standard library, kernel and figures only."""
