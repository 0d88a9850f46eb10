"""A project of bridging or cooperation money, from library to acceptance (plan items 11, 17, 18, 22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal, Self

from services.finance.domain.process import Acting, Process, StepRule, ensure_positive
from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError

Review = Literal["compliance", "science", "feasibility"]
REVIEWS: Mapping[str, tuple[str, str]] = {
    "compliance": ("合规性", "compliance"),
    "science": ("科学性", "scientific soundness"),
    "feasibility": ("可行性", "feasibility"),
}
KINDS: Mapping[str, tuple[str, str]] = {
    "industry": ("产业发展", "industry"),
    "employment": ("就业创业", "employment"),
    "construction": ("乡村建设行动", "rural construction"),
    "relocation": ("易地搬迁后扶", "relocation follow-up"),
    "guarantee": ("巩固三保障成果", "the three guarantees"),
    "governance": ("乡村治理和精神文明", "governance"),
    "management": ("项目管理费", "project management"),
    "other": ("其他", "other"),
}
BENEFITS: Mapping[str, tuple[str, str]] = {
    "land": ("土地流转", "land lease"),
    "work": ("就业务工", "work"),
    "order": ("订单收购", "purchase on order"),
    "care": ("托管代养", "entrusted raising"),
    "service": ("技术服务", "technical service"),
    "sale": ("产销对接", "sales links"),
    "lease": ("资产租赁", "lease of assets"),
    "share": ("入股分红", "shares"),
    "second": ("收益二次分配", "second distribution of income"),
}
FUNDING: Mapping[str, tuple[str, str]] = {
    "bridging": ("衔接资金", "bridging money"),
    "cooperation": ("苏陕协作资金", "cooperation money"),
}


class ProjectNotFoundError(NotFoundError):
    code = "project_not_found"
    zh = "没有找到这个项目"
    en = "There is no such project"


class ReviewsMissingError(ConflictError):
    """Raised when a project is entered without its three signed reviews and nobody says why."""

    code = "reviews_missing"
    zh = "还没有签署：{missing_zh}审查；确需入库的请写明理由"
    en = "Not signed yet: {missing_en}; give a reason to enter it all the same"


class ReviewSignedError(ConflictError):
    code = "review_signed"
    zh = "{review_zh}审查已经签署"
    en = "The review of {review_en} is signed already"


class BenefitRatioError(InvalidInputError):
    code = "benefit_ratio"
    zh = "联农带农方式至少选一种，收益比例应大于 0 且不超过 100%"
    en = "Name at least one mode of benefit, and a ratio above 0 and at most 100 %"


class ProgressError(InvalidInputError):
    code = "progress_must_rise"
    zh = "形象进度应大于上次的 {before}%，且不到 100%（竣工请办理“竣工”）"
    en = "Progress must be above the last {before} % and below 100 %"


_STATES = {
    "proposed": ("拟入库", "proposed"),
    "reserve": ("储备", "in reserve"),
    "arranged": ("已安排", "arranged"),
    "started": ("已开工", "started"),
    "in_progress": ("在建", "in progress"),
    "completed": ("已竣工", "completed"),
    "accepted": ("已验收", "accepted"),
    "dropped": ("已出库", "dropped"),
}
_LIVE = ("proposed", "reserve", "arranged", "started", "in_progress", "completed")
_STEPS = {
    "review": StepRule("签署审查", "Sign a review", {"proposed": "proposed"}),
    "enter": StepRule("入库", "Enter the library", {"proposed": "reserve"}),
    "agree_benefit": StepRule("确定联农带农方式", "Agree the benefit", {one: one for one in _LIVE}),
    "arrange": StepRule("列入年度计划", "Arrange for the year", {"reserve": "arranged"}),
    "start": StepRule("开工", "Start", {"arranged": "started"}),
    "progress": StepRule(
        "登记进度", "Record progress", {"started": "in_progress", "in_progress": "in_progress"}
    ),
    "complete": StepRule("竣工", "Complete", {"started": "completed", "in_progress": "completed"}),
    "accept": StepRule("验收", "Accept", {"completed": "accepted"}),
    "drop": StepRule("出库", "Drop", {"proposed": "dropped", "reserve": "dropped", "arranged": "dropped"}),
}


@dataclass(kw_only=True)
class Project(Process):
    """One project. *planned_fen* in fen; *reviews* maps a signed review to its paper's number ("" without).

    *benefit_ratio* is in percent. *start_due_on* is set when it is arranged,
    *accept_due_on* when it is completed.
    """

    STEPS: ClassVar[Mapping[str, StepRule]] = _STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({"accepted", "dropped"})

    project_no: str
    name: str
    year: int
    kind: str
    funding: Literal["bridging", "cooperation"]
    unit: str
    planned_fen: int
    reviews: Mapping[str, str] = field(default_factory=dict)
    without_reviews: str = ""
    benefit_modes: tuple[str, ...] = ()
    benefit_ratio: Decimal | None = None
    progress_percent: int = 0
    start_due_on: date | None = None
    accept_due_on: date | None = None

    @property
    def industry(self) -> bool:
        return self.kind == "industry"

    @classmethod
    def propose(cls, acting: Acting, **told: object) -> Self:
        """Return a project proposed for the library; refuses a plan of no money."""
        project = cls(**told, state="proposed", last_step_on=acting.on)  # type: ignore[arg-type]  # the fields above
        ensure_positive(project.planned_fen, "计划投资", "The planned money")
        return project.begun(acting)

    def review(self, kind: Review, paper_no: str, acting: Acting) -> None:
        """Sign one of the three reviews (三性); each is signed once."""
        self.ensure("review", acting)
        if kind in self.reviews:
            zh, en = REVIEWS[kind]
            raise ReviewSignedError(review_zh=zh, review_en=en)
        self.reviews = {**self.reviews, kind: paper_no.strip()}
        self._take("review", acting)

    def enter(self, acting: Acting, reason: str = "") -> None:
        """Enter the library; without the three reviews only with a *reason*, which stays on record."""
        self.ensure("enter", acting)
        missing = [words for kind, words in REVIEWS.items() if kind not in self.reviews]
        if missing and not reason.strip():
            raise ReviewsMissingError(
                missing_zh="、".join(zh for zh, _ in missing), missing_en=", ".join(en for _, en in missing)
            )
        self.without_reviews = reason.strip() if missing else ""
        signed = tuple(sorted(self.reviews))
        papers = tuple(sorted(kind for kind, paper in self.reviews.items() if paper))
        self._take("enter", acting, reviews=signed, papers=papers)

    def agree_benefit(self, modes: Sequence[str], ratio: Decimal, acting: Acting) -> None:
        """Write down how farmers share in it, and how much (联农带农, plan item 11): *ratio* in percent."""
        self.ensure("agree_benefit", acting)
        if not modes or not set(modes) <= set(BENEFITS) or not 0 < ratio <= 100:  # noqa: PLR2004  (per cent)
            raise BenefitRatioError
        self.benefit_modes, self.benefit_ratio = tuple(sorted(set(modes))), ratio
        self._take("agree_benefit", acting, modes=self.benefit_modes, ratio=ratio)

    def arrange(self, start_due_on: date, acting: Acting) -> None:
        """Put it into the year's plan; it must start by *start_due_on*."""
        self.ensure("arrange", acting)
        self.start_due_on = start_due_on
        self._take("arrange", acting, start_due_on=start_due_on)

    def start(self, acting: Acting) -> None:
        self._take("start", acting)

    def progress(self, percent: int, acting: Acting) -> None:
        """Record how far it is; progress only rises, and 100 % is what completing says."""
        self.ensure("progress", acting)
        if not self.progress_percent < percent < 100:  # noqa: PLR2004  (per cent)
            raise ProgressError(before=self.progress_percent)
        self.progress_percent = percent
        self._take("progress", acting, percent=percent)

    def complete(self, accept_due_on: date, acting: Acting) -> None:
        """Say that it is built; it must be accepted by *accept_due_on*."""
        self.ensure("complete", acting)
        self.progress_percent, self.accept_due_on = 100, accept_due_on
        self._take("complete", acting, accept_due_on=accept_due_on)

    def accept(self, acting: Acting) -> None:
        self._take("accept", acting)

    def drop(self, acting: Acting) -> None:
        """Take it out of the library or the plan before anything was begun."""
        self._take("drop", acting)
