"""Sample inspections: a frozen list, a published seed, a draw anyone can repeat (domain 5.4)."""
