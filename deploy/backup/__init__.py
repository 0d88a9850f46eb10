"""Backup of one service's database, restoring it, and bringing back what happened since."""
