"""Puts the four services together; the only place that knows more than one of them."""
