"""What may be done: one dataclass and one function per command, and the handlers of incoming events."""
