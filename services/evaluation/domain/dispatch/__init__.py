"""Month-end dispatch, quarterly meetings, demonstration sites and undertakings (plan items 24 to 26)."""
