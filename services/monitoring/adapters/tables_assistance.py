"""Tables of social assistance: entitlements and their payments, temporary relief, wishes for care."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    text,
)

from services.monitoring.adapters.metadata import metadata

_OPEN = "state IN ('found', 'granted')"

entitlements = Table(
    "entitlements",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("person_id", String(36)),
    Column("subject", String(36), nullable=False),
    Column("found_by", String(12), nullable=False),
    Column("found_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("state", String(8), nullable=False),
    Column("monthly_fen", BigInteger, nullable=False),
    Column("income", BigInteger),
    Column("rigid", BigInteger, nullable=False),
    Column("property_found", BigInteger, nullable=False),
    Column("exempt", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
    Column("decided_on", Date),
    Column("ended_on", Date),
    Column("reason", String(24), nullable=False),
    Index("entitlements_due", "state", "due_on"),
    Index("entitlements_of_kind", "kind", "state", "area_code"),
    Index(
        "entitlements_one_open",
        "subject",
        "kind",
        unique=True,
        postgresql_where=text(_OPEN),
        sqlite_where=text(_OPEN),
    ),
)

allowances = Table(
    "allowances",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("entitlement_id", ForeignKey("entitlements.id"), nullable=False),
    Column("month", String(6), nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("paid_on", Date, nullable=False),
    Index("allowances_once_a_month", "entitlement_id", "month", unique=True),
)

reliefs = Table(
    "reliefs",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("tier", String(8), nullable=False),
    Column("cause", String(12), nullable=False),
    Column("applied_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("asked_fen", BigInteger, nullable=False),
    Column("note", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("eligible", Boolean, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("over_limit", Boolean, nullable=False),
    Column("decided_on", Date),
    Column("reason", String(24), nullable=False),
    Index("reliefs_due", "state", "due_on"),
)

care_wishes = Table(
    "care_wishes",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", ForeignKey("households.id"), nullable=False, index=True),
    Column("area_code", String(12), nullable=False),
    Column("person_id", String(36), nullable=False),
    Column("wished_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("home", String(100), nullable=False),
    Column("state", String(8), nullable=False),
    Column("placed_on", Date),
    Column("ended_on", Date),
    Column("note", Text, nullable=False),
    Index("care_wishes_due", "state", "due_on"),
    Index(
        "care_wishes_one_open",
        "person_id",
        unique=True,
        postgresql_where=text("state <> 'ended'"),
        sqlite_where=text("state <> 'ended'"),
    ),
)
