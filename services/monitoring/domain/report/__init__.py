"""Weekly, monthly and quarterly reports of the towns (plan item 2)."""
