"""Dated policy figures: pure in ``figure``, read from YAML in ``load``."""
