"""Loans: the register, one loan with its conditions and interest, and every step that may be taken."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from services.finance.adapters.books import open_books
from services.finance.adapters.read_models import LoanFilter, LoanRow, find_loans, loan_by_id
from services.finance.domain.eligibility import Check
from services.finance.domain.errors import LoanNotFoundError
from services.finance.domain.interest import InterestPeriod, schedule
from services.finance.domain.loan import LIVE, REFUSAL_REASONS, Loan, LoanState, RefusalReason
from services.finance.entrypoints.web.dependencies import (
    FinanceAct,
    FinanceAsk,
    loan_area,
    part_of,
    read,
    towns,
)
from services.finance.entrypoints.web.labels import (
    LOAN_STATES,
    REFUSALS,
    area_words,
    maturity_badge,
    shown_checks,
    use_words,
)
from services.finance.service_layer.loan import (
    ApproveLoan,
    DisburseLoan,
    ExtendLoan,
    RefuseLoan,
    RepayLoan,
    approve_loan,
    disburse_loan,
    extend_loan,
    refuse_loan,
    repay_loan,
    verdict_on,
)
from shared.kernel.money import yuan_text
from shared.web.asking import Crumb, Done, TimelineEntry, View, own_area
from shared.web.forms import Choice, Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("loan", "/loans")

REFUSAL_CHOICES = tuple(Choice(each, REFUSALS[each].zh, REFUSALS[each].en) for each in REFUSAL_REASONS)
Reason = Annotated[
    str,
    Field(max_length=200),
    Label(
        "继续办理的理由",
        "Reason to go on",
        hint_zh="有未确认条件不满足时必填",
        hint_en="needed when an unconfirmed condition is not met",
    ),
]


class ApproveForm(Form):
    version: Version
    amount_fen: Annotated[
        int | None,
        Field(ge=1, le=10**10),
        Label("批准金额（元）", "Amount approved (yuan)", widget="yuan"),
    ] = None
    annual_rate_percent: Annotated[
        Decimal | None,
        Field(ge=0, lt=100, max_digits=6, decimal_places=4),
        Label("批准年利率（%）", "Yearly rate (%)"),
    ] = None
    approved_on: Annotated[
        date | None, Label("审批日期", "Approved on", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None
    override_reason: Reason = ""


class RefuseForm(Form):
    version: Version
    reason: Annotated[RefusalReason, Label("未通过原因", "Reason", choices=REFUSAL_CHOICES)]
    note: Note = ""


class DisburseForm(Form):
    version: Version
    disbursed_on: Annotated[
        date | None, Label("放款日期", "Paid out on", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None
    override_reason: Reason = ""


class RepayForm(Form):
    version: Version
    amount_fen: Annotated[
        int, Field(ge=1, le=10**10), Label("归还本金（元）", "Principal (yuan)", widget="yuan")
    ]
    repaid_on: Annotated[
        date | None, Label("还款日期", "Repaid on", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None


class ExtendForm(Form):
    version: Version
    due_on: Annotated[date, Label("展期后到期日", "New maturity")]
    override_reason: Reason = ""


def loan_columns(ask: FinanceAsk) -> tuple[Column[LoanRow], ...]:
    """Return the columns of a list of loans."""
    policy = ask.service.policy
    return (
        Column[LoanRow](
            "户编号",
            "Household no.",
            lambda row: row.household_no or "—",
            link=lambda row: f"/loans/{row.loan.id}",
        ),
        Column[LoanRow]("借款人编号", "Borrower", lambda row: row.person_no or None),
        Column[LoanRow]("所在村", "Village", lambda row: area_words(row.loan.area_code)),
        Column[LoanRow]("金额（元）", "Amount (yuan)", lambda row: row.loan.terms.amount_fen, "yuan"),
        Column[LoanRow]("余额（元）", "Owed (yuan)", lambda row: row.loan.balance_fen, "yuan"),
        Column[LoanRow]("年利率", "Rate", lambda row: row.loan.terms.annual_rate, "percent"),
        Column[LoanRow](
            "用途", "Use", lambda row: use_words(policy, row.loan.applied_on, row.loan.terms.use_code)
        ),
        Column[LoanRow]("申请", "Applied", lambda row: row.loan.applied_on),
        Column[LoanRow]("放款", "Paid out", lambda row: row.loan.disbursed_on),
        Column[LoanRow]("到期", "Matures", lambda row: row.loan.due_on),
        Column[LoanRow]("状态", "State", lambda row: loan_badge(row.loan, ask.today)),
    )


def loan_badge(loan: Loan, today: date) -> Badge:
    """Return the state of a loan; while money is owed, how near its maturity is."""
    if loan.state in LIVE and loan.due_on is not None:
        return maturity_badge(loan.due_on, today)
    return LOAN_STATES[loan.state]


@section.page("", "loan.read", "finance/loans.html", area_of=own_area)
def list_loans(
    ask: FinanceAsk,
    town: str = "",
    state: str = "",
    disbursed_from: date | None = None,
    disbursed_until: date | None = None,
) -> View:
    """List the loans of the officer's area, the first to mature first; *state* live: money is owed."""
    states = tuple(LIVE) if state == "live" else (state,) if state in set(LoanState) else ()
    wanted = LoanFilter(town, states, disbursed_from=disbursed_from, disbursed_until=disbursed_until)
    with read(ask) as connection:
        rows, total = find_loans(connection, ask.officer.area_code, wanted, part_of(ask))
    data = {
        "towns": towns(ask),
        "given": {"town": town, "state": state},
        "states": [(each.value, LOAN_STATES[each].words) for each in LoanState],
    }
    return View(Words("小额信贷台账", "Loans"), data, Listing(loan_columns(ask), rows, total, ask.paging))


@section.page("/{loan_id}", "loan.read", "finance/loan.html", area_of=loan_area)
def show_loan(ask: FinanceAsk, loan_id: str) -> View:
    """Show one loan: its terms, every condition until it is paid out, its interest, its steps."""
    checks: tuple[Check, ...] = ()
    with read(ask) as connection:
        row = loan_by_id(connection, loan_id)
        if row is None:
            raise LoanNotFoundError(loan_id=loan_id)
        loan, policy = row.loan, ask.service.policy
        if loan.state in {LoanState.APPLIED, LoanState.APPROVED}:
            day = loan.decided_on or ask.today
            checks = verdict_on(loan, loan.terms, open_books(connection), policy, day=day).checks
    data = {
        "row": row,
        "badge": loan_badge(loan, ask.today),
        "facts": _facts(ask, row),
        "checks": shown_checks(checks, policy, ask.today),
        "steps": loan.steps,
        "stages": [(each.value, LOAN_STATES[each].words) for each in _stages(loan)],
        "stage": loan.state.value,
        "periods": _periods(loan),
        "entries": _entries(loan),
    }
    number = row.household_no
    crumbs = (
        Crumb(Words("小额信贷台账", "Loans"), "/loans"),
        Crumb(Words(number, number), f"/borrowers/{loan.household_id}"),
        Crumb(Words("贷款", "Loan")),
    )
    return View(Words(f"小额信贷：{number}", f"Loan: {number}"), data, crumbs=crumbs)


def _facts(ask: FinanceAsk, row: LoanRow) -> list[tuple[Words, object]]:
    loan = row.loan
    return [
        (Words("户编号", "Household no."), row.household_no),
        (Words("借款人编号", "Borrower"), row.person_no),
        (Words("所在村", "Village"), area_words(loan.area_code)),
        (Words("金额（元）", "Amount (yuan)"), yuan_text(loan.terms.amount_fen)),
        (Words("余额（元）", "Owed (yuan)"), yuan_text(loan.balance_fen)),
        (Words("期限（月）", "Term (months)"), loan.terms.term_months),
        (Words("年利率", "Yearly rate"), f"{loan.terms.annual_rate * 100:.2f}%"),
        (Words("用途", "Use"), use_words(ask.service.policy, loan.applied_on, loan.terms.use_code)),
        (Words("用途说明", "What for"), loan.use_note or None),
        (Words("经办银行", "Bank branch"), loan.bank_branch or None),
        (Words("申请日符合条件", "Eligible when applied for"), loan.eligible),
        (Words("继续办理的理由", "Reason to go on"), loan.override_reason or None),
        (Words("放款日期", "Paid out on"), loan.disbursed_on),
        (Words("到期日", "Matures on"), loan.due_on),
        (Words("展期次数", "Extensions"), loan.extensions or None),
        (Words("未通过原因", "Reason of refusal"), REFUSALS.get(loan.refusal_reason or "")),
        (Words("说明", "Note"), loan.refusal_note or None),
    ]


def _stages(loan: Loan) -> tuple[LoanState, ...]:
    """Return the states on the loan's way."""
    if loan.state is LoanState.REFUSED:
        return (LoanState.APPLIED, LoanState.REFUSED)
    late = (LoanState.OVERDUE,) if loan.overdue_on else ()
    return (LoanState.APPLIED, LoanState.APPROVED, LoanState.DISBURSED, *late, LoanState.SETTLED)


def _periods(loan: Loan) -> tuple[InterestPeriod, ...]:
    """Return the interest of the loan as if nothing were repaid before maturity."""
    if loan.disbursed_on is None or loan.due_on is None:
        return ()
    return schedule(loan.terms.amount_fen, loan.terms.annual_rate, loan.disbursed_on, loan.due_on)


def _entries(loan: Loan) -> list[TimelineEntry]:
    """Return what happened to the loan, the latest first."""
    amount = yuan_text(loan.terms.amount_fen)
    dated: list[tuple[date | None, Words]] = [
        (loan.applied_on, Words(f"申请 {amount} 元", f"Applied for {amount} yuan")),
        (
            loan.decided_on,
            LOAN_STATES[LoanState.REFUSED if loan.state is LoanState.REFUSED else LoanState.APPROVED].words,
        ),
        (loan.disbursed_on, Words(f"放款 {amount} 元", f"Paid out {amount} yuan")),
        (loan.overdue_on, Words("逾期：到期未还清", "Overdue: not repaid at maturity")),
        *(
            (
                each.on,
                Words(
                    f"归还本金 {yuan_text(each.amount_fen)} 元", f"Repaid {yuan_text(each.amount_fen)} yuan"
                ),
            )
            for each in loan.repayments
        ),
        (loan.settled_on, Words("结清", "Settled")),
    ]
    entries = [TimelineEntry(day, words) for day, words in dated if day is not None]
    return sorted(entries, key=lambda entry: str(entry.at), reverse=True)


def _fraction(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100


@section.action(
    "/{loan_id}/approve",
    "loan.approve",
    Words("审批通过", "Approve"),
    ApproveForm,
    permission="loan.decide",
    area_of=loan_area,
)
def approve(act: FinanceAct, form: ApproveForm, loan_id: str) -> Done:
    command = ApproveLoan(
        loan_id=loan_id,
        approved_on=form.approved_on or act.today,
        amount_fen=form.amount_fen,
        annual_rate=_fraction(form.annual_rate_percent),
        override_reason=form.override_reason,
        version=form.version,
    )
    approve_loan(command, act.uow(), act.service.policy)
    return Done(f"/loans/{loan_id}", "已审批通过", "Approved", {"id": loan_id})


@section.action(
    "/{loan_id}/refuse",
    "loan.refuse",
    Words("不予贷款", "Refuse"),
    RefuseForm,
    permission="loan.decide",
    area_of=loan_area,
    danger=True,
)
def refuse(act: FinanceAct, form: RefuseForm, loan_id: str) -> Done:
    refuse_loan(RefuseLoan(loan_id, form.reason, form.note, form.version), act.uow())
    return Done(f"/loans/{loan_id}", "已登记未通过", "The refusal is recorded", {"id": loan_id})


@section.action(
    "/{loan_id}/disburse",
    "loan.disburse",
    Words("登记放款", "Record the payment"),
    DisburseForm,
    permission="loan.decide",
    area_of=loan_area,
)
def disburse(act: FinanceAct, form: DisburseForm, loan_id: str) -> Done:
    command = DisburseLoan(loan_id, form.disbursed_on or act.today, form.override_reason, form.version)
    disburse_loan(command, act.uow(), act.service.policy)
    return Done(f"/loans/{loan_id}", "放款已登记", "The payment is recorded", {"id": loan_id})


@section.action(
    "/{loan_id}/repay",
    "loan.repay",
    Words("登记还款", "Record a repayment"),
    RepayForm,
    permission="loan.decide",
    area_of=loan_area,
)
def repay(act: FinanceAct, form: RepayForm, loan_id: str) -> Done:
    command = RepayLoan(loan_id, form.repaid_on or act.today, form.amount_fen, form.version)
    repay_loan(command, act.uow())
    return Done(f"/loans/{loan_id}", "还款已登记", "The repayment is recorded", {"id": loan_id})


@section.action(
    "/{loan_id}/extend",
    "loan.extend",
    Words("展期", "Extend"),
    ExtendForm,
    permission="loan.decide",
    area_of=loan_area,
)
def extend(act: FinanceAct, form: ExtendForm, loan_id: str) -> Done:
    command = ExtendLoan(loan_id, form.due_on, form.override_reason, form.version)
    extend_loan(command, act.uow(), act.service.policy)
    return Done(f"/loans/{loan_id}", "展期已登记", "The extension is recorded", {"id": loan_id})
