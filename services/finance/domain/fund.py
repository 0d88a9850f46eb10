"""One line of bridging or cooperation money: arranged, issued, paid (plan items 17, 22)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, Self

from services.finance.domain.process import Acting, Process, StepRule, ensure_positive
from shared.kernel.errors import ConflictError, NotFoundError

Source = Literal["central", "province", "city", "county", "cooperation"]
SOURCES: Mapping[str, tuple[str, str]] = {
    "central": ("中央", "central"),
    "province": ("省级", "province"),
    "city": ("市级", "city"),
    "county": ("县级配套", "county matching"),
    "cooperation": ("苏陕协作", "Su-Shaan cooperation"),
}


class FundLineNotFoundError(NotFoundError):
    code = "fund_line_not_found"
    zh = "没有找到这笔资金安排"
    en = "There is no such line of money"


class IssuedBeyondArrangedError(ConflictError):
    code = "issued_beyond_arranged"
    zh = "累计下达不能超过安排的 {arranged_yuan} 元，还可下达 {left_yuan} 元"
    en = "No more may be issued than the {arranged_yuan} yuan arranged; {left_yuan} yuan are left"


class PaidBeyondIssuedError(ConflictError):
    code = "paid_beyond_issued"
    zh = "累计支付不能超过下达的 {issued_yuan} 元，还可支付 {left_yuan} 元"
    en = "No more may be paid than the {issued_yuan} yuan issued; {left_yuan} yuan are left"


_STATES = {
    "arranged": ("已安排", "arranged"),
    "issued": ("已下达", "issued"),
    "paying": ("支付中", "being paid"),
    "paid": ("已付清", "paid in full"),
    "withdrawn": ("已撤销", "withdrawn"),
}
_STEPS = {
    "issue": StepRule("下达", "Issue", {"arranged": "issued", "issued": "issued", "paying": "paying"}),
    "pay": StepRule("支付", "Pay", {"issued": "paying", "paying": "paying"}),
    "withdraw": StepRule("撤销安排", "Withdraw", {"arranged": "withdrawn"}),
}


@dataclass(kw_only=True)
class FundLine(Process):
    """Money of one *source* for one use, in fen: paid ≤ issued ≤ arranged, always.

    *unit* answers for it; *due_on* is by when it must be issued (county matching:
    30 April, plan item 17). *area_code* is where it is spent; a line of the whole
    county has the county's.
    """

    STEPS: ClassVar[Mapping[str, StepRule]] = _STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({"paid", "withdrawn"})

    line_no: str
    year: int
    source: Source
    industry: bool
    unit: str
    project_id: str = ""
    arranged_fen: int
    issued_fen: int = 0
    paid_fen: int = 0
    due_on: date

    @classmethod
    def arrange(cls, acting: Acting, **told: object) -> Self:
        """Return a new line of the fields *told*; refuses an amount of nothing."""
        line = cls(**told, state="arranged", last_step_on=acting.on)  # type: ignore[arg-type]  # the fields above
        ensure_positive(line.arranged_fen, "安排金额", "The amount arranged")
        return line.begun(acting)

    def issue(self, amount_fen: int, acting: Acting) -> None:
        """Issue a part; all parts together are at most what was arranged."""
        self.ensure("issue", acting)
        ensure_positive(amount_fen, "下达金额", "The amount issued")
        left = self.arranged_fen - self.issued_fen
        if amount_fen > left:
            raise IssuedBeyondArrangedError(arranged_yuan=_yuan(self.arranged_fen), left_yuan=_yuan(left))
        self.issued_fen += amount_fen
        self._take("issue", acting, amount_fen=amount_fen, issued_fen=self.issued_fen)

    def pay(self, amount_fen: int, acting: Acting) -> None:
        """Pay a part; all parts together are at most what was issued. Paid wholly, the line is closed."""
        self.ensure("pay", acting)
        ensure_positive(amount_fen, "支付金额", "The amount paid")
        left = self.issued_fen - self.paid_fen
        if amount_fen > left:
            raise PaidBeyondIssuedError(issued_yuan=_yuan(self.issued_fen), left_yuan=_yuan(left))
        self.paid_fen += amount_fen
        self._take("pay", acting, amount_fen=amount_fen, paid_fen=self.paid_fen)
        if self.paid_fen == self.arranged_fen:
            self.state = "paid"

    def withdraw(self, acting: Acting) -> None:
        """Take a line back of which nothing was issued: a slip, or money that did not come."""
        self._take("withdraw", acting)


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"
