"""How it is reached: pages and API, worker, command line."""
