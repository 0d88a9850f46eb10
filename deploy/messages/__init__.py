"""Messages in an operator's hands: where an event goes, what is on the wire, what was set aside."""
