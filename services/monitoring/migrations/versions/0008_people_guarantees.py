"""Education, medical care, social assistance."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the tables of this subject."""
    _dropouts()
    _student_aids()
    _home_pupils()
    _home_visits()
    _paired_children()
    _medical_covers()
    _hospital_stays()
    _diseases()
    _disease_services()
    _entitlements()
    _allowances()
    _reliefs()
    _care_wishes()


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("care_wishes")
    op.drop_table("reliefs")
    op.drop_table("allowances")
    op.drop_table("entitlements")
    op.drop_table("disease_services")
    op.drop_table("diseases")
    op.drop_table("hospital_stays")
    op.drop_table("medical_covers")
    op.drop_table("paired_children")
    op.drop_table("home_visits")
    op.drop_table("home_pupils")
    op.drop_table("student_aids")
    op.drop_table("dropouts")


def _dropouts() -> None:
    op.create_table(
        "dropouts",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("change_id", sa.String(36), nullable=False, unique=True),
        sa.Column("reason", sa.String(3), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("persuasions", sa.Text(), nullable=False),
        sa.Column("notice_no", sa.String(40), nullable=False),
        sa.Column("notified_on", sa.Date()),
        sa.Column("return_by", sa.Date()),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("ended_on", sa.Date()),
    )
    op.create_index("dropouts_due", "dropouts", ["state", "due_on"])
    op.create_index(
        "dropouts_one_open",
        "dropouts",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_index("ix_dropouts_household_id", "dropouts", ["household_id"])


def _student_aids() -> None:
    op.create_table(
        "student_aids",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(4), nullable=False),
        sa.Column("term", sa.String(5), nullable=False),
        sa.Column("school_status", sa.String(3), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("amount_confirmed", sa.Boolean(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("paid_on", sa.Date()),
        sa.Column("withdrawn_on", sa.Date()),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_student_aids_household_id", "student_aids", ["household_id"])
    op.create_index("student_aids_due", "student_aids", ["state", "due_on"])
    op.create_index("student_aids_of_term", "student_aids", ["term", "state", "area_code"])


def _home_pupils() -> None:
    op.create_table(
        "home_pupils",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("teacher", sa.String(60), nullable=False),
        sa.Column("visits_a_month", sa.Integer(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("reason", sa.String(16), nullable=False),
    )
    op.create_index(
        "home_pupils_one_running",
        "home_pupils",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("state = 'running'"),
        postgresql_where=sa.text("state = 'running'"),
    )
    op.create_index("home_pupils_running", "home_pupils", ["state", "area_code"])
    op.create_index("ix_home_pupils_household_id", "home_pupils", ["household_id"])


def _home_visits() -> None:
    op.create_table(
        "home_visits",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("pupil_id", sa.String(36), sa.ForeignKey("home_pupils.id"), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("teacher", sa.String(60), nullable=False),
        sa.Column("lessons", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("home_visits_by_day", "home_visits", ["visited_on"])
    op.create_index("home_visits_of_pupil", "home_visits", ["pupil_id", "visited_on"])


def _paired_children() -> None:
    op.create_table(
        "paired_children",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("child_class", sa.String(12), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("teacher", sa.String(60), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("paired_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
    )
    op.create_index("ix_paired_children_household_id", "paired_children", ["household_id"])
    op.create_index("paired_children_due", "paired_children", ["state", "due_on"])


def _medical_covers() -> None:
    op.create_table(
        "medical_covers",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(8), nullable=False),
        sa.Column("subsidy_fen", sa.BigInteger(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_medical_covers_household_id", "medical_covers", ["household_id"])
    op.create_index("medical_covers_of_person", "medical_covers", ["person_id", "year"], unique=True)
    op.create_index("medical_covers_of_year", "medical_covers", ["year", "scheme", "area_code"])


def _hospital_stays() -> None:
    op.create_table(
        "hospital_stays",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("in_county", sa.Boolean(), nullable=False),
        sa.Column("hospital", sa.String(100), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("settled_on", sa.Date()),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("basic", sa.BigInteger(), nullable=False),
        sa.Column("critical", sa.BigInteger(), nullable=False),
        sa.Column("relief", sa.BigInteger(), nullable=False),
        sa.Column("said_self_paid", sa.BigInteger()),
    )
    op.create_index("hospital_stays_by_day", "hospital_stays", ["left_on"])
    op.create_index("hospital_stays_due", "hospital_stays", ["state", "due_on"])
    op.create_index("ix_hospital_stays_household_id", "hospital_stays", ["household_id"])


def _diseases() -> None:
    op.create_table(
        "diseases",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("disease", sa.String(16), nullable=False),
        sa.Column("proof", sa.String(16), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("contract_no", sa.String(40), nullable=False),
        sa.Column("doctor", sa.String(60), nullable=False),
        sa.Column("signed_on", sa.Date()),
        sa.Column("served_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("reason", sa.String(16), nullable=False),
    )
    op.create_index("diseases_due", "diseases", ["state", "due_on"])
    op.create_index(
        "diseases_one_open",
        "diseases",
        ["person_id", "kind", "disease"],
        unique=True,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_index("ix_diseases_household_id", "diseases", ["household_id"])


def _disease_services() -> None:
    op.create_table(
        "disease_services",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("disease_id", sa.String(36), sa.ForeignKey("diseases.id"), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=False),
        sa.Column("doctor", sa.String(60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("disease_services_of", "disease_services", ["disease_id", "served_on"])


def _entitlements() -> None:
    op.create_table(
        "entitlements",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("person_id", sa.String(36)),
        sa.Column("subject", sa.String(36), nullable=False),
        sa.Column("found_by", sa.String(12), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("monthly_fen", sa.BigInteger(), nullable=False),
        sa.Column("income", sa.BigInteger()),
        sa.Column("rigid", sa.BigInteger(), nullable=False),
        sa.Column("property_found", sa.BigInteger(), nullable=False),
        sa.Column("exempt", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("reason", sa.String(24), nullable=False),
    )
    op.create_index("entitlements_due", "entitlements", ["state", "due_on"])
    op.create_index("entitlements_of_kind", "entitlements", ["kind", "state", "area_code"])
    op.create_index(
        "entitlements_one_open",
        "entitlements",
        ["subject", "kind"],
        unique=True,
        sqlite_where=sa.text("state IN ('found', 'granted')"),
        postgresql_where=sa.text("state IN ('found', 'granted')"),
    )
    op.create_index("ix_entitlements_household_id", "entitlements", ["household_id"])


def _allowances() -> None:
    op.create_table(
        "allowances",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("entitlement_id", sa.String(36), sa.ForeignKey("entitlements.id"), nullable=False),
        sa.Column("month", sa.String(6), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
    )
    op.create_index("allowances_once_a_month", "allowances", ["entitlement_id", "month"], unique=True)


def _reliefs() -> None:
    op.create_table(
        "reliefs",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("tier", sa.String(8), nullable=False),
        sa.Column("cause", sa.String(12), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("asked_fen", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("over_limit", sa.Boolean(), nullable=False),
        sa.Column("decided_on", sa.Date()),
        sa.Column("reason", sa.String(24), nullable=False),
    )
    op.create_index("ix_reliefs_household_id", "reliefs", ["household_id"])
    op.create_index("reliefs_due", "reliefs", ["state", "due_on"])


def _care_wishes() -> None:
    op.create_table(
        "care_wishes",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("wished_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("home", sa.String(100), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("placed_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("care_wishes_due", "care_wishes", ["state", "due_on"])
    op.create_index(
        "care_wishes_one_open",
        "care_wishes",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    )
    op.create_index("ix_care_wishes_household_id", "care_wishes", ["household_id"])
