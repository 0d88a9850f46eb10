"""The employment site."""
