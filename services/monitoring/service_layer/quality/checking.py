"""The rules on every change of a household, in the transaction of the change."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.quality.data_error import DataError
from services.monitoring.domain.quality.policy import QualityPolicy
from services.monitoring.domain.quality.record_cycle import RecordCycle
from services.monitoring.domain.quality.rule import Hit
from services.monitoring.domain.quality.view import HouseholdView
from services.monitoring.service_layer.ports import UnitOfWork
from shared.contracts.envelope import Envelope
from shared.contracts.monitoring import v1
from shared.kernel.clock import day_of
from shared.kernel.ids import Ids

_ENTRIES = frozenset({v1.HouseholdRecorded.type, v1.IncomeRecorded.type})
"""What somebody enters into the record, and others have to sign off."""
_CHANGES = _ENTRIES | {
    model.type
    for model in (
        v1.CaseAdvanced,
        v1.CaseIdentified,
        v1.CaseRejected,
        v1.RiskEliminated,
        v1.EliminationRolledBack,
        v1.MeasureRequested,
        v1.MeasureRecorded,
    )
}
"""After what the rules run again over the household."""


@dataclass(frozen=True, slots=True)
class Settling:
    """How what rules find is settled with what stands: on which day, by whom, and as what it ends.

    *corrected* is True in the transaction of a change: then what is no longer
    broken was corrected by it. In a run over the registry it is gone.
    """

    on: date
    by: str
    corrected: bool
    enterers: Mapping[str, str] = field(default_factory=dict)
    """Who entered each household's record, and so answers for what is wrong with it."""


def settled(
    hits: Iterable[Hit],
    standing: Sequence[DataError],
    areas: Mapping[str, str],
    policy: QualityPolicy,
    how: Settling,
    ids: Ids,
) -> list[DataError]:
    """Return the errors that are new or over, given what the rules find now and what stands.

    What was explained stands while the rule is broken, and is not found again.
    """
    broken = set(hits)
    known = {Hit(one.household_id, one.person_id, one.rule): one for one in standing}
    changed = []
    for hit, error in known.items():
        if hit in broken:
            continue
        if error.is_open:
            error.vanish(on=max(how.on, error.found_on), corrected=how.corrected, by=how.by)
        else:
            error.end()
        changed.append(error)
    new = sorted(broken - known.keys())
    return changed + [_new(hit, areas[hit.household_id], policy, how, ids()) for hit in new]


def _new(hit: Hit, area_code: str, policy: QualityPolicy, how: Settling, id_: str) -> DataError:
    severity = policy.catalogue.rules[hit.rule].severity
    due_on, confirmed = policy.due(severity, how.on)
    error = DataError(
        id=id_,
        origin="rule",
        rule=hit.rule,
        severity=severity,
        household_id=hit.household_id,
        person_id=hit.person_id,
        area_code=area_code,
        responsible=how.by or how.enterers.get(hit.household_id, ""),
        found_on=how.on,
        due_on=due_on,
        limit_confirmed=confirmed,
    )
    error.found()
    return error


def hits_of(views: Sequence[HouseholdView], uow: UnitOfWork, policy: QualityPolicy, on: date) -> list[Hit]:
    """Return everything wrong with the households of *views*, the rules over many households included."""
    given = policy.given(on)
    hits = [hit for view in views for hit in policy.catalogue.check(view, given)]
    across = uow.data_errors.hits_across([view.id for view in views])
    return hits + [hit for hit in across if policy.catalogue.runs(policy.catalogue.rules[hit.rule])]


def follow_changes(events: Sequence[Envelope], uow: UnitOfWork, policy: QualityPolicy, by: str) -> None:
    """Check the households that *events* of one transaction tell of; called once, before it is committed."""
    changed = {event.subject: event for event in events if event.type in _CHANGES}
    entered = sorted({event.subject for event in events if event.type in _ENTRIES})
    if not changed:
        return
    if len(changed) > 1:
        check_changed(changed, entered, uow, policy, by)
        return
    ((household_id, cause),) = changed.items()
    with uow.caused_by(cause):
        check_changed({household_id}, entered, uow, policy, by)


def check_changed(
    household_ids: Collection[str], entered: Collection[str], uow: UnitOfWork, policy: QualityPolicy, by: str
) -> None:
    """Run the rules over households that changed, and take the records *entered* to the first gate."""
    today = day_of(uow.clock())
    views = uow.data_errors.views(household_ids)
    areas = {view.id: view.area_code for view in views}
    if policy.in_force_on(today):
        standing = uow.data_errors.standing(areas)
        found = hits_of(views, uow, policy, today)
        enterers = {} if by else uow.record_cycles.enterers_of(areas)
        how = Settling(today, by, corrected=True, enterers=enterers)
        uow.data_errors.keep(settled(found, standing, areas, policy, how, uow.ids))
    _enter([one for one in entered if one in areas], areas, uow, by, today)


def _enter(
    household_ids: Sequence[str], areas: Mapping[str, str], uow: UnitOfWork, by: str, on: date
) -> None:
    cycles = uow.record_cycles.open_of(household_ids)
    for household_id in household_ids:
        if household_id not in cycles:
            cycles[household_id] = RecordCycle(
                id=uow.ids(),
                household_id=household_id,
                area_code=areas[household_id],
                opened_on=on,
                last_on=on,
            )
        cycles[household_id].enter(on=on, by=by)
    uow.record_cycles.keep([cycles[household_id] for household_id in household_ids])
