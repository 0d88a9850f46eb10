"""Workbooks and CSV files, read and written line by line."""
