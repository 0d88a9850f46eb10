"""Use cases of dispatch."""
