"""Mutual-aid associations' loans, solar stations' income, firms' pilot projects (plan items 13, 23)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Self

from services.finance.domain.process import Acting, Process, StepRule, ensure_positive
from shared.kernel.errors import ConflictError, NotFoundError

REFUSALS: Mapping[str, tuple[str, str]] = {
    "fund_short": ("互助金不足", "the fund is short"),
    "guarantee": ("联保小组成员有逾期", "a member of the group is overdue"),
    "use": ("用途不符合规定", "the use is not permitted"),
    "other": ("其他", "other"),
}
CLASSES: Mapping[str, tuple[str, str]] = {
    "welfare": ("公益类", "for public welfare"),
    "business": ("经营类", "for business"),
}


class AssociationLoanNotFoundError(NotFoundError):
    code = "association_loan_not_found"
    zh = "没有找到这笔互助资金借款"
    en = "There is no such loan of an association"


class StationIncomeNotFoundError(NotFoundError):
    code = "station_income_not_found"
    zh = "没有找到这笔光伏收益"
    en = "There is no such income of a station"


class FirmProjectNotFoundError(NotFoundError):
    code = "firm_project_not_found"
    zh = "没有找到这个实验项目"
    en = "There is no such pilot project"


class DistributedBeyondIncomeError(ConflictError):
    code = "distributed_beyond_income"
    zh = "分配合计不能超过收益 {income_yuan} 元"
    en = "No more than the income of {income_yuan} yuan can be distributed"


_LOAN_STATES = {
    "applied": ("待审批", "applied for"),
    "granted": ("已放款", "granted"),
    "refused": ("未通过", "refused"),
    "withdrawn": ("会员撤回", "withdrawn"),
    "repaid": ("已还清", "repaid"),
}
_LOAN_STEPS = {
    "grant": StepRule("放款", "Grant", {"applied": "granted"}),
    "refuse": StepRule("不予借款", "Refuse", {"applied": "refused"}),
    "withdraw": StepRule("会员撤回", "Withdraw", {"applied": "withdrawn"}),
    "repay": StepRule("还清", "Repay", {"granted": "repaid"}),
}


@dataclass(kw_only=True)
class AssociationLoan(Process):
    """A member's application to the village's association (互助资金协会), to be answered by *due_on*.

    *valid*: a member, for production, within the ceiling — as the association found it.
    """

    STEPS: ClassVar[Mapping[str, StepRule]] = _LOAN_STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _LOAN_STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({"refused", "withdrawn", "repaid"})

    association: str
    member_no: str
    amount_fen: int
    valid: bool
    due_on: date
    reason: str = ""

    @classmethod
    def apply(cls, acting: Acting, **told: object) -> Self:
        loan = cls(**told, state="applied", last_step_on=acting.on)  # type: ignore[arg-type]  # the fields above
        ensure_positive(loan.amount_fen, "借款金额", "The amount")
        return loan.begun(acting)

    def grant(self, acting: Acting) -> None:
        self._take("grant", acting)

    def refuse(self, reason: str, acting: Acting) -> None:
        """Refuse it for a *reason* of ``REFUSALS``."""
        self.ensure("refuse", acting)
        self.reason = reason
        self._take("refuse", acting, reason=reason)

    def withdraw(self, acting: Acting) -> None:
        """The member takes it back: nobody owed an answer any more."""
        self._take("withdraw", acting, reason="withdrawn")

    def repay(self, acting: Acting) -> None:
        self._take("repay", acting)


_INCOME_STATES = {
    "recorded": ("待分配", "to be distributed"),
    "distributed": ("已分配", "distributed"),
}
_INCOME_STEPS = {"distribute": StepRule("分配并公告", "Distribute and announce", {"recorded": "distributed"})}


@dataclass(frozen=True, slots=True)
class Distribution:
    """How an income was spent, in fen; *decided* by the village's four steps, *announced* on its board."""

    wages_fen: int
    works_fen: int
    awards_fen: int
    decided: bool
    announced: bool

    @property
    def total_fen(self) -> int:
        return self.wages_fen + self.works_fen + self.awards_fen


@dataclass(kw_only=True)
class StationIncome(Process):
    """What a village's solar station earned in *period* (a year), to be distributed by *due_on*; in fen.

    *by_rule* says whether wages and labour pay reached the policy's share, the
    village decided and it was announced. That share is unconfirmed: nothing is refused for it.
    """

    STEPS: ClassVar[Mapping[str, StepRule]] = _INCOME_STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _INCOME_STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({"distributed"})

    station_no: str
    period: str
    income_fen: int
    due_on: date
    wages_fen: int = 0
    works_fen: int = 0
    awards_fen: int = 0
    by_rule: bool = False
    announced: bool = False

    @classmethod
    def record(cls, acting: Acting, **told: object) -> Self:
        income = cls(**told, state="recorded", last_step_on=acting.on)  # type: ignore[arg-type]  # the fields above
        ensure_positive(income.income_fen, "可分配收益", "The income")
        return income.begun(acting)

    def distribute(self, spent: Distribution, wage_share: Decimal, acting: Acting) -> None:
        """Record the distribution; *wage_share* is the least share (0 to 1) for wages and labour in works."""
        self.ensure("distribute", acting)
        ensure_positive(spent.total_fen, "分配金额", "The amount distributed")
        if spent.total_fen > self.income_fen:
            raise DistributedBeyondIncomeError(income_yuan=f"{self.income_fen / 100:.2f}")
        enough = spent.wages_fen + spent.works_fen >= wage_share * spent.total_fen
        self.wages_fen, self.works_fen, self.awards_fen = spent.wages_fen, spent.works_fen, spent.awards_fen
        self.by_rule, self.announced = enough and spent.decided, spent.announced
        self._take("distribute", acting, by_rule=self.by_rule, announced=spent.announced)


_FIRM_STATES = {
    "applied": ("待认定", "applied for"),
    "listed": ("已认定入清单", "on the list"),
    "rejected": ("未认定", "not recognised"),
    "landed": ("已落地", "begun"),
}
_FIRM_STEPS = {
    "recognise": StepRule("认定", "Recognise", {"applied": "listed"}),
    "reject": StepRule("不予认定", "Reject", {"applied": "rejected"}),
    "land": StepRule("项目落地", "Begin", {"listed": "landed"}),
}


@dataclass(kw_only=True)
class FirmProject(Process):
    """A firm's pilot project (万企兴万村实验项目), to be decided on by *due_on* (30 June, plan item 23)."""

    STEPS: ClassVar[Mapping[str, StepRule]] = _FIRM_STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _FIRM_STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({"rejected", "landed"})

    firm: str
    name: str
    kind: str
    amount_fen: int
    due_on: date

    @classmethod
    def apply(cls, acting: Acting, **told: object) -> Self:
        project = cls(**told, state="applied", last_step_on=acting.on)  # type: ignore[arg-type]  # the fields above
        ensure_positive(project.amount_fen, "投资或捐赠额", "The amount")
        return project.begun(acting)

    def recognise(self, acting: Acting) -> None:
        self._take("recognise", acting, recognised=True)

    def reject(self, acting: Acting) -> None:
        self._take("reject", acting, recognised=False)

    def land(self, acting: Acting) -> None:
        self._take("land", acting)
