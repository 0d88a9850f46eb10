"""A changed record on its way through the five gates of data quality (plan item 3, domain 9.1)."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.quality.errors import AlertsOpenError, GateNotPermittedError, OwnEntryError
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Language

_HUNDRED = 100


class Gate(StrEnum):
    """Where the record stands: the gate it passed last, or *returned* to whoever entered it."""

    ENTERED = "entered"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    INSPECTED = "inspected"
    ALERT_CHECKED = "alert_checked"
    RETURNED = "returned"

    def label(self, language: Language = "zh") -> str:
        return _LABELS[self][0 if language == "zh" else 1]


_LABELS = {
    Gate.ENTERED: ("采集录入", "entered"),
    Gate.REVIEWED: ("数据审核", "reviewed by the town"),
    Gate.APPROVED: ("数据核准", "approved by the county"),
    Gate.INSPECTED: ("督查指导", "inspected"),
    Gate.ALERT_CHECKED: ("预警审查", "checked by the rules"),
    Gate.RETURNED: ("已退回", "returned"),
}
GATES = (Gate.ENTERED, Gate.REVIEWED, Gate.APPROVED, Gate.INSPECTED, Gate.ALERT_CHECKED)
RETURNS = {Gate.ENTERED: Gate.REVIEWED, Gate.REVIEWED: Gate.APPROVED, Gate.APPROVED: Gate.INSPECTED} | {
    Gate.INSPECTED: Gate.ALERT_CHECKED
}
"""From where a record can be sent back, and which gate sends it."""


@dataclass(frozen=True, slots=True)
class GateStep:
    """One step of a cycle, for its history and the county. *reason* is given when it was returned."""

    cycle: "RecordCycle"
    gate: Gate
    """The gate passed, or the one that sent the record back."""
    returned: bool
    sequence: int
    on: date
    by: str
    reason: str = ""
    note: str = field(default="", repr=False)


@dataclass(kw_only=True)
class RecordCycle(Aggregate):
    """One household's changes from their entry to the last gate; a further change begins again in it.

    *entered_by* is the account that entered the latest change: it is returned
    there, and cannot sign it off. *sampled* is None until the county has drawn.
    """

    id: str
    household_id: str
    area_code: str
    opened_on: date
    last_on: date
    entered_by: str = ""
    state: Gate = Gate.ENTERED
    changes: int = 0
    sampled: bool | None = None
    seed: str = ""
    reason: str = ""
    note: str = field(default="", repr=False)
    sequence: int = 0

    @property
    def is_open(self) -> bool:
        return self.state is not Gate.ALERT_CHECKED

    def enter(self, *, on: date, by: str = "") -> None:
        """Note a change of the record: wherever it stood, it begins at the first gate again."""
        if not self.is_open:
            raise self._refused("登记变更", "enter")
        again = self.state is Gate.ENTERED and self.changes > 0
        self.changes += 1
        self.entered_by, self.sampled, self.seed = by, None, ""
        self.reason = self.note = ""
        if again:
            self.last_on = max(self.last_on, on)
            return  # Nobody has looked at it since: one entry, told once.
        self._pass(Gate.ENTERED, max(on, self.last_on), by)

    def review(self, *, on: date, by: str = "") -> None:
        """Sign off for the town; not by whoever entered it."""
        self._expect(Gate.ENTERED, "数据审核", "review")
        if by and by == self.entered_by:
            raise OwnEntryError
        self._pass(Gate.REVIEWED, on, by)

    def approve(self, *, on: date, by: str = "") -> None:
        """Sign off for the county."""
        self._expect(Gate.REVIEWED, "数据核准", "approve")
        if by and by == self.entered_by:
            raise OwnEntryError
        self._pass(Gate.APPROVED, on, by)

    def draw(self, *, seed: str, percent: int, on: date, by: str = "") -> None:
        """Decide by *seed* whether the record is inspected; the others pass by that decision."""
        self._expect(Gate.APPROVED, "抽样", "draw")
        if self.sampled is not None:
            raise self._refused("抽样", "draw")
        self.sampled, self.seed = drawn(seed, self.id, percent), seed
        if not self.sampled:
            self._pass(Gate.INSPECTED, on, by)

    def inspect(self, *, on: date, by: str = "", note: str = "") -> None:
        """Note that the inspection of a drawn record found nothing to send back."""
        self._expect(Gate.APPROVED, "督查", "inspect")
        if not self.sampled:
            raise self._refused("督查", "inspect")
        self._pass(Gate.INSPECTED, on, by, note)

    def check_alerts(self, *, open_errors: int, on: date, by: str = "") -> None:
        """Pass the last gate: the rules ran again and every error is corrected or explained."""
        self._expect(Gate.INSPECTED, "预警审查", "check")
        if open_errors:
            raise AlertsOpenError(open=open_errors)
        self._pass(Gate.ALERT_CHECKED, on, by)

    def send_back(self, reason: str, *, on: date, by: str = "", note: str = "") -> None:
        """Return the record to whoever entered it, with a code of ``return_reason``."""
        if self.state not in RETURNS:
            raise self._refused("退回", "return")
        gate = RETURNS[self.state]
        self._require_day(on)
        self.state, self.last_on, self.reason, self.note = Gate.RETURNED, on, reason, note
        self.sequence += 1
        self.raise_fact(GateStep(self, gate, True, self.sequence, on, by, reason, note))

    def _pass(self, gate: Gate, on: date, by: str, note: str = "") -> None:
        self._require_day(on)
        self.state, self.last_on = gate, on
        self.sequence += 1
        self.raise_fact(GateStep(self, gate, False, self.sequence, on, by, "", note))

    def _require_day(self, on: date) -> None:
        if on < self.last_on:
            raise InvalidDayError(day=on.isoformat())

    def _expect(self, state: Gate, zh: str, en: str) -> None:
        if self.state is not state:
            raise self._refused(zh, en)

    def _refused(self, zh: str, en: str) -> GateNotPermittedError:
        return GateNotPermittedError(
            state_zh=self.state.label(), state_en=self.state.label("en"), step_zh=zh, step_en=en
        )


def drawn(seed: str, cycle_id: str, percent: int) -> bool:
    """Say whether *seed* draws the cycle; anybody who knows seed and id comes to the same answer."""
    digest = hashlib.sha256(f"{seed}\x1f{cycle_id}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % _HUNDRED < percent
