"""Toilets, sewage and clean villages (plan items 5, 27)."""
