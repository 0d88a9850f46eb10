"""A resident team's points of a year (积分制): opening, points added and taken off, lines (item 21)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.evaluation.domain.field_work.errors import NoPointsError
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id

ACTS: Mapping[str, tuple[str, str]] = {
    "remind": ("建议提醒谈话", "proposal: remind"),
    "admonish": ("建议诫勉谈话", "proposal: admonish"),
    "recall": ("建议召回", "proposal: recall"),
}
REASONS: Mapping[str, tuple[str, str]] = {
    "attendance": ("在岗考勤", "attendance"),
    "visit": ("入户走访", "visits"),
    "task": ("任务完成", "tasks"),
    "report": ("报送资料", "reports"),
    "spot_check": ("抽查", "spot check"),
    "praise": ("表彰奖励", "praise"),
    "other": ("其他", "other"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A balance at or below *at* has *act* proposed, once in the year."""

    act: str
    at: Decimal


@dataclass(frozen=True, slots=True)
class AccountOpened:
    account: "PointAccount"
    on: date


@dataclass(frozen=True, slots=True)
class PointsAdded:
    account: "PointAccount"
    sequence: int
    reason: str
    points: Decimal
    balance: Decimal
    on: date


@dataclass(frozen=True, slots=True)
class LineReached:
    account: "PointAccount"
    line: Line
    balance: Decimal
    on: date


@dataclass(kw_only=True)
class PointAccount(Aggregate):
    """The points of the team in one village; *reached* are the acts that were proposed already."""

    id: str
    year: int
    area_code: str
    opening: Decimal
    balance: Decimal
    entries: int = 0
    reached: list[str]

    @classmethod
    def open(cls, year: int, area_code: str, opening: Decimal, *, on: date) -> "PointAccount":
        """Return the account of a village's team for a year; the same for ever, whoever asks."""
        account = cls(
            id=derived_id("points", str(year), area_code),
            year=year,
            area_code=area_code,
            opening=opening,
            balance=opening,
            reached=[],
        )
        account.raise_fact(AccountOpened(account, on))
        return account

    def enter(self, points: Decimal, reason: str, lines: Sequence[Line], *, on: date) -> None:
        """Add *points* (below zero: take off); each line reached for the first time raises its proposal."""
        if not points:
            raise NoPointsError
        self.balance += points
        self.entries += 1
        self.raise_fact(PointsAdded(self, self.entries, reason, points, self.balance, on))
        for line in sorted(lines, key=lambda one: -one.at):
            if self.balance <= line.at and line.act not in self.reached:
                self.reached = [*self.reached, line.act]
                self.raise_fact(LineReached(self, line, self.balance, on))
