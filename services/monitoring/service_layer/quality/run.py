"""The rules over the whole registry: village by village in bounded memory, told of town by town.

A town is told of as soon as it was gone through, so that a run that breaks off
goes on with the next town. Two runs at once wait for each other, some villages
at a time, and of a month's own run each town is told of once.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.quality.catalogue import APPLIES
from services.monitoring.domain.quality.data_error import DataError
from services.monitoring.domain.quality.policy import QualityPolicy
from services.monitoring.domain.quality.rule import Hit
from services.monitoring.domain.quality.view import HouseholdView, Kind
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.quality.checking import Settling, hits_of, settled
from shared.areas import areas, town_of
from shared.contracts.monitoring import v1
from shared.kernel.clock import day_of
from shared.kernel.ids import derived_id

_AT_ONCE = 600
"""Households of small villages that are looked at together; a larger village is looked at whole."""


@dataclass
class TownRun:
    """What a run found in one town. *asked* and *broken* count records by rule."""

    area_code: str
    households: int = 0
    people: int = 0
    villages: int = 0
    open_errors: int = 0
    found: int = 0
    gone: int = 0
    whose: Counter[Kind] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)

    @property
    def records(self) -> int:
        return self.households + self.people + self.villages


def run_rules(uow: UnitOfWork, policy: QualityPolicy, *, area_code: str = "", by: str = "") -> list[TownRun]:
    """Run every rule over every record inside *area_code*; a transaction for some villages, an event a town.

    Errors that are no longer broken are gone, new ones are opened; a second run
    of an unchanged registry changes nothing. Returns what was found by town. Run
    it outside a request's own transaction: it is many, each repeatable by itself.
    """
    towns: dict[str, list[list[str]]] = {}
    for town, villages in _portions(area_code or areas().county.code, uow):
        towns.setdefault(town, []).append(villages)
    return [_run_town(town, portions, uow, policy, by=by) for town, portions in towns.items()]


def _run_town(
    town: str,
    portions: Sequence[Sequence[str]],
    uow: UnitOfWork,
    policy: QualityPolicy,
    *,
    by: str = "",
    run_id: str = "",
) -> TownRun:
    run = TownRun(town)
    for villages in portions:
        run_villages(villages, uow, policy, run)
    _tell(run, uow, policy, by, run_id)
    return run


def _portions(area_code: str, uow: UnitOfWork) -> list[tuple[str, list[str]]]:
    """Return a town and some of its villages, with at most some hundred households together."""
    with uow:
        sizes = uow.data_errors.households_by_village()
    portions: list[tuple[str, list[str]]] = []
    held = 0
    for area in areas().inside(area_code):
        if area.level != "village":
            continue
        size = sizes.get(area.code, 0)
        if not portions or portions[-1][0] != town_of(area.code) or held + size > _AT_ONCE:
            portions.append((town_of(area.code), []))
            held = 0
        portions[-1][1].append(area.code)
        held += size
    return portions


def run_villages(villages: Sequence[str], uow: UnitOfWork, policy: QualityPolicy, town: TownRun) -> None:
    """Check the households of some villages and the villages' own records, in one transaction."""
    with uow:
        uow.quality_runs.hold(town.area_code)
        today = day_of(uow.clock())
        views = uow.data_errors.views_in(villages)
        hits = hits_of(views, uow, policy, today)
        standing = uow.data_errors.standing_in(villages)
        enterers = uow.record_cycles.enterers_of([view.id for view in views])
        how = Settling(today, "", corrected=False, enterers=enterers)
        where = {view.id: view.area_code for view in views}
        of_households = [one for one in standing if one.household_id]
        changed = settled(hits, of_households, where, policy, how, uow.ids)
        for village in villages:
            own = [one for one in standing if one.area_code == village and not one.household_id]
            found = _village_hits(village, uow, policy, today, town)
            hits += found
            changed += settled(found, own, {"": village}, policy, how, uow.ids)
        kept = uow.data_errors.keep(changed)
        uow.commit()
    _count(town, views, hits, standing, kept)


def _village_hits(
    village: str, uow: UnitOfWork, policy: QualityPolicy, today: date, town: TownRun
) -> list[Hit]:
    record = uow.village_records.find(village)
    if record is None:
        return []
    town.villages += 1
    return list(policy.catalogue.check_village(record.view, policy.given(today)))


def _count(
    town: TownRun,
    views: Sequence[HouseholdView],
    hits: Sequence[Hit],
    standing: Sequence[DataError],
    changed: Sequence[DataError],
) -> None:
    new = sum(one.is_open for one in changed)
    town.households += len(views)
    town.people += sum(len(view.members) for view in views)
    town.found += new
    town.gone += len(changed) - new
    town.open_errors += sum(one.is_open for one in standing) + new
    for view in views:
        town.whose[view.kind] += 1
    # Households, not people: several members of one household are one record to be looked at.
    town.broken.update(rule for rule, _ in {(hit.rule, hit.household_id) for hit in hits})


def asked(town: TownRun, policy: QualityPolicy) -> dict[str, int]:
    """Return how many households, or villages, each rule that runs was asked about."""
    counts = {}
    for rule in policy.catalogue.running:
        whose = APPLIES[rule.who]
        of = sum(count for key, count in town.whose.items() if whose(key))
        counts[rule.id] = town.villages if rule.scope == "village" else of
    return counts


def _tell(town: TownRun, uow: UnitOfWork, policy: QualityPolicy, by: str, run_id: str = "") -> None:
    with uow:
        today = day_of(uow.clock())
        run_id = run_id or uow.ids()
        row = {"id": run_id, "area_code": town.area_code, "ran_on": today, "by": by, "records": town.records}
        row |= {"rules": len(policy.catalogue.running), "open_errors": town.open_errors}
        row |= {"found": town.found, "gone": town.gone, "broken": dict(town.broken)}
        if not uow.quality_runs.add(row | {"asked": asked(town, policy)}, at=uow.clock()):
            return
        uow.publish(
            v1.QualityRunCompleted(
                occurred_on=today,
                area_code=town.area_code,
                run_id=run_id,
                records=town.records,
                rules=len(policy.catalogue.running),
                open_errors=town.open_errors,
            )
        )
        uow.commit()


def sweep_quality(uow: UnitOfWork, policy: QualityPolicy) -> int:
    """Run the rules over each town nobody has this month; return how many errors were found or are gone."""
    with uow:
        today = day_of(uow.clock())
    if not policy.in_force_on(today):
        return 0
    changed = 0
    for town in _due(uow, today):
        # Again, as another worker may have come to it meanwhile.
        if town in _due(uow, today):
            portions = [villages for _, villages in _portions(town, uow)]
            run_id = derived_id("quality_run", town, f"{today:%Y%m}")
            run = _run_town(town, portions, uow, policy, run_id=run_id)
            changed += run.found + run.gone
    return changed


def _due(uow: UnitOfWork, today: date) -> list[str]:
    with uow:
        done = uow.quality_runs.towns_since(today.replace(day=1))
    return sorted({town_of(village.code) for village in areas().villages()} - done)
