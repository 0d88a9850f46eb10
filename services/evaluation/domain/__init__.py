"""What is true of scores: facts, counting, methods, ranks. Standard library and kernel only."""
