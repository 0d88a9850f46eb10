"""Where it is kept: tables, repositories, queries behind pages, policy files."""
