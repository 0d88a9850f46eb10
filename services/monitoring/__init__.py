"""The monitoring department: households, clues, cases. It has no Python API; others read its events."""
