"""The follow-up of relocated households (plan items 14 to 16)."""
