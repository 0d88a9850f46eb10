"""Commands on the five gates: signing off many records at once, sending back, drawing, the last check."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.quality.policy import QualityPolicy
from services.monitoring.domain.quality.record_cycle import RecordCycle
from services.monitoring.service_layer.given import code_in, not_after_today
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.quality.checking import check_changed

_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Some changed records pass a gate; all or none."""

    cycle_ids: Sequence[str]
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBack:
    """Some changed records go back to who entered them; *reason* is a code of ``return_reason``."""

    cycle_ids: Sequence[str]
    reason: str
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawRecords:
    """The county draws which of the approved records it inspects; *seed* is published with the list."""

    area_code: str
    seed: str
    on: date
    by: str = ""


def review_records(command: SignOff, uow: UnitOfWork) -> int:
    """Sign off for the town; refuses what somebody entered himself."""
    return _each(command, uow, lambda cycle, on: cycle.review(on=on, by=command.by))


def approve_records(command: SignOff, uow: UnitOfWork) -> int:
    """Sign off for the county."""
    return _each(command, uow, lambda cycle, on: cycle.approve(on=on, by=command.by))


def inspect_records(command: SignOff, uow: UnitOfWork) -> int:
    """Note that the inspection of drawn records found nothing to send back."""
    return _each(command, uow, lambda cycle, on: cycle.inspect(on=on, by=command.by, note=command.note))


def send_back_records(command: SendBack, uow: UnitOfWork) -> int:
    """Return records with the reason to who entered them."""
    reason = code_in("return_reason", command.reason)

    def send_back(cycle: RecordCycle, on: date) -> None:
        cycle.send_back(reason, on=on, by=command.by, note=command.note)

    return _each(command, uow, send_back)


def draw_records(command: DrawRecords, uow: UnitOfWork, policy: QualityPolicy) -> tuple[int, int]:
    """Draw from the approved records of an area; returns how many are inspected and how many pass."""
    with uow:
        on = not_after_today(command.on, uow.clock)
        percent = policy.sample_percent.on(on)
        cycles = uow.record_cycles.waiting_to_be_drawn(command.area_code, _MOST)
        for cycle in cycles:
            cycle.draw(seed=command.seed, percent=percent, on=max(on, cycle.last_on), by=command.by)
        drawn = sum(cycle.sampled is True for cycle in cycles)
        uow.record_cycles.keep(cycles)
        uow.commit()
    return drawn, len(cycles) - drawn


def check_alerts(command: SignOff, uow: UnitOfWork, policy: QualityPolicy) -> tuple[int, int]:
    """Run the rules again over inspected records; those without open errors pass the last gate.

    Returns how many passed and how many still wait for their errors.
    """
    with uow:
        on = not_after_today(command.on, uow.clock)
        cycles = uow.record_cycles.get_many(command.cycle_ids)
        households = {cycle.household_id for cycle in cycles}
        check_changed(households, (), uow, policy, "")
        waiting = uow.data_errors.open_of(households)
        clean = [cycle for cycle in cycles if not waiting.get(cycle.household_id)]
        for cycle in clean:
            cycle.check_alerts(open_errors=0, on=on, by=command.by)
        uow.record_cycles.keep(clean)
        uow.commit()
    return len(clean), len(cycles) - len(clean)


def _each(command: SignOff | SendBack, uow: UnitOfWork, step: Callable[[RecordCycle, date], None]) -> int:
    with uow:
        on = not_after_today(command.on, uow.clock)
        cycles = uow.record_cycles.get_many(command.cycle_ids)
        for cycle in cycles:
            step(cycle, on)
        uow.record_cycles.keep(cycles)
        uow.commit()
    return len(cycles)
