"""The evaluation site: pages and actions, one module per noun."""
