"""What is known of the work of relocated households: surveys, spells of work, and who has neither."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date

from sqlalchemy import Connection, ScalarSelect, Subquery, and_, case, func, or_, select, union
from sqlalchemy.dialects import postgresql, sqlite

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import (
    households,
    labour_surveys,
    members,
    work_seen,
    zero_employments,
)
from services.monitoring.domain.relocation.finding import LabourSurvey, Willing
from services.monitoring.domain.relocation.work import WorkSeen
from shared.kernel.period import add_months
from shared.messaging.bulk import upsert

_SURVEY = tuple(one.name for one in fields(LabourSurvey) if one.name not in ("version", "facts"))
_LEAST_AGE = 16
_ABLE = ("001", "002", "005")
"""Labour skills of those who can work: ordinary, skilled, weak or half labour (domain 8.3)."""


class LabourSurveys:
    """The surveys of relocated labourers; a later answer of a half-year replaces the earlier."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def keep(self, surveys: Sequence[LabourSurvey]) -> None:
        rows = [{**{name: getattr(one, name) for name in _SURVEY}, "version": 1} for one in surveys]
        upsert(self._connection, labour_surveys, rows)
        for one in surveys:
            self._collect(one)


class WorkSeenRows:
    """Spells of work other events told of, on one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, seen: Sequence[WorkSeen]) -> None:
        """Keep what *seen* says; in any order and repetition the same rows are left."""
        merged: dict[str, WorkSeen] = {}
        for one in seen:
            before = merged.get(one.spell_id)
            merged[one.spell_id] = one if before is None else _both(before, one)
        if merged:
            rows = [asdict(merged[spell_id]) for spell_id in sorted(merged)]
            self._connection.execute(_merging(self._connection.dialect.name), rows)

    def willing(self, day: date) -> list[Willing]:
        """Return of every relocated household asked within twelve months what decides on *day*."""
        asked = _last_survey(day)
        open_spells = (
            select(zero_employments.c.household_id, zero_employments.c.id)
            .where(zero_employments.c.closed_on.is_(None))
            .subquery()
        )
        # From the few who said they would work and those with a spell, never from all households.
        concerned = union(
            select(asked.c.household_id).where(asked.c.willing > 0), select(open_spells.c.household_id)
        ).subquery()
        query = (
            select(
                households.c.id.label("household_id"),
                households.c.area_code,
                func.coalesce(asked.c.willing, 0).label("willing"),
                _able(day).label("able"),
                _working(day).label("working"),
                open_spells.c.id.label("spell_id"),
            )
            .select_from(concerned)
            .join(households, households.c.id == concerned.c.household_id)
            .outerjoin(asked, asked.c.household_id == households.c.id)
            .outerjoin(open_spells, open_spells.c.household_id == households.c.id)
            .where(households.c.relocated | open_spells.c.id.is_not(None))
            .order_by(households.c.id)
        )
        return [Willing(**row) for row in self._connection.execute(query).mappings()]


def _last_survey(day: date) -> Subquery:
    recent = (
        select(labour_surveys.c.household_id, func.max(labour_surveys.c.surveyed_on).label("last"))
        .where(labour_surveys.c.surveyed_on <= day, labour_surveys.c.surveyed_on > add_months(day, -12))
        .group_by(labour_surveys.c.household_id)
        .subquery()
    )
    return (
        select(labour_surveys.c.household_id, func.max(labour_surveys.c.willing).label("willing"))
        .join(
            recent,
            and_(
                recent.c.household_id == labour_surveys.c.household_id,
                recent.c.last == labour_surveys.c.surveyed_on,
            ),
        )
        .group_by(labour_surveys.c.household_id)
        .subquery()
    )


def _able(day: date) -> ScalarSelect[int]:
    able = and_(
        members.c.household_id == households.c.id,
        members.c.left_on.is_(None),
        members.c.labour_skill.in_(_ABLE),
        members.c.school_status.is_(None),
        members.c.born_on <= add_months(day, -12 * _LEAST_AGE),
    )
    return select(func.count()).select_from(members).where(able).scalar_subquery()


def _working(day: date) -> ScalarSelect[int]:
    now = and_(
        work_seen.c.household_id == households.c.id,
        work_seen.c.started_on <= day,
        or_(work_seen.c.ended_on.is_(None), work_seen.c.ended_on > day),
    )
    return select(func.count()).select_from(work_seen).where(now).scalar_subquery()


def _both(one: WorkSeen, other: WorkSeen) -> WorkSeen:
    started = [day for day in (one.started_on, other.started_on) if day is not None]
    ended = [day for day in (one.ended_on, other.ended_on) if day is not None]
    return WorkSeen(
        one.spell_id,
        max(one.household_id, other.household_id),
        max(one.person_id, other.person_id),
        min(started, default=None),
        min(ended, default=None),
        max(one.place, other.place),
    )


def _merging(dialect: str) -> postgresql.Insert | sqlite.Insert:
    insert = postgresql.insert(work_seen) if dialect == "postgresql" else sqlite.insert(work_seen)
    stored, new = work_seen.c, insert.excluded
    changes = {}
    for name in ("started_on", "ended_on"):
        earlier = case((stored[name] <= new[name], stored[name]), else_=new[name])
        changes[name] = case(
            (stored[name].is_(None), new[name]), (new[name].is_(None), stored[name]), else_=earlier
        )
    for name in ("household_id", "person_id", "place"):
        changes[name] = case((stored[name] >= new[name], stored[name]), else_=new[name])
    return insert.on_conflict_do_update(index_elements=["spell_id"], set_=changes)
