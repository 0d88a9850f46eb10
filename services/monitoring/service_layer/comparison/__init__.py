"""Commands on departments' lists, warnings, differences and pushes, and what follows from other commands."""
