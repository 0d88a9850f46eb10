"""Safe drinking water (plan item 9): works, tests, rounds, problems."""
