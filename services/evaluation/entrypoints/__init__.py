"""How evaluation is reached: pages, worker, command line."""
