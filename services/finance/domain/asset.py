"""Assets formed by projects, their quarterly inspection and its findings (plan item 19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from services.finance.domain.process import Acting, Process, StepRule, ensure_positive
from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError

KINDS: Mapping[str, tuple[str, str]] = {
    "operating": ("经营性", "operating"),
    "public": ("公益性", "public"),
    "household": ("到户类", "to households"),
}
PROBLEMS: Mapping[str, tuple[str, str]] = {
    "idle": ("闲置", "idle"),
    "poor_yield": ("低效", "poor yield"),
    "loss": ("流失", "loss"),
    "contract": ("合同不规范", "contract not in order"),
    "income": ("收益未分配", "income not distributed"),
    "register": ("台账不实", "register not true"),
}


class AssetNotFoundError(NotFoundError):
    code = "asset_not_found"
    zh = "没有找到这项资产"
    en = "There is no such asset"


class AssetProblemNotFoundError(NotFoundError):
    code = "asset_problem_not_found"
    zh = "没有找到这个问题"
    en = "There is no such finding"


class AuditOfOperatingError(ConflictError):
    code = "audit_of_operating_only"
    zh = "只有经营性资产开展年度审计"
    en = "Only operating assets are audited each year"


class AuditedError(ConflictError):
    code = "audited_already"
    zh = "{year} 年度已经审计"
    en = "The year {year} has been audited"


class PublicSampleError(ConflictError):
    code = "sample_of_public_only"
    zh = "管护抽查只抽公益性资产"
    en = "Only public assets are sampled for their upkeep"


class QuarterError(InvalidInputError):
    """Raised when an inspection is filed for a quarter in which it did not take place."""

    code = "inspection_quarter"
    zh = "检查日期 {day} 不在所填季度内"
    en = "{day} does not lie in that quarter"


_STATES = {
    "formed": ("待确权", "to be registered"),
    "registered": ("已确权登记", "registered"),
    "handed_over": ("已移交", "handed over"),
    "disposed": ("已处置", "disposed of"),
}
_KEPT = {"registered": "registered", "handed_over": "handed_over"}
_STEPS = {
    "register": StepRule("确权登记", "Register", {"formed": "registered"}),
    "hand_over": StepRule("移交", "Hand over", {"registered": "handed_over"}),
    "audit": StepRule("登记年度审计", "Record the audit", _KEPT),
    "sample": StepRule("登记管护抽查", "Record a sample", _KEPT),
    "dispose": StepRule("处置", "Dispose of", {"handed_over": "disposed"}),
}


@dataclass(kw_only=True)
class Asset(Process):
    """One asset; *value_fen* is its original value, *project_year* the year of the project that formed it.

    *due_on* is by when it must be handed over: 31 March of the year after (plan item 19).
    """

    STEPS: ClassVar[Mapping[str, StepRule]] = _STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({"disposed"})

    asset_no: str
    name: str
    kind: str
    project_id: str = ""
    project_year: int
    unit: str
    value_fen: int
    due_on: date
    owner: str = ""
    audited_years: tuple[int, ...] = ()
    sampled_on: date | None = None
    in_good_state: bool | None = None

    @classmethod
    def form(cls, acting: Acting, **told: object) -> Self:
        """Return an asset that a project has formed."""
        asset = cls(**told, state="formed", last_step_on=acting.on)  # type: ignore[arg-type]  # the fields above
        ensure_positive(asset.value_fen, "资产原值", "The original value")
        return asset.begun(acting)

    def register(self, owner: str, acting: Acting) -> None:
        """Register whose it is: the village's cooperative, the towns' share, the county."""
        self.ensure("register", acting)
        self.owner = owner
        self._take("register", acting)

    def hand_over(self, acting: Acting) -> None:
        self._take("hand_over", acting)

    def audit(self, year: int, acting: Acting) -> None:
        """Record the audit of *year*; only operating assets are audited, each year once."""
        self.ensure("audit", acting)
        if self.kind != "operating":
            raise AuditOfOperatingError
        if year in self.audited_years:
            raise AuditedError(year=year)
        self.audited_years = (*self.audited_years, year)
        self._take("audit", acting, year=year)

    def sample(self, acting: Acting, *, good: bool) -> None:
        """Record how a sampled public asset was found."""
        self.ensure("sample", acting)
        if self.kind != "public":
            raise PublicSampleError
        self.sampled_on, self.in_good_state = acting.on, good
        self._take("sample", acting, good=good)

    def dispose(self, acting: Acting) -> None:
        self._take("dispose", acting)


@dataclass(kw_only=True)
class AssetInspection(Process):
    """One inspection of a quarter (``2022Q1``), done and filed; its findings are problems of their own."""

    STEPS: ClassVar[Mapping[str, StepRule]] = {}
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = {"filed": ("已归档", "filed")}
    CLOSED: ClassVar[frozenset[str]] = frozenset({"filed"})

    quarter: str
    unit: str
    assets_seen: int
    paper_no: str = ""

    @classmethod
    def file(cls, acting: Acting, **told: object) -> Self:
        """Return a filed inspection; its day lies in its quarter."""
        one = cls(**told, state="filed", last_step_on=acting.on)  # type: ignore[arg-type]  # the fields above
        if one.quarter != quarter_of(acting.on):
            raise QuarterError(day=acting.on.isoformat())
        return one.begun(acting)


def quarter_of(day: date) -> str:
    """Return the quarter of *day* as ``2022Q1``."""
    return f"{day.year}Q{(day.month + 2) // 3}"


_PROBLEM_STATES = {
    "open": ("整改中", "being rectified"),
    "reported": ("待复核", "to be re-checked"),
    "closed": ("已销号", "closed"),
}
_PROBLEM_STEPS = {
    "report": StepRule("申请销号", "Report it rectified", {"open": "reported"}),
    "send_back": StepRule("退回整改", "Send back", {"reported": "open"}),
    "close": StepRule("复核销号", "Re-check and close", {"reported": "closed"}),
}


@dataclass(kw_only=True)
class AssetProblem(Process):
    """One finding of an inspection (问题清单), to be rectified by *due_on*; *unit* must see to it."""

    STEPS: ClassVar[Mapping[str, StepRule]] = _PROBLEM_STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _PROBLEM_STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({"closed"})

    inspection_id: str
    asset_id: str
    category: str
    unit: str
    due_on: date

    @classmethod
    def find(cls, acting: Acting, **told: object) -> Self:
        one = cls(**told, state="open", last_step_on=acting.on)  # type: ignore[arg-type]  # the fields above
        return one.begun(acting)

    def report(self, acting: Acting) -> None:
        self._take("report", acting)

    def send_back(self, acting: Acting) -> None:
        self._take("send_back", acting)

    def close(self, acting: Acting) -> None:
        self._take("close", acting)
