"""What may be done: one function per command, one handler per incoming event."""
