"""An announcement of money or projects, checked by the register: elements, link, numbers (plan item 18)."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from services.finance.domain.process import Acting, Process, StepRule
from shared.kernel.errors import NotFoundError

KINDS: Mapping[str, tuple[str, str]] = {
    "division": ("资金分配结果", "division of money"),
    "library": ("项目库", "project library"),
    "plan": ("年度项目计划", "yearly plan"),
    "completion": ("项目完成情况", "completion"),
}
ELEMENTS: Mapping[str, tuple[str, str]] = {
    "name": ("项目名称", "name"),
    "place": ("实施地点", "place"),
    "content": ("建设任务", "what is built"),
    "standard": ("补助标准", "rate of subsidy"),
    "funds": ("资金来源及规模", "money and its sources"),
    "period": ("实施期限", "period"),
    "unit": ("实施单位及责任人", "unit in charge"),
    "goals": ("绩效目标", "goals"),
    "benefit": ("带贫减贫机制", "benefit for households"),
    "complaints": ("监督举报电话", "complaint line"),
}
_LINK = re.compile(r"https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]{1,5})?(/[^\s<>\"]*)?")


class AnnouncementNotFoundError(NotFoundError):
    code = "announcement_not_found"
    zh = "没有找到这份公告公示"
    en = "There is no such announcement"


_STATES = {
    "due": ("待公告", "due"),
    "failing": ("已公告，未达要求", "published, with faults"),
    "passed": ("已公告，核对合格", "published, in order"),
}
_STEPS = {
    "publish": StepRule("公告并核对", "Publish and check", {"due": "failing", "failing": "failing"}),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What the announcement says: its *elements*, *link*, total and the sums that make it up, in fen."""

    elements: tuple[str, ...]
    link: str
    total_fen: int
    parts_fen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """What the register says of a notice. Of the link only its form is checked: nobody opens it."""

    missing: tuple[str, ...]
    link_ok: bool
    numbers_match: bool

    @property
    def passed(self) -> bool:
        return not self.missing and self.link_ok and self.numbers_match


def check(notice: Notice, required: Collection[str], register_fen: int) -> Check:
    """Hold *notice* against what must be in it and against the *register_fen* of the same projects."""
    missing = tuple(one for one in ELEMENTS if one in required and one not in notice.elements)
    numbers = sum(notice.parts_fen) == notice.total_fen == register_fen
    return Check(missing, _LINK.fullmatch(notice.link) is not None, numbers)


@dataclass(kw_only=True)
class Announcement(Process):
    """One announcement that *unit* (a town's code or an official name) owes by *due_on*.

    One that fails is corrected and published again; one that passed stays.
    """

    STEPS: ClassVar[Mapping[str, StepRule]] = _STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({"passed"})

    kind: str
    year: int
    unit: str
    project_id: str = ""
    due_on: date
    link: str = ""
    total_fen: int = 0
    register_fen: int = 0
    missing: tuple[str, ...] = ()
    link_ok: bool = False
    numbers_match: bool = False
    published_on: date | None = None

    @classmethod
    def owe(cls, acting: Acting, **told: object) -> Self:
        """Return an announcement that has to be made."""
        one = cls(**told, state="due", last_step_on=acting.on)  # type: ignore[arg-type]  # the fields above
        return one.begun(acting)

    def publish(self, notice: Notice, required: Sequence[str], register_fen: int, acting: Acting) -> Check:
        """Record what was published and what the check found; the state says whether it passed."""
        self.ensure("publish", acting)
        found = check(notice, required, register_fen)
        self.link, self.total_fen, self.register_fen = notice.link, notice.total_fen, register_fen
        self.missing, self.link_ok, self.numbers_match = found.missing, found.link_ok, found.numbers_match
        self.published_on = acting.on
        self._take("publish", acting, check=found)
        if found.passed:
            self.state = "passed"
        return found
