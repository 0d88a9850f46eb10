"""An entry in the register of work that is counted (工作登记): one thing done, of one kind, on one day."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.evaluation.domain.field_work.errors import FieldWorkStepError, WrongEntryError
from shared.kernel.aggregate import Aggregate

LEVELS: Mapping[str, tuple[str, str]] = {
    "county": ("县级", "county"),
    "city": ("市级", "city"),
    "province": ("省级", "province"),
    "central": ("中央级", "central"),
}
FIELDS: Mapping[str, tuple[str, str]] = {
    "consolidation": ("巩固成果", "consolidation"),
    "construction": ("乡村建设", "rural construction"),
    "governance": ("乡村治理", "rural governance"),
    "social": ("社会事业", "social services"),
}
"""The four fields of publicity that plan item 35 names."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work and what an entry of it must have."""

    zh: str
    en: str
    needs: frozenset[str] = frozenset()


KINDS: Mapping[str, Kind] = {
    "attendance": Kind("驻村考勤", "Attendance of a resident", frozenset({"about", "month"})),
    "spot_check": Kind("驻村抽查", "Spot check of a resident", frozenset({"about", "passed"})),
    "article": Kind("新闻稿件", "Article", frozenset({"level", "field"})),
    "typical_case": Kind("典型案例", "Typical case", frozenset({"level"})),
    "volunteer_activity": Kind("志愿服务活动", "Volunteer activity"),
    "home": Kind("互助幸福院", "Mutual-aid home", frozenset({"area_code"})),
    "home_check": Kind("互助幸福院检查", "Check of a mutual-aid home", frozenset({"about", "passed"})),
}
_NEEDS = {
    "about": ("所属对象", "member or home it is about"),
    "month": ("月份", "month"),
    "passed": ("检查结果", "result"),
    "level": ("层级", "level"),
    "field": ("宣传领域", "field"),
    "area_code": ("所在村", "village"),
}


@dataclass(frozen=True, slots=True)
class Entered:
    entry: "WorkEntry"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    entry: "WorkEntry"
    on: date


@dataclass(kw_only=True)
class WorkEntry(Aggregate):
    """*about* is the cadre or the home it concerns; *quantity* is days on post for an attendance.

    A mistake is withdrawn, never changed. *text* names no person.
    """

    id: str
    kind: str
    unit: str
    area_code: str
    done_on: date
    about: str = ""
    level: str = ""
    field: str = ""
    month: str = ""
    quantity: int = 0
    passed: bool | None = None
    text: str = dataclasses.field(default="", repr=False)
    withdrawn_on: date | None = None

    def enter(self) -> None:
        """Tell of a new entry; refuses one that lacks what its kind needs."""
        kind = KINDS[self.kind]
        for name in sorted(kind.needs):
            if getattr(self, name) in ("", None):
                zh, en = _NEEDS[name]
                raise WrongEntryError(kind_zh=kind.zh, kind_en=kind.en, what_zh=zh, what_en=en)
        self.raise_fact(Entered(self))

    def withdraw(self, *, on: date) -> None:
        """Take a mistaken entry back; it then counts for nothing."""
        if self.withdrawn_on is not None:
            raise FieldWorkStepError(
                state_zh="已撤回", state_en="withdrawn", step_zh="再次撤回", step_en="withdrawn again"
            )
        self.withdrawn_on = on
        self.raise_fact(Withdrawn(self, on))
