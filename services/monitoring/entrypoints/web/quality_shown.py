"""Data errors and gates as pages show them: in words, with how near the day is and what is unconfirmed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from services.monitoring.adapters.read_models_quality import ErrorRow, ErrorSearch, find_errors
from services.monitoring.domain.quality.data_error import STATE_LABELS, ErrorState
from services.monitoring.domain.quality.record_cycle import Gate
from services.monitoring.domain.quality.rule import Rule
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk
from services.monitoring.entrypoints.web.labels import due_badge, words_of
from services.monitoring.entrypoints.web.people import name_for
from shared.web.i18n import Words
from shared.web.paging import Badge, Colour

_MOST = 100
SEVERITIES = {
    1: Words("必须更正", "must be fixed"),
    2: Words("逻辑矛盾", "contradiction"),
    3: Words("漏填或矛盾", "missing"),
    4: Words("与其他信息不符", "against other data"),
    5: Words("可疑，需核实", "suspicious"),
}
"""The first digit of the original numbers; that reading is inferred."""
_COLOURS: dict[ErrorState, Colour] = {
    ErrorState.OPEN: "yellow",
    ErrorState.CORRECTED: "green",
    ErrorState.EXPLAINED: "blue",
    ErrorState.REJECTED: "grey",
    ErrorState.GONE: "green",
}


@dataclass(frozen=True, slots=True)
class ErrorShown:
    """One error in a short list."""

    id: str
    who: str
    what: Words
    state: Badge
    due_on: date
    unconfirmed: bool
    source: str


def rule_words(ask: MonitoringAsk, rule: str, note: str = "") -> Words:
    """Return what a rule finds; where no rule found it, what somebody wrote."""
    found = ask.service.quality.catalogue.rules.get(rule)
    if found is not None:
        return Words(f"{rule} {found.zh}", f"{rule} {found.en}")
    return Words(note or "—", note or "—")


def error_words(ask: MonitoringAsk, row: ErrorRow) -> Words:
    """Return what is wrong, as the officer may see it: free text names people."""
    if row.rule:
        return rule_words(ask, row.rule)
    hidden = ask.officer.role == "evaluator"
    return words_of("data_error_origin", row.origin) if hidden else Words(row.note, row.note)


def state_badge(row: ErrorRow, ask: MonitoringAsk) -> Badge:
    """Return how near an open error's day is, or how it ended."""
    state = ErrorState(row.state)
    if state is ErrorState.OPEN:
        near = ask.service.case_policy.limits.near_days.on(ask.today)
        return due_badge(row.due_on, ask.today, near)
    return Badge(_COLOURS[state], Words(*STATE_LABELS[state]))


def gate_words(gate: str) -> Words:
    """Return what a gate is called."""
    one = Gate(gate)
    return Words(one.label(), one.label("en"))


def unit_of(ask: MonitoringAsk) -> str:
    """Return the unit to which a department's officer is narrowed; nothing for everybody else."""
    return ask.officer.unit if ask.officer.role == "department" else ""


def errors_of(connection: Connection, household_id: str, ask: MonitoringAsk) -> list[ErrorRow]:
    """Return a household's open errors, what is due first on top."""
    search = ErrorSearch(area_code="", household_id=household_id, unit=unit_of(ask))
    return find_errors(connection, search, limit=_MOST, offset=0)[0]


def shown_of(row: ErrorRow, ask: MonitoringAsk) -> ErrorShown:
    """Return an error as the page of its household shows it."""
    sources = unconfirmed(ask, ask.service.quality.catalogue.rules.get(row.rule))
    return ErrorShown(
        row.id,
        name_for(ask.officer, row.person_name),
        error_words(ask, row),
        state_badge(row, ask),
        row.due_on,
        bool(sources),
        "；".join(sources),
    )


def unconfirmed(ask: MonitoringAsk, rule: Rule | None) -> tuple[str, ...]:
    """Return the sources of what about a rule nobody has confirmed."""
    return ask.service.quality.unconfirmed(rule, ask.today) if rule else ()
