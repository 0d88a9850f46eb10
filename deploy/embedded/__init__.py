"""The whole county on one machine: SQLite files, an in-process broker, two processes."""
