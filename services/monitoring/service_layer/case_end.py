"""What follows when a case ends without identification: help that had come first is taken back."""

from services.monitoring.domain.case import Case
from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.service_layer.ports import UnitOfWork

_ENDED = frozenset({CaseState.REJECTED, CaseState.CLOSED})
_NOTE = "案件未予认定，撤回先行帮扶措施 / the case ended without identification"


def withdraw_when_ended(case: Case, acting: Acting, uow: UnitOfWork) -> None:
    """Withdraw what units were asked for and have not answered for good, if *case* was rejected or closed."""
    if case.state not in _ENDED:
        return
    plan = uow.plans.find(case.id)
    if plan is None:
        return
    plan.end(uow.ids, on=acting.on, note=_NOTE)
    if plan.facts:
        uow.plans.save(plan)
