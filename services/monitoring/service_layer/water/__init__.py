"""Commands on safe drinking water (plan item 9): works, tests, rounds, problems."""
