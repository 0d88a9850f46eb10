"""Which unit an officer works for, and which of this office's events the officer may open."""

from services.evaluation.adapters.read_models import JournalEntry
from shared.web.officer import Officer

NOBODY = "—"
"""What no unit is called: a department's officer without a unit sees and changes nothing of anybody."""

_OFFICE = frozenset({"county", "evaluator", "operator"})
_OFFICE_ONLY = (
    "evaluation.accountability_",
    "evaluation.inspection_planned",
    "evaluation.inspection_started",
    "evaluation.inspection_cancelled",
    "evaluation.inspection_sample_",
    "evaluation.report_sample_",
    "evaluation.report_review_",
)
"""What who is assessed must not know, or not beforehand: triggers, the plan of inspections, what is drawn."""
_OF_THE_UNIT = (
    "evaluation.appeal_",
    "evaluation.score_corrected",
    "evaluation.judgement_recorded",
    "evaluation.interview_",
    "evaluation.inspection_filed",
    "evaluation.order_",
    "evaluation.report_",
    "evaluation.value_",
    "evaluation.problem_",
)
"""What concerns the units an event names, as the pages of these subjects have it."""
_BY_PLACE_TOO = "evaluation.problem_"
_NAMED = ("unit", "reporter", "lead_unit")


def unit_of(officer: Officer) -> str:
    """Return the unit an officer sees and answers for; empty for who sees every unit."""
    if officer.role in _OFFICE:
        return ""
    if officer.role in ("town", "village", "grid"):
        return officer.area_code or NOBODY
    # A role that nobody thought of here is nobody's, too: empty would be everything.
    return officer.unit.strip() or NOBODY if officer.role == "department" else NOBODY


def told_to_the_office_alone(entry: JournalEntry) -> bool:
    """Say whether nobody who is assessed may know that there is such an event."""
    return entry.fact.startswith(_OFFICE_ONLY)


def may_open(officer: Officer, entry: JournalEntry) -> bool:
    """Say whether *officer* may open an event: this office's own by whom it names, any other by its place."""
    if officer.role in _OFFICE:
        return True
    if told_to_the_office_alone(entry):
        return False
    if not entry.fact.startswith(_OF_THE_UNIT):
        return officer.may_see(entry.area_code or officer.area_code)
    data = entry.envelope.data
    if unit_of(officer) in {data.get(name) for name in _NAMED} | set(data.get("units") or ()):
        return True
    in_place = entry.fact.startswith(_BY_PLACE_TOO) and officer.role != "department"
    return in_place and bool(entry.area_code) and officer.may_see(entry.area_code)
