"""What monitoring's sample checks find becomes problems of the town it was found in."""

from collections.abc import Sequence

from services.evaluation.domain.ledger.acting import Acting
from services.evaluation.domain.ledger.policy import LedgerPolicy
from services.evaluation.domain.ledger.state import Source
from services.evaluation.service_layer.ledger.entering import EnterProblem, put_into_ledger
from services.evaluation.service_layer.ports import UnitOfWork
from shared.contracts.envelope import Envelope
from shared.contracts.monitoring import v1
from shared.contracts.registry import read
from shared.kernel.clock import day_of
from shared.kernel.ids import derived_id

_TOWN = 9


def enter_sample_findings(events: Sequence[Envelope], uow: UnitOfWork, policy: LedgerPolicy) -> None:
    """Enter one problem for each check that found something; a clean one, or one of no town, enters none."""
    today = day_of(uow.clock())
    for event in events:
        checked = read(event)
        assert isinstance(checked, v1.SampleChecked)  # noqa: S101  (the reader gives events of this type alone)
        unit, day = checked.area_code[:_TOWN], checked.occurred_on
        if not checked.finding or unit not in policy.units or not policy.sample_findings.in_force_on(day):
            continue
        found = policy.sample_findings.on(day).get(checked.finding)
        if found is None:
            continue
        command = EnterProblem(
            unit=unit,
            source=Source.SAMPLE,
            category=found["category"],
            text=found["zh"],
            found_on=day,
            area_code=checked.area_code,
            household_id=checked.household_id,
            cause=found["cause"],
            problem_id=derived_id(event.id, "problem"),
        )
        put_into_ledger(command, uow, policy, Acting(max(day, today)), cause=event)
