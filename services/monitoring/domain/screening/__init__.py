"""Screening rounds: who is to be reached, who first, and what was judged there (domain 3.4)."""
