"""Commands on sample inspections: freeze the list, draw with a seed found in public, inspect, close."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from services.monitoring.domain.clue import CluePolicy, report_of
from services.monitoring.domain.finding import SampleCheck
from services.monitoring.domain.reopening import Reopening
from services.monitoring.domain.sample.draw import frozen
from services.monitoring.domain.sample.inspection import (
    MISSED,
    SampledHousehold,
    SampleInspection,
    SamplePolicy,
)
from services.monitoring.domain.screening.focus import ScreeningPolicy
from services.monitoring.domain.screening_errors import SampleFindingError
from services.monitoring.service_layer.clue import disaster_in, take_reports
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today, text_in
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of
from shared.kernel.ids import derived_id
from shared.kernel.period import add_days, add_months


class SamplePolicies(Protocol):
    """The quotas in force on a day, and for how many months an elimination counts."""

    def on(self, day: date) -> SamplePolicy: ...
    def eliminated_months(self, day: date) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeSampleList:
    title: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawSample:
    """*seed* is found in public after the list's digest was published: by lot, from a lottery's numbers."""

    inspection_id: str
    seed: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectHousehold:
    """What was found at one household; *answers* gives per code of ``sample_question`` whether all is right.

    *finding* is a code of ``sample_finding``. Somebody missed needs the *risk*; it becomes a clue.
    """

    sampled_id: str
    on: date
    answers: Mapping[str, bool] = field(default_factory=dict)
    finding: str = ""
    risk: str = ""
    disaster: str = ""
    by: str = ""
    note: str = field(default="", repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSample:
    inspection_id: str


def freeze_sample_list(command: FreezeSampleList, uow: UnitOfWork, policies: SamplePolicies) -> str:
    """Freeze today's list of all households with their strata; return the inspection's id."""
    title = text_in(command.title.strip(), ("名称", "title"), most=60, least=2)
    with uow:
        today = day_of(uow.clock())
        since = add_months(today, -policies.eliminated_months(today))
        listed = frozen(uow.samples.classified(since))
        one = SampleInspection.freeze(
            listed, policies.on(today), id=uow.ids(), title=title, on=today, by=command.by
        )
        uow.samples.add(one)
        uow.samples.keep_list(one.id, listed)
        uow.commit()
    return one.id


def draw_sample(command: DrawSample, uow: UnitOfWork) -> int:
    """Draw the sample from the frozen list, once; return how many households it has."""
    with uow:
        one = uow.samples.get(command.inspection_id)
        drawn = one.draw(
            uow.samples.list_of(one.id), command.seed.strip(), on=day_of(uow.clock()), by=command.by
        )
        areas = uow.households.areas_of({line.household_id for line in drawn})
        uow.sampled.add_new(
            [
                SampledHousehold(
                    id=derived_id("sampled", one.id, line.household_id),
                    inspection_id=one.id,
                    household_id=line.household_id,
                    area_code=areas[line.household_id],
                    stratum=line.stratum,
                    position=position,
                )
                for position, line in enumerate(drawn, 1)
            ]
        )
        uow.samples.save(one)
        uow.commit()
    return one.size


def inspect_household(
    command: InspectHousehold, uow: UnitOfWork, clue_policy: CluePolicy, policy: ScreeningPolicy
) -> None:
    """Record an inspection and what follows from its finding: a clue, or a case reopened."""
    for question in command.answers:
        code_in("sample_question", question)
    if command.finding:
        code_in("sample_finding", command.finding)
    with uow:
        on = not_after_today(command.on, uow.clock)
        sampled = uow.sampled.get(command.sampled_id)
        expect_version(sampled, command.version)
        sampled.inspect(command.answers, command.finding, on=on, by=command.by, note=command.note.strip())
        sampled.area_code = uow.households.areas_of({sampled.household_id})[sampled.household_id]
        uow.sampled.save(sampled)
        _tell(sampled, on, command, uow)
        with uow.caused_by(uow.last_told()):
            if command.finding in MISSED:
                _missed(sampled, on, command, uow, clue_policy)
            elif command.finding:
                _reopen(sampled, on, uow, policy)
        uow.commit()


def close_sample(command: CloseSample, uow: UnitOfWork) -> None:
    """End an inspection; refuses while a household of it waits."""
    with uow:
        one = uow.samples.get(command.inspection_id)
        one.close(uow.sampled.left_of(one.id), on=day_of(uow.clock()))
        uow.samples.save(one)
        uow.commit()


def _tell(sampled: SampledHousehold, on: date, command: InspectHousehold, uow: UnitOfWork) -> None:
    uow.sample_checks.add(
        SampleCheck.record(
            id=sampled.id,
            household_id=sampled.household_id,
            area_code=sampled.area_code,
            finding=command.finding,
            checked_on=on,
            checked_by=command.by,
            note=command.note.strip(),
        )
    )


def _missed(
    sampled: SampledHousehold, on: date, command: InspectHousehold, uow: UnitOfWork, policy: CluePolicy
) -> None:
    if not command.risk:
        raise SampleFindingError
    report = report_of(
        policy,
        report_id=uow.ids(),
        household_id=sampled.household_id,
        area_code=sampled.area_code,
        risk=code_in("risk", command.risk),
        source="04",
        reported_on=on,
        cause=f"sample:{sampled.id}",
        detail=disaster_in({command.risk}, command.disaster, command.note),
        by=command.by,
        note=command.note.strip(),
    )
    take_reports([report], uow)


def _reopen(sampled: SampledHousehold, on: date, uow: UnitOfWork, policy: ScreeningPolicy) -> None:
    case = uow.cases.latest_of(sampled.household_id)
    if case is None:
        raise SampleFindingError
    limit = policy.reopening_days.entry_on(on)
    reopening = Reopening.raised(
        case_id=case.id,
        reason=sampled.finding,
        origin=f"sample:{sampled.id}",
        household_id=sampled.household_id,
        area_code=sampled.area_code,
        raised_on=on,
        due_on=add_days(on, limit.value),
        limit_confirmed=limit.confirmed,
    )
    uow.reopenings.add_new([reopening])
