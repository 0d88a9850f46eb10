"""The employment department's service: jobs, posts, requested measures. Others read its events."""
