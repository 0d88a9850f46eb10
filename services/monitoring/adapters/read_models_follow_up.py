"""What pages show of reopenings, return visits, escalations, check-lists, applications and answers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, exists, func, or_, select

from services.monitoring.adapters.follow_up import (
    LABOUR,
    Escalations,
    MethodRecords,
    MethodVersions,
    Reopenings,
    ReturnVisits,
    VerificationSheets,
    answer_due,
)
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.read_models import no_facts
from services.monitoring.adapters.screening_focus import AIDED
from services.monitoring.adapters.tables import (
    cases,
    clues,
    escalations,
    households,
    informant_answers,
    members,
    method_records,
    reopenings,
    return_visits,
    verification_sheets,
)
from services.monitoring.domain.escalation import Escalation
from services.monitoring.domain.member import HEAD
from services.monitoring.domain.method import MethodRecord, MethodVersion
from services.monitoring.domain.reopening import Reopening
from services.monitoring.domain.return_visit import ReturnVisit
from services.monitoring.domain.verification_sheet import VerificationSheet

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose household it is."""

    household_no: str
    head_name: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A clue whose informant waits for an answer."""

    clue_id: str
    household_no: str
    head_name: str
    area_code: str
    risk: str
    verified_on: date


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """What an informant was told, how and when."""

    answered_on: date
    way: str
    note: str


@dataclass(frozen=True, slots=True)
class LastResortRow:
    """A monitored household in which nobody can work; *aided*: somebody has 低保 or 特困."""

    case_id: str
    household_id: str
    household_no: str
    head_name: str
    area_code: str
    identified_on: date
    aided: bool


def last_resort(
    connection: Connection, area_code: str, *, limit: int, offset: int = 0
) -> tuple[list[LastResortRow], int]:
    """Return one part of the monitored households without labour, those without aid first (domain 5.1)."""
    columns, own = cases.c, members.alias("own")
    here = own.c.left_on.is_(None) & (own.c.household_id == columns.household_id)
    aided = exists().where(here, or_(own.c.low_income.in_(AIDED), own.c.destitute.in_(AIDED)))
    labourer = exists().where(
        here, func.coalesce(own.c.school_status, "") == "", own.c.labour_skill.in_(LABOUR)
    )
    is_head = and_(
        members.c.household_id == columns.household_id,
        members.c.relation == HEAD,
        members.c.left_on.is_(None),
    )
    query = (
        select(
            columns.id.label("case_id"),
            columns.household_id,
            households.c.household_no,
            func.coalesce(members.c.name, "").label("head_name"),
            columns.area_code,
            columns.identified_on,
            aided.label("aided"),
        )
        .join(households, households.c.id == columns.household_id)
        .outerjoin(members, is_head)
        .where(
            columns.open_household.is_not(None),
            columns.identified_on.is_not(None),
            inside(columns.area_code, area_code),
            ~labourer,
        )
    )
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by("aided", columns.identified_on, columns.id).limit(limit).offset(offset)
    return [LastResortRow(**row) for row in connection.execute(page).mappings()], total


def whose(connection: Connection, household_ids: Collection[str]) -> dict[str, Whose]:
    """Return number and head of each household."""
    is_head = and_(
        members.c.household_id == households.c.id, members.c.relation == HEAD, members.c.left_on.is_(None)
    )
    query = select(
        households.c.id, households.c.household_no, func.coalesce(members.c.name, "").label("head_name")
    ).outerjoin(members, is_head)
    ids = sorted(set(household_ids))
    found: dict[str, Whose] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = query.where(households.c.id.in_(ids[start : start + _AT_ONCE]))
        found |= {row.id: Whose(row.household_no, row.head_name) for row in connection.execute(part)}
    return found


def reopening_of(connection: Connection, reopening_id: str) -> Reopening:
    """Return the reopening, for reading only; raises ReopeningNotFoundError."""
    return Reopenings(connection, no_facts).get(reopening_id)


def find_reopenings(
    connection: Connection, area_code: str, *, only_open: bool, limit: int, offset: int = 0
) -> tuple[list[Reopening], int]:
    """Return one part of the reopenings inside *area_code*, what is due first on top."""
    store, columns = Reopenings(connection, no_facts), reopenings.c
    query = select(reopenings).where(inside(columns.area_code, area_code))
    if only_open:
        query = query.where(columns.settled_on.is_(None))
    total = connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
    page = query.order_by(columns.settled_on.is_not(None), columns.due_on, columns.id)
    return [store.read(row) for row in connection.execute(page.limit(limit).offset(offset)).mappings()], total


def return_visits_of(connection: Connection, case_id: str) -> list[ReturnVisit]:
    """Return the return visits of a case, the newest first."""
    store, columns = ReturnVisits(connection, no_facts), return_visits.c
    query = select(return_visits).where(columns.case_id == case_id).order_by(columns.made_on.desc())
    return [store.read(row) for row in connection.execute(query).mappings()]


def waiting_escalations(connection: Connection, level: str, area_code: str) -> list[Escalation]:
    """Return what *level* was told of in *area_code* and nobody dealt with, the oldest limit first."""
    store, columns = Escalations(connection, no_facts), escalations.c
    query = (
        select(escalations)
        .where(
            columns.level == level,
            columns.answered_on.is_(None),
            columns.ended_on.is_(None),
            inside(columns.area_code, area_code),
        )
        .order_by(columns.due_on, columns.id)
    )
    return [store.read(row) for row in connection.execute(query).mappings()]


def escalation_of(connection: Connection, escalation_id: str) -> Escalation:
    """Return the escalation, for reading only; raises EscalationNotFoundError."""
    return Escalations(connection, no_facts).get(escalation_id)


def methods_edited(connection: Connection) -> dict[str, MethodVersion]:
    """Return the version in use of each check-list the county has edited."""
    return MethodVersions(connection, no_facts).latest()


def method_records_of(
    connection: Connection, *, household_id: str = "", method: str = "", area_code: str = "", limit: int = 50
) -> list[MethodRecord]:
    """Return check-lists filled in, the newest first: of a household, or of a method inside an area."""
    store, columns = MethodRecords(connection, no_facts), method_records.c
    query = select(method_records).where(inside(columns.area_code, area_code))
    if household_id:
        query = query.where(columns.household_id == household_id)
    if method:
        query = query.where(columns.method == method)
    page = query.order_by(columns.made_on.desc(), columns.id).limit(limit)
    return [store.read(row) for row in connection.execute(page).mappings()]


def sheets_of(connection: Connection, clue_id: str) -> list[VerificationSheet]:
    """Return the sheets of the checks of a clue, the newest first."""
    store, columns = VerificationSheets(connection, no_facts), verification_sheets.c
    query = select(verification_sheets).where(columns.clue_id == clue_id).order_by(columns.made_on.desc())
    return [store.read(row) for row in connection.execute(query).mappings()]


def answers_waiting(connection: Connection, area_code: str, *, clue_id: str = "") -> list[AnswerRow]:
    """Return the clues inside *area_code* (or the one) whose informant waits for an answer, oldest first."""
    is_head = and_(
        members.c.household_id == clues.c.household_id,
        members.c.relation == HEAD,
        members.c.left_on.is_(None),
    )
    columns = clues.c
    query = (
        select(
            columns.id.label("clue_id"),
            households.c.household_no,
            func.coalesce(members.c.name, "").label("head_name"),
            households.c.area_code,
            columns.risk,
            columns.verified_on,
        )
        .join(households, households.c.id == columns.household_id)
        .outerjoin(members, is_head)
        .where(inside(households.c.area_code, area_code), answer_due())
        .order_by(columns.verified_on, columns.id)
    )
    if clue_id:
        query = query.where(columns.id == clue_id)
    return [AnswerRow(**row) for row in connection.execute(query).mappings()]


def answers_given(connection: Connection, clue_id: str) -> list[AnswerGiven]:
    """Return what the informants of a clue were told."""
    columns = informant_answers.c
    query = select(columns.answered_on, columns.way, columns.note).where(columns.clue_id == clue_id)
    return [AnswerGiven(*row) for row in connection.execute(query.order_by(columns.answered_on))]
