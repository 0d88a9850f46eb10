"""What may be done in evaluation: commands, and what happens when events come in."""
