"""The command that takes the insurance office's list.

::

    record_covers(RecordCovers(year=2022, on=…, rows=(CoverRow(…), …)), uow, checks) -> CoversRecorded
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.guarantee_errors import AmountBoundsError
from services.monitoring.domain.medical.cover import Cover, cover_id_of
from services.monitoring.domain.member import MemberChecks
from services.monitoring.service_layer.given import code_in, not_after_today
from services.monitoring.service_layer.guaranteeing import answer_measures, correct_registry, parts
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of
from shared.kernel.money import Fen

SUBSIDY = "100A45-001"
_MOST: Fen = 10**7


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One person of the list. *scheme* is a code of ``cover_scheme``; the premium subsidy is in fen."""

    household_id: str
    person_id: str
    scheme: str
    subsidy_fen: Fen = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCovers:
    """Take the list of a year, or a part of it; who is not in it stays as recorded."""

    year: int
    on: date
    rows: tuple[CoverRow, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CoversRecorded:
    """What came of it. *refused*: households the registry could not be put right for."""

    changed: int
    unchanged: int
    refused: tuple[str, ...]


def record_covers(command: RecordCovers, uow: UnitOfWork, checks: MemberChecks) -> CoversRecorded:
    """Take the list in parts; the same list again changes nothing and tells nobody."""
    for row in command.rows:
        code_in("cover_scheme", row.scheme)
        if not 0 <= row.subsidy_fen <= _MOST:
            raise AmountBoundsError(item_zh="参保资助金额", item_en="premium subsidy")
    on = not_after_today(command.on, uow.clock)
    changed, refused = 0, list[str]()
    rows = list({row.person_id: row for row in command.rows}.values())
    for part in parts(rows):
        with uow:
            news = _take(part, command.year, on, uow)
            changed += len(news)
            if command.year == day_of(uow.clock()).year:
                refused += _correct(part, on, uow, checks)
            subsidised = [cover for cover in news if cover.subsidy_fen > 0]
            answer_measures(
                [cover.household_id for cover in subsidised],
                [SUBSIDY],
                uow,
                on=on,
                persons={cover.person_id for cover in subsidised},
            )
            uow.commit()
    return CoversRecorded(changed, len(rows) - changed, tuple(refused))


def _take(rows: Sequence[CoverRow], year: int, on: date, uow: UnitOfWork) -> list[Cover]:
    areas = uow.households.areas_of({row.household_id for row in rows})
    ids = {cover_id_of(row.person_id, year): row for row in rows}
    known = {cover.id: cover for cover in uow.medical.covers.matching(id=tuple(ids), lock=True)}
    news = []
    for cover_id, row in ids.items():
        cover = known.get(cover_id) or Cover(
            id=cover_id,
            household_id=row.household_id,
            area_code="",
            person_id=row.person_id,
            year=year,
            scheme=row.scheme,
            subsidy_fen=row.subsidy_fen,
            recorded_on=on,
        )
        cover.household_id, cover.area_code = row.household_id, areas[row.household_id]
        if cover.record(row.scheme, row.subsidy_fen, on=on):
            news.append(cover)
    uow.medical.covers.put(news)
    return news


def _correct(rows: Sequence[CoverRow], on: date, uow: UnitOfWork, checks: MemberChecks) -> list[str]:
    """Put the registry's own entry right where the list says otherwise: the fact has one owner."""
    insured = uow.people.insured([row.person_id for row in rows])
    changes: dict[str, dict[str, dict[str, bool]]] = {}
    for row in rows:
        now = (row.scheme == "resident", row.scheme == "employee")
        if insured.get(row.person_id, now) != now:
            fields = {"resident_insurance": now[0], "employee_insurance": now[1]}
            changes.setdefault(row.household_id, {})[row.person_id] = fields
    return correct_registry(changes, uow, checks, on=on)
