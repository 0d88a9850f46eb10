"""Versions of the year-end assessment, appeals, judged marks; what was frozen before is version 1."""

import sqlalchemy as sa
from alembic import op

from shared.messaging.columns import DecimalText, JsonText, UtcDateTime

revision = "0008"
down_revision = "0007"

_REFUSAL = "a version of an assessment stays as it is"
_FROZEN = ("as_of", "known_at", "digest", "board", "lines", "rules")


def upgrade() -> None:
    before = op.get_bind().execute(sa.text("SELECT * FROM assessment")).mappings().all()
    op.drop_table("assessment")
    assessment, version = _assessment(), _version()
    _appeal()
    _mark()
    _carry_over([dict(row) for row in before], assessment, version)
    _guard()


def _assessment() -> sa.Table:
    table = op.create_table(
        "assessment",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("shown_on", sa.Date()),
        sa.Column("appeals_until", sa.Date()),
        sa.Column("period_confirmed", sa.Boolean(), nullable=False),
        sa.Column("finalised_on", sa.Date()),
        sa.Column("published_on", sa.Date()),
    )
    op.create_index("ix_assessment_year", "assessment", ["year"])
    return table


def _version() -> sa.Table:
    return op.create_table(
        "assessment_version",
        sa.Column("assessment_id", sa.String(64), sa.ForeignKey("assessment.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known_at", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", UtcDateTime()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("board", JsonText(), nullable=False),
        sa.Column("lines", JsonText(), nullable=False),
        sa.Column("rules", JsonText(), nullable=False),
        sa.Column("difference", JsonText(), nullable=False),
        sa.Column("frozen", JsonText(), nullable=False),
        sa.Column("rulings", JsonText(), nullable=False),
    )


def _appeal() -> None:
    op.create_table(
        "appeal",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.String(64), sa.ForeignKey("assessment.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("indicator", sa.String(32), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("accepted_on", sa.Date()),
        sa.Column("decided_on", sa.Date()),
        sa.Column("ruling", sa.Text(), nullable=False),
        sa.Column("correction_id", sa.String(64), nullable=False),
    )
    op.create_index("ix_appeal_assessment", "appeal", ["assessment_id", "unit", "indicator"])
    op.create_index("ix_appeal_state", "appeal", ["state", "filed_on"])
    op.create_index("ix_appeal_unit", "appeal", ["unit", "filed_on"])


def _mark() -> None:
    op.create_table(
        "mark",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("item", sa.String(32), nullable=False),
        sa.Column("period", sa.String(7), nullable=False),
        sa.Column("value", DecimalText(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("assessor", sa.String(64), nullable=False),
        sa.Column("judged_by", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )
    op.create_index("ix_mark_unit", "mark", ["unit", "item", "period"])
    op.create_index("ix_mark_judged", "mark", ["judged_on"])


def _carry_over(before: list[dict[str, object]], assessment: sa.Table, version: sa.Table) -> None:
    """Keep what was frozen under its id, as the one version it had; texts and days pass as they are."""
    as_text = sa.table("assessment", *(sa.column(one.name) for one in assessment.columns))
    versions = sa.table("assessment_version", *(sa.column(one.name) for one in version.columns))
    for row in before:
        stage = "published" if row["published_on"] else "draft"
        drafted = row["drafted_on"]
        published = {"finalised_on": row["published_on"], "published_on": row["published_on"]}
        whole = {name: row[name] for name in ("id", "version", "year", "as_of")}
        op.get_bind().execute(
            as_text.insert().values(
                **whole, **published, begun_on=drafted, stage=stage, number=1, period_confirmed=False
            )
        )
        op.get_bind().execute(
            versions.insert().values(
                **{name: row[name] for name in _FROZEN},
                assessment_id=row["id"],
                number=1,
                stage="draft" if stage == "draft" else "final",
                made_on=drafted,
                reason="",
                difference="{}",
                frozen="[]",
                rulings="[]",
            )
        )


def _guard() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION assessment_version_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        op.execute(
            "CREATE TRIGGER assessment_version_stays BEFORE UPDATE OR DELETE ON assessment_version "
            "FOR EACH ROW EXECUTE FUNCTION assessment_version_refuse()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER assessment_version_no_{change.lower()} BEFORE {change} ON assessment_version "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )


def downgrade() -> None:
    """Put the newest version of each back into one table; appeals, marks and older versions are lost."""
    newest = (
        "SELECT a.id, a.year, v.as_of, v.known_at, a.begun_on AS drafted_on, a.published_on, v.digest, "
        "v.board, v.lines, v.rules, a.version FROM assessment a "
        "JOIN assessment_version v ON v.assessment_id = a.id AND v.number = a.number"
    )
    kept = [dict(row) for row in op.get_bind().execute(sa.text(newest)).mappings()]
    for table in ("mark", "appeal", "assessment_version", "assessment"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION assessment_version_refuse()")
    op.create_table(
        "assessment",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known_at", sa.Date(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date()),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("board", JsonText(), nullable=False),
        sa.Column("lines", JsonText(), nullable=False),
        sa.Column("rules", JsonText(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    for row in kept:
        columns = sa.table("assessment", *map(sa.column, row))
        op.get_bind().execute(columns.insert().values(**row))
