"""Composes the services: embedded (one machine) and production."""
