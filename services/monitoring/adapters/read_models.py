"""What pages show of households: frozen dataclasses out of SELECTs, never rows."""
