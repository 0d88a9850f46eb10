"""Problems and their rectification as the county hears of them: codes, never words."""

from collections.abc import Iterable
from typing import Any

from services.evaluation.domain.ledger import facts
from services.evaluation.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.evaluation.v1 import ledger as v1


def _about(about: facts.About) -> dict[str, Any]:
    return {
        "occurred_on": about.on,
        "area_code": about.area_code,
        "problem_id": about.problem_id,
        "unit": about.unit,
    }


@publish.register
def _(fact: facts.Registered) -> Iterable[EventData]:
    yield v1.ProblemRegistered(
        **_about(fact.about),
        source=fact.source.value,
        category=fact.category,
        special=fact.special,
        entry_due=fact.entry_due,
    )


@publish.register
def _(fact: facts.Confirmed) -> Iterable[EventData]:
    yield v1.ProblemConfirmed(
        **_about(fact.about),
        category=fact.category,
        cause=fact.cause,
        systemic=fact.systemic,
        special=fact.special,
    )


@publish.register
def _(fact: facts.Rejected) -> Iterable[EventData]:
    yield v1.ProblemRejected(**_about(fact.about))


@publish.register
def _(fact: facts.HandedOver) -> Iterable[EventData]:
    yield v1.ProblemHandedOver(
        **_about(fact.about), level=fact.level.value, lead_unit=fact.lead_unit, due_on=fact.due_on
    )


@publish.register
def _(fact: facts.Planned) -> Iterable[EventData]:
    yield v1.ProblemListed(**_about(fact.about))


@publish.register
def _(fact: facts.CloseOutAsked) -> Iterable[EventData]:
    yield v1.ProblemCloseOutAsked(**_about(fact.about), mechanism=fact.mechanism)


@publish.register
def _(fact: facts.Checked) -> Iterable[EventData]:
    yield v1.ProblemRechecked(
        **_about(fact.about), stage=fact.stage.value, passed=fact.passed, round=fact.round
    )


@publish.register
def _(fact: facts.Closed) -> Iterable[EventData]:
    yield v1.ProblemClosed(**_about(fact.about), due_on=fact.due_on, on_the_spot=fact.on_the_spot)


@publish.register
def _(fact: facts.Recurred) -> Iterable[EventData]:
    yield v1.ProblemRecurred(
        **_about(fact.about),
        how=fact.how,
        earlier_problem_id=fact.earlier_id,
        counts=fact.counts,
        times=fact.times,
        consequence=fact.consequence,
    )


@publish.register
def _(fact: facts.LookedBack) -> Iterable[EventData]:
    yield v1.ProblemLookedBack(**_about(fact.about), held=fact.held)
