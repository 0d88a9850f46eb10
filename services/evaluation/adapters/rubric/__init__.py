"""Rubrics as files: read, checked, fed with values, and their results written."""
