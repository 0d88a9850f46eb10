"""A department delivers a list: rows are matched, rules asked, the register compared, in one transaction.

take_department_list(TakeDepartmentList(kind="medical_cost", month="202205", rows=…), uow, policy, clues)
    -> id
confirm_match(ConfirmMatch(list_id=…, line=…, same=True), uow, policy, clues)
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from services.monitoring.domain.clue import CluePolicy
from services.monitoring.domain.comparison.department_list import DepartmentList, ListDuty, month_of
from services.monitoring.domain.comparison.errors import ForeignListError, RowNotToConfirmError
from services.monitoring.domain.comparison.matching import Matched, match_row, name_key
from services.monitoring.domain.comparison.policy import ComparisonPolicy
from services.monitoring.domain.comparison.raising import Delivery
from services.monitoring.domain.comparison.row import Row, check_row, row_from, values_of
from services.monitoring.domain.member import masked
from services.monitoring.service_layer.comparison.finding import Findings, open_findings
from services.monitoring.service_layer.given import code_in, not_after_today
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.ports_comparison import KeptRow
from shared.contracts.codes import codes
from shared.kernel.clock import day_of
from shared.kernel.period import Month

CHUNK = 5_000
_MOST_NAME, _MOST_NUMBER = 60, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDepartmentList:
    """*rows* are read once, a chunk at a time; *month* (YYYYMM) is the one the list is about.

    *complete*: whoever is not on it is not entitled, insured or enrolled.
    *department* is who delivers; empty: the county enters it for its owner.
    The same rows again change nothing; other rows for the same month replace the list.
    """

    kind: str
    month: str
    rows: Iterable[Row] = field(repr=False)
    complete: bool = False
    department: str = ""
    on: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmMatch:
    """Somebody looked whether a row matched by name is the *same* person; only then does it count."""

    list_id: str
    line: int
    same: bool
    by: str = ""


def take_department_list(
    command: TakeDepartmentList, uow: UnitOfWork, policy: ComparisonPolicy, clues: CluePolicy
) -> str:
    """Take the whole list or nothing, and return its id; the same list again is the one there is."""
    code_in("department_list", command.kind)
    with uow:
        on = not_after_today(command.on or day_of(uow.clock()), uow.clock)
        month = month_of(command.month, on)
        duty = policy.duty(command.kind, month.last_day)
        _require_owner(command, duty)
        one = _begun(command, duty, month, on, uow)
        digest = _take_rows(command, one, open_findings(_delivery(one), uow, policy, clues), uow)
        kept = uow.department_lists.same(command.kind, str(month), digest)
        if kept is not None:
            # Kept apart from the rows, so that it also holds inside a larger transaction.
            uow.department_lists.forget(one.id, kept=kept)
            uow.commit()
            return kept
        one.receive(digest)
        if duty.replaces and (before := uow.department_lists.current(command.kind, str(month))):
            uow.department_lists.supersede(before.id, one.id)
        uow.department_lists.finish(one, replaces=duty.replaces)
        uow.commit()
    return one.id


def confirm_match(
    command: ConfirmMatch, uow: UnitOfWork, policy: ComparisonPolicy, clues: CluePolicy
) -> None:
    """Decide on a row that was matched by name; confirmed, it may raise what any row may."""
    with uow:
        one = uow.department_lists.get(command.list_id)
        row = uow.department_lists.row(command.list_id, command.line)
        if row.matched != "name" or row.person_id is None:
            raise RowNotToConfirmError
        one.by_name -= 1
        if command.same:
            _count_confirmed(one, row, uow, policy, clues)
            row = replace(row, matched="confirmed", name="", masked_number="")
        else:
            one.unmatched += 1
            row = replace(row, matched="none", reason="refused", person_id=None, household_id=None)
        uow.department_lists.save_row(row)
        uow.department_lists.save(one)
        uow.commit()


def _count_confirmed(
    one: DepartmentList, row: KeptRow, uow: UnitOfWork, policy: ComparisonPolicy, clues: CluePolicy
) -> None:
    delivery = replace(_delivery(one), on=day_of(uow.clock()))
    findings = open_findings(delivery, uow, policy, clues)
    persons = uow.register_lookup.by_id([row.person_id or ""], operating=True)
    findings.take([(row_from(one.kind, row.said), Matched("confirmed", persons[row.person_id or ""]))])
    findings.close(complete=False)
    one.matched += 1
    one.warnings += findings.raised
    one.differences += findings.differing


def _require_owner(command: TakeDepartmentList, duty: ListDuty) -> None:
    if command.department and command.department != duty.department:
        kind = codes()["department_list"].get(command.kind)
        raise ForeignListError(kind_zh=kind.zh, kind_en=kind.en, department=duty.department)


def _begun(
    command: TakeDepartmentList, duty: ListDuty, month: Month, on: date, uow: UnitOfWork
) -> DepartmentList:
    one = DepartmentList(
        id=uow.ids(),
        department=duty.department,
        kind=command.kind,
        month=str(month),
        received_on=on,
        received_by=command.by,
        complete=command.complete,
    )
    uow.department_lists.begin(one)
    return one


def _delivery(one: DepartmentList) -> Delivery:
    month = Month(int(one.month[:4]), int(one.month[4:]))
    return Delivery(one.id, one.department, one.kind, month, one.received_on)


def _take_rows(command: TakeDepartmentList, one: DepartmentList, findings: Findings, uow: UnitOfWork) -> str:
    digest = hashlib.sha256(str(command.complete).encode())
    for chunk in _chunks(command.rows):
        for line, row in enumerate(chunk, one.rows + 1):
            check_row(one.kind, row, line)
        matched = _matched(chunk, one.kind, uow)
        kept = [
            _kept(one, line, row, found)
            for line, (row, found) in enumerate(zip(chunk, matched, strict=True), one.rows + 1)
        ]
        uow.department_lists.keep_rows(kept)
        findings.take(list(zip(chunk, matched, strict=True)))
        _count(one, matched)
        for row, it in zip(chunk, kept, strict=True):
            digest.update(f"{row.id_number}\x1f{row.name}\x1f{row.born_on}\x1f{it.said}\x1e".encode())
    findings.close(complete=command.complete)
    one.warnings, one.differences = findings.raised, findings.differing
    return digest.hexdigest()


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _matched(chunk: list[Row], kind: str, uow: UnitOfWork) -> list[Matched]:
    operating = kind == "farm_loss"
    numbers = {row.id_number for row in chunk if row.id_number}
    by_number = uow.register_lookup.by_number(numbers, operating=operating)
    keys = {key for row in chunk if row.id_number not in by_number and (key := name_key(row)) is not None}
    by_name = uow.register_lookup.by_name(keys, operating=operating)
    return [match_row(row, by_number, by_name) for row in chunk]


def _kept(one: DepartmentList, line: int, row: Row, found: Matched) -> KeptRow:
    person = found.person
    unsure = found.how in ("name", "none")
    return KeptRow(
        list_id=one.id,
        line=line,
        matched=found.how,
        reason=found.reason,
        person_id=person.person_id if person else None,
        household_id=person.household_id if person else None,
        area_code=(person.area_code if person else row.area_code)[:12],
        said=values_of(one.kind, row),
        name=row.name[:_MOST_NAME] if unsure else "",
        masked_number=masked(row.id_number[:_MOST_NUMBER]) if unsure else "",
    )


def _count(one: DepartmentList, matched: list[Matched]) -> None:
    one.rows += len(matched)
    one.matched += sum(found.how == "number" for found in matched)
    one.by_name += sum(found.how == "name" for found in matched)
    one.unmatched += sum(found.how == "none" for found in matched)
