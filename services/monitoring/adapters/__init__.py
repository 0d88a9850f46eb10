"""Where it is kept: tables, repositories, policy files."""
