"""What the page of a household shows: everything in words, numbers masked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from services.monitoring.adapters.read_models import ChangeRow, VisitRow
from services.monitoring.adapters.read_models_clue import ClueRow
from services.monitoring.domain.case_steps import CaseState, state_label
from services.monitoring.domain.household import Household
from services.monitoring.domain.member import Member, masked
from services.monitoring.domain.water.problem import CRITERION_OF_CHANGE
from services.monitoring.entrypoints.web.case_action import OFFICE
from services.monitoring.entrypoints.web.change import deals_with
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk
from services.monitoring.entrypoints.web.labels import clue_badge, several, words_of
from services.monitoring.entrypoints.web.people import name_for
from shared.areas import areas
from shared.kernel.money import Fen
from shared.kernel.period import age_on
from shared.web.i18n import Words
from shared.web.paging import Badge


@dataclass(frozen=True, slots=True)
class MemberShown:
    """One member on a page; numbers are masked."""

    id: str
    name: str
    relation: Words
    sex: Words
    age: int
    id_number: str
    schooling: Words
    health: Words
    labour_skill: Words
    insured: bool | None
    aid: Words
    phone: str
    left_on: date | None
    left_reason: Words


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """What happened, in words."""

    id: str
    version: int
    kind: Words
    who: str
    amount_fen: Fen
    happened_on: date
    resolved_on: date | None
    note: str
    followed: bool
    at: str
    """The page of the household where a register that has it under way stands."""
    theirs: bool
    """Whether the officer deals with this kind of change."""


@dataclass(frozen=True, slots=True)
class ClueShown:
    """A clue in words."""

    id: str
    risk: Words
    reports: int
    first_reported_on: date
    verify_due_on: date
    state: Badge


@dataclass(frozen=True, slots=True)
class VisitShown:
    """A visit in words."""

    kind: Words
    made_on: date
    result: Words
    risks: Words
    note: str


def case_words(state: str | None) -> Words:
    """Return where a case stands; a dash without one."""
    if state is None:
        return Words("—", "—")
    return Words(state_label(CaseState(state)), state_label(CaseState(state), "en"))


def facts(household: Household, ask: MonitoringAsk) -> dict[str, object]:
    """Return what stands at the head of the page."""
    hidden = ask.officer.role == "evaluator"
    return {
        "number": household.household_no,
        "area": areas().full_name(household.area_code),
        "invented": areas().get(household.area_code).invented if household.area_code in areas() else False,
        "type": words_of("household_type", household.household_type),
        "lifted_out": household.lifted_out,
        "lifted_out_year": household.lifted_out_year,
        "relocated": household.relocated,
        "persons": len(household.present),
        "registered_on": household.registered_on,
        "address": "" if hidden else household.address,
        "phone": masked(household.phone),
    }


def member_shown(one: Member, ask: MonitoringAsk) -> MemberShown:
    """Return a member in words."""
    aid = [Words("低保", "subsistence allowance")] if one.low_income_aid else []
    aid += [Words("特困供养", "destitute support")] if one.destitute_aid else []
    return MemberShown(
        id=one.id,
        name=name_for(ask.officer, one.name),
        relation=words_of("relation", one.relation),
        sex=words_of("sex", one.sex),
        age=age_on(one.born_on, ask.today),
        id_number=one.masked_id_number,
        schooling=words_of("school_status", one.school_status)
        if one.school_status
        else words_of("education", one.education),
        health=several("health", one.health),
        labour_skill=words_of("labour_skill", one.labour_skill),
        insured=one.insured,
        aid=Words("、".join(word.zh for word in aid) or "—", ", ".join(word.en for word in aid) or "—"),
        phone=masked(one.phone),
        left_on=one.left_on,
        left_reason=words_of("member_removed", one.left_reason),
    )


def change_shown(
    row: ChangeRow, names: dict[str, str], under_way: Collection[tuple[str, str]], ask: MonitoringAsk
) -> ChangeShown:
    """Return a change in words; *names* are those of the members, by id. Its note is for the office.

    What a register has under way cannot be resolved by hand: the page leads there instead.
    """
    who = names.get(row.person_id or "", "")
    kind = words_of("change_kind", row.kind)
    note = _note_for(ask, row.note)
    told = {"water": CRITERION_OF_CHANGE.get(row.detail, ""), "dropout": row.id}.get(row.kind, "")
    return ChangeShown(
        row.id,
        row.version,
        kind,
        who,
        row.amount_fen,
        row.happened_on,
        row.resolved_on,
        note,
        followed=(row.kind, told) in under_way,
        at="guarantees" if row.kind == "dropout" else "places",
        theirs=deals_with(ask, row.kind),
    )


def clue_shown(row: ClueRow) -> ClueShown:
    """Return a clue in words."""
    state = clue_badge(is_open=row.is_open, outcome=row.outcome)
    return ClueShown(
        row.id, words_of("risk", row.risk), row.reports, row.first_reported_on, row.verify_due_on, state
    )


def visit_shown(row: VisitRow, ask: MonitoringAsk) -> VisitShown:
    """Return a visit in words. Its note is for the office."""
    return VisitShown(
        words_of("visit_kind", row.kind),
        row.made_on,
        words_of("visit_result", row.result),
        several("risk", row.risks),
        _note_for(ask, row.note),
    )


def _note_for(ask: MonitoringAsk, note: str) -> str:
    """Return what was noted as the officer may see it: free text names people."""
    return note if ask.officer.role in OFFICE else ""
