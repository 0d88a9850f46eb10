"""Departments' lists against the register: rows, persons, warnings, differences, pushes (domain 3.5, 6)."""
