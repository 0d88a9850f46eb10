"""Commands on the rectification ledger."""
