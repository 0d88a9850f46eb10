"""Databases: engines, bulk statements, units of work, versions, migrations."""
