"""Where evaluation keeps things: tables, repositories, rule files, packs."""
