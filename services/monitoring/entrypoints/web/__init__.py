"""The monitoring site."""
