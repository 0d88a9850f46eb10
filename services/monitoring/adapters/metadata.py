"""The one metadata of this database, with the tables every service has for its messages."""

from sqlalchemy import MetaData

from shared.audit.tables import audit_tables
from shared.messaging.idempotency import idempotency_table
from shared.messaging.tables import message_tables

metadata = MetaData()
messages = message_tables(metadata)
idempotency = idempotency_table(metadata)
audit_entry, audit_head = audit_tables(metadata)
