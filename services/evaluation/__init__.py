"""The evaluation service of the supervision office; it has no Python API, only events and pages."""
