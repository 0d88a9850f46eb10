"""What stands in the documents that people hand in: pure, out of a frozen version alone."""
