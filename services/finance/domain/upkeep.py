"""Facilities, who keeps them at three levels, and whether the keepers are paid (plan item 20)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Self

from services.finance.domain.process import Acting, Process, StepRule
from shared.kernel.errors import InvalidInputError, NotFoundError

LEVELS: Mapping[str, tuple[str, str]] = {
    "county": ("县级", "county"),
    "town": ("镇级", "town"),
    "village": ("村级", "village"),
}
KINDS: Mapping[str, tuple[str, str]] = {
    "road": ("农村公路", "rural road"),
    "water": ("安全饮水", "drinking water"),
    "irrigation": ("农田水利", "irrigation"),
    "sewage": ("污水处理", "sewage"),
    "refuse": ("垃圾收运", "refuse"),
    "toilet": ("公厕户厕", "toilets"),
    "light": ("路灯照明", "street lights"),
    "power": ("电力通信", "power and telephone"),
    "square": ("文化广场", "public square"),
    "village_house": ("村级阵地", "village house"),
    "solar": ("产业设施光伏", "industry and solar"),
    "green": ("绿化河道", "greening and rivers"),
}


class FacilityNotFoundError(NotFoundError):
    code = "facility_not_found"
    zh = "没有找到这处设施"
    en = "There is no such facility"


class KeeperPayNotFoundError(NotFoundError):
    code = "keeper_pay_not_found"
    zh = "没有找到这笔管护工资"
    en = "There is no such pay of a keeper"


class KeeperLevelError(InvalidInputError):
    code = "keeper_level"
    zh = "请写明管护责任人，级别只有县、镇、村三级"
    en = "Name the keeper; the levels are county, town and village"


_STATES = {"listed": ("在管护", "kept"), "removed": ("已退出清单", "removed")}
_STEPS = {
    "name_keepers": StepRule("确定管护责任人", "Name the keepers", {"listed": "listed"}),
    "sample": StepRule("登记成效抽查", "Record a sample", {"listed": "listed"}),
    "remove": StepRule("退出清单", "Remove", {"listed": "removed"}),
}


@dataclass(kw_only=True)
class Facility(Process):
    """A facility on the list; *keepers* maps a level to who keeps it there, *wage_fen* is a month's pay.

    Who keeps it may be a person's name: it stays in this database.
    """

    STEPS: ClassVar[Mapping[str, StepRule]] = _STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({"removed"})

    facility_no: str
    name: str = field(repr=False)
    kind: str
    keepers: Mapping[str, str] = field(default_factory=dict, repr=False)
    wage_fen: int = 0
    kept_since: date | None = None
    sampled_on: date | None = None
    passed: bool | None = None

    @classmethod
    def put_on_list(cls, acting: Acting, **told: object) -> Self:
        facility = cls(**told, state="listed", last_step_on=acting.on)  # type: ignore[arg-type]  # the fields above
        return facility.begun(acting)

    def name_keepers(self, keepers: Mapping[str, str], wage_fen: int, acting: Acting) -> None:
        """Name who keeps it; levels left out keep whom they have. The pay is the village keeper's."""
        self.ensure("name_keepers", acting)
        named = {level: who.strip() for level, who in keepers.items() if who.strip()}
        if not named or not set(named) <= set(LEVELS) or wage_fen < 0:
            raise KeeperLevelError
        self.keepers = {**self.keepers, **named}
        self.wage_fen = wage_fen
        if wage_fen and self.kept_since is None:
            self.kept_since = acting.on
        self._take("name_keepers", acting, levels=tuple(sorted(self.keepers)))

    def sample(self, acting: Acting, *, passed: bool) -> None:
        """Record whether the upkeep of a sampled facility was found good."""
        self.ensure("sample", acting)
        self.sampled_on, self.passed = acting.on, passed
        self._take("sample", acting, passed=passed)

    def remove(self, acting: Acting) -> None:
        self._take("remove", acting)


_PAY_STATES = {"due": ("待发放", "due"), "paid": ("已发放", "paid")}
_PAY_STEPS = {"pay": StepRule("发放工资", "Pay", {"due": "paid"})}


@dataclass(kw_only=True)
class KeeperPay(Process):
    """A keeper's pay for one *month* (``202201``), to be paid by *due_on*; in fen."""

    STEPS: ClassVar[Mapping[str, StepRule]] = _PAY_STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _PAY_STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({"paid"})

    facility_id: str
    month: str
    amount_fen: int
    due_on: date
    paid_on: date | None = None

    @classmethod
    def owe(cls, acting: Acting, **told: object) -> Self:
        pay = cls(**told, state="due", last_step_on=acting.on)  # type: ignore[arg-type]  # the fields above
        return pay.begun(acting)

    def pay(self, acting: Acting) -> None:
        self.ensure("pay", acting)
        self.paid_on = acting.on
        self._take("pay", acting)
