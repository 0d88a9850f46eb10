"""Training, resident teams, publicity and services checked on the spot (plan items 21, 29, 30, 33 to 35)."""
