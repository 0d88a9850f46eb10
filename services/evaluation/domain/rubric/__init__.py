"""Rubrics: how a scoring table of any county is written down, and how units are scored by it."""
