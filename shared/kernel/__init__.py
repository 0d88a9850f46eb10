"""What every service speaks: refusals, clock, identifiers, money, days. Standard library only."""
