"""The monitoring department's service: households, clues, cases. It has no Python API; others read its events."""
