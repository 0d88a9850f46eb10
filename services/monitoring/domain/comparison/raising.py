"""What one row of a list makes of one person: warnings to raise, reports of clues, a difference to settle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.monitoring.domain.clue import CluePolicy, Report, report_of
from services.monitoring.domain.comparison.catalogue import rule_of, rules_of
from services.monitoring.domain.comparison.difference import ComparisonDifference, Disagreement
from services.monitoring.domain.comparison.matching import Registered
from services.monitoring.domain.comparison.row import DisasterRow, PetitionRow, Row
from services.monitoring.domain.comparison.rule import Asked, Rule, warning_id
from services.monitoring.domain.comparison.warning import DepartmentWarning, Finding
from shared.kernel.ids import derived_id
from shared.kernel.period import Month
from shared.parameters.figure import FigureInForce

DEPARTMENT_SOURCE = "02"
InForce = Mapping[str, FigureInForce[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """A list as its rows are read: whose, of what, about which month, and the day it came."""

    list_id: str
    department: str
    kind: str
    month: Month
    on: date


def warnings_of(
    row: Row, person: Registered, delivery: Delivery, in_force: InForce
) -> Iterator[DepartmentWarning]:
    """Yield what the rules find in *row* about *person*, each once for what its table says (6.2)."""
    for rule in rules_of(delivery.kind):
        entry = in_force[rule.id]
        parts = rule.fires(Asked(row, person, delivery.month, entry.value))
        if parts is not None:
            yield warning_from(rule, parts, person, delivery, entry, risk=_risk(row, entry.value))


def warning_from(
    rule: Rule,
    parts: tuple[str, ...],
    person: Registered,
    delivery: Delivery,
    entry: FigureInForce[Mapping[str, Any]],
    *,
    risk: str,
) -> DepartmentWarning:
    """Return the warning; of a household monitored for the risk already it is closed at once."""
    raised = DepartmentWarning(
        id=warning_id(rule, person, parts),
        rule=rule.id,
        department=delivery.department,
        list_id=delivery.list_id,
        month=str(delivery.month),
        household_id=person.household_id,
        area_code=person.area_code,
        person_id=person.person_id,
        risk=risk,
        raised_on=delivery.on,
        threshold_confirmed=entry.confirmed,
    )
    if rule.compares or risk in person.monitored_risks:
        raised.find(Finding.ALREADY_MONITORED, on=delivery.on, case_id=person.case_id)
    return raised


def report_from(warning: DepartmentWarning, row: Row | None, policy: CluePolicy, label: str) -> Report:
    """Return the report of the clue that *warning* becomes; *label* is the rule's, and names nobody."""
    return report_of(
        policy,
        report_id=derived_id("clue_report", warning.id),
        household_id=warning.household_id,
        area_code=warning.area_code,
        risk=warning.risk,
        source=DEPARTMENT_SOURCE,
        reported_on=warning.raised_on,
        cause=f"warning:{warning.id}",
        detail=row.kind if isinstance(row, DisasterRow) else "",
        note=f"{warning.department} {warning.rule} {label}",
    )


def becomes_clue(warning: DepartmentWarning) -> bool:
    """Say whether somebody must look: not where it is closed already, nor where it is only compared."""
    return warning.ended_on is None and not rule_of(warning.rule).compares


def difference_from(
    found: Disagreement, person: Registered, delivery: Delivery, due: tuple[date, bool]
) -> ComparisonDifference:
    """Return the difference; found again for the same month it is the same."""
    return ComparisonDifference(
        id=derived_id("difference", found.about, person.person_id, str(delivery.month), found.listed),
        list_id=delivery.list_id,
        department=delivery.department,
        about=found.about,
        household_id=person.household_id,
        area_code=person.area_code,
        person_id=person.person_id,
        listed=found.listed,
        registered=found.registered,
        found_on=delivery.on,
        due_on=due[0],
        limit_confirmed=due[1],
    )


def _risk(row: Row, figures: Mapping[str, Any]) -> str:
    named = row.risk if isinstance(row, PetitionRow) else ""
    return named or str(figures["risk"])
