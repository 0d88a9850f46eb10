"""The card of a household: its figures across all services, folded from events in any order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.contracts.envelope import Envelope

State = dict[str, Any]
Apply = Callable[[State, Envelope], None]


@dataclass(slots=True)
class HouseholdCard:
    """What has been learned of one household.

    *state* is JSON. Every part of it is a count, a union, an earliest, a latest or
    the highest version: whatever the order of events, the state is the same. An
    event must be applied once; the journal sees to that.
    """

    household_id: str
    area_code: str = ""
    state: State = field(default_factory=dict)

    def apply(self, event: Envelope) -> None:
        """Take *event* in."""
        state, day = self.state, event.data["occurred_on"]
        counts = state.setdefault("counts", {})
        counts[event.fact] = counts.get(event.fact, 0) + 1
        state["first_on"] = min(state.get("first_on", day), day)
        state["last_on"] = max(state.get("last_on", day), day)
        if change := _CHANGES.get(event.fact):
            change(state, event)
        if recorded := state.get("household"):
            self.area_code = recorded["area_code"]
        elif area := event.data.get("area_code"):
            # Until the household itself is known, the smallest area named stands for it.
            self.area_code = min(self.area_code or area, area)


def fold(household_id: str, events: Iterable[Envelope]) -> HouseholdCard:
    """Return the card that *events* make, each given once."""
    card = HouseholdCard(household_id)
    for event in events:
        card.apply(event)
    return card


def _highest(state: State, part: str, order: list[Any], values: Mapping[str, Any]) -> None:
    """Keep *values* as *part* of the state unless something of a higher order is there."""
    if part not in state or order > state[part]["order"]:
        state[part] = {"order": order, **values}


def _household(state: State, event: Envelope) -> None:
    data = event.data
    members = [member for member in data.get("members", ()) if not member.get("left")]
    _highest(
        state,
        "household",
        [data["version"], event.id],
        {
            "household_no": data["household_no"],
            "area_code": data.get("area_code", ""),
            "type": data["household_type"],
            "lifted_out": data.get("lifted_out", False),
            "relocated": data.get("relocated", False),
            "people": len(members),
        },
    )


def _income(state: State, event: Envelope) -> None:
    data = event.data
    names = ("period_first", "period_last", "net_per_head_fen", "monitoring_line_fen", "line_confirmed")
    order = [data["period_last"], data["occurred_on"], event.id]
    _highest(state, "income", order, {name: data[name] for name in names})


def _visit(state: State, event: Envelope) -> None:
    visits = state.setdefault("visits", {})
    month = event.data["occurred_on"][:7]
    visits[month] = visits.get(month, 0) + 1


def _of(part: str, key: str, **names: str) -> Apply:
    """Return what notes, under the id in *key*, the day of the event in each of *names*.

    The first name is the field to set, its value where it comes from: ``day`` is
    the day of the event, anything else a field of the body.
    """

    def apply(state: State, event: Envelope) -> None:
        entry = state.setdefault(part, {}).setdefault(event.data[key], {})
        for name, source in names.items():
            value = event.data["occurred_on"] if source == "day" else event.data[source]
            entry[name] = max(entry.get(name, value), value)

    return apply


def _measure(state: State, event: Envelope) -> None:
    data = event.data
    measures = state.setdefault("measures", {})
    names = ("risk", "category", "code", "department", "status", "due_on")
    _highest(measures, data["measure_id"], [data["version"], event.id], {name: data[name] for name in names})


def _requested(state: State, event: Envelope) -> None:
    data = event.data
    names = ("risk", "category", "code", "department", "due_on")
    values = {name: data[name] for name in names}
    _highest(
        state.setdefault("measures", {}), data["measure_id"], [0, event.id], values | {"status": "requested"}
    )


def _repaid(state: State, event: Envelope) -> None:
    data = event.data
    loan = state.setdefault("loans", {}).setdefault(data["loan_id"], {})
    _highest(loan, "repaid", [data["sequence"], event.id], {"balance_fen": data["balance_fen"]})


def _advanced(state: State, event: Envelope) -> None:
    data = event.data
    case = state.setdefault("cases", {}).setdefault(data["case_id"], {})
    _highest(
        case, "stands", [data["sequence"], event.id], {"state": data["to_state"], "on": data["occurred_on"]}
    )


_CHANGES: dict[str, Apply] = {
    "monitoring.household_recorded": _household,
    "monitoring.income_recorded": _income,
    "monitoring.visit_recorded": _visit,
    "monitoring.household_changed": _of("changes", "change_id", kind="kind", on="day"),
    "monitoring.household_change_resolved": _of("changes", "change_id", resolved_on="day"),
    "monitoring.clue_reported": _of("clues", "clue_id", risk="risk", reported_on="day"),
    "monitoring.clue_verified": _of("clues", "clue_id", outcome="outcome", verified_on="day"),
    "monitoring.case_advanced": _advanced,
    "monitoring.case_identified": _of(
        "cases", "case_id", **{"class": "monitored_class"}, identified_on="day"
    ),
    "monitoring.case_rejected": _of("cases", "case_id", rejected_on="day"),
    "monitoring.helper_assigned": _of("cases", "case_id", helper_on="day"),
    "monitoring.risk_eliminated": _of("cases", "case_id", eliminated_on="day"),
    "monitoring.elimination_rolled_back": _of("cases", "case_id", rolled_back_on="day"),
    "monitoring.measure_requested": _requested,
    "monitoring.measure_recorded": _measure,
    "monitoring.household_relapsed": _of("relapses", "relapse_id", cause="cause", on="day"),
    "employment.job_started": _of(
        "jobs", "spell_id", person_id="person_id", monthly_pay_fen="monthly_pay_fen", started_on="day"
    ),
    "employment.job_ended": _of("jobs", "spell_id", reason="reason", ended_on="day"),
    "employment.post_placed": _of(
        "posts", "placement_id", person_id="person_id", monthly_pay_fen="monthly_pay_fen", started_on="day"
    ),
    "employment.post_ended": _of("posts", "placement_id", reason="reason", ended_on="day"),
    "finance.loan_applied": _of("loans", "loan_id", applied_on="day"),
    "finance.loan_refused": _of("loans", "loan_id", refused_on="day"),
    "finance.loan_disbursed": _of(
        "loans", "loan_id", amount_fen="amount_fen", due_on="due_on", disbursed_on="day"
    ),
    "finance.loan_repaid": _repaid,
    "finance.loan_overdue": _of("loans", "loan_id", overdue_on="day"),
}
