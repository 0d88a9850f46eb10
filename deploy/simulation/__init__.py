"""Plays a county's year through public commands and events; owns no table and reads none."""
