"""What is true about jobs and posts: standard library, kernel and figures only."""
