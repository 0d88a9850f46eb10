"""Data quality: the rules a record is held to, the errors they find, the gates a change passes."""
