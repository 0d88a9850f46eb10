"""Events and the database, in one transaction: outbox, inbox, intake. SQL only, no broker."""
