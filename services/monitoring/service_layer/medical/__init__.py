"""Commands on the guarantee of medical care."""
