"""Commands on data errors: asking for a correction, sending errors back from above, answering."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from services.monitoring.domain.quality.data_error import DataError
from services.monitoring.domain.quality.policy import QualityPolicy
from services.monitoring.domain.quality.rule import Hit
from services.monitoring.service_layer.given import (
    MOST_REASON,
    expect_version,
    not_after_today,
    reason_given,
    text_in,
)
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.quality.checking import hits_of
from shared.kernel.clock import day_of

_ASKED_SEVERITY = 2
_WRONG = ("有误之处", "what is wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCorrection:
    """Somebody says that something recorded of a household is wrong; *note* says what.

    *origin* ``check_back`` is what the national record or the province sent back.
    """

    household_id: str
    note: str = field(repr=False)
    on: date
    person_id: str = ""
    origin: Literal["person", "check_back"] = "person"
    unit: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerError:
    """The owner of the record corrected it, explains why it is right, or rejects what was asked."""

    error_id: str
    how: Literal["corrected", "explained", "rejected"]
    on: date
    answer: str = field(default="", repr=False)
    by: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class CheckBack:
    """What a list sent back from above says: a line of it for each household."""

    lines: Sequence[tuple[str, str]] = field(repr=False)
    """Household's number, and what is wrong."""
    on: date
    by: str = ""


def ask_correction(command: AskCorrection, uow: UnitOfWork, policy: QualityPolicy) -> str:
    """Keep what somebody says is wrong and return the error's id; it is due like a contradiction."""
    note = text_in(command.note.strip(), _WRONG, least=4, most=MOST_REASON)
    with uow:
        household = uow.households.get(command.household_id)
        if command.person_id:
            household.member(command.person_id)
        enterers = uow.record_cycles.enterers_of([household.id])
        error = _asked(command, household.area_code, note, enterers, uow, policy)
        uow.data_errors.keep([error])
        uow.commit()
    return error.id


def take_check_back(
    command: CheckBack, uow: UnitOfWork, policy: QualityPolicy
) -> tuple[list[str], list[str]]:
    """Keep the errors of a list from above; returns their ids and the household numbers nobody has here."""
    with uow:
        known = uow.data_errors.ids_of([number for number, _ in command.lines])
        where = uow.households.areas_of(set(known.values()))
        enterers = uow.record_cycles.enterers_of(where)
        errors = []
        for number, note in command.lines:
            if number not in known:
                continue
            ask = AskCorrection(
                household_id=known[number], note=note, on=command.on, origin="check_back", by=command.by
            )
            said = text_in(note.strip(), _WRONG, least=1, most=MOST_REASON)
            errors.append(_asked(ask, where[known[number]], said, enterers, uow, policy))
        uow.data_errors.keep(errors)
        uow.commit()
    return [error.id for error in errors], [number for number, _ in command.lines if number not in known]


def answer_error(command: AnswerError, uow: UnitOfWork, policy: QualityPolicy) -> None:
    """Answer an error; a rule's is only corrected once the record no longer breaks it."""
    answer = command.answer.strip()
    if command.how != "corrected":
        answer = reason_given(answer)
    with uow:
        error = uow.data_errors.get(command.error_id)
        expect_version(error, command.version)
        on = not_after_today(command.on, uow.clock)
        if command.how == "corrected":
            broken = _still_broken(error, uow, policy)
            error.correct(still_broken=broken, on=on, by=command.by, answer=answer)
        elif command.how == "explained":
            error.explain(answer, on=on, by=command.by)
        else:
            error.reject(answer, on=on, by=command.by)
        uow.data_errors.save(error)
        uow.commit()


def _asked(
    command: AskCorrection,
    area_code: str,
    note: str,
    enterers: dict[str, str],
    uow: UnitOfWork,
    policy: QualityPolicy,
) -> DataError:
    on = not_after_today(command.on, uow.clock)
    due_on, confirmed = policy.due(_ASKED_SEVERITY, on)
    error = DataError(
        id=uow.ids(),
        origin=command.origin,
        severity=_ASKED_SEVERITY,
        household_id=command.household_id,
        person_id=command.person_id,
        area_code=area_code,
        unit=command.unit,
        responsible=enterers.get(command.household_id, ""),
        note=note,
        found_by=command.by,
        found_on=on,
        due_on=due_on,
        limit_confirmed=confirmed,
    )
    error.found()
    return error


def _still_broken(error: DataError, uow: UnitOfWork, policy: QualityPolicy) -> bool:
    if error.origin != "rule":
        return False
    today = day_of(uow.clock())
    if not error.household_id:
        record = uow.village_records.find(error.area_code)
        found = policy.catalogue.check_village(record.view, policy.given(today)) if record else ()
        return any(hit.rule == error.rule for hit in found)
    hits = hits_of(uow.data_errors.views([error.household_id]), uow, policy, today)
    return Hit(error.household_id, error.person_id, error.rule) in hits
