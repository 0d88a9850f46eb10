"""The finance site."""
