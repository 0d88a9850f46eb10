"""Commands on imports: upload, read and preview, approve, apply, withdraw."""
