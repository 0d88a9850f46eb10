"""How it is reached: pages and API, background work, command line."""
