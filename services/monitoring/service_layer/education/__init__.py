"""Commands on the guarantee of education."""
