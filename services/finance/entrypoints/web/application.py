"""Applying for a loan: every condition is shown first, then the application is recorded."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import Field, ValidationError

from services.finance.adapters.books import open_books
from services.finance.adapters.read_models import borrower_by_id, loans_of_household
from services.finance.domain.eligibility import Verdict
from services.finance.domain.errors import HouseholdNotFoundError
from services.finance.domain.loan import LIVE, LoanState
from services.finance.entrypoints.web.dependencies import FinanceAct, FinanceAsk, household_area, read
from services.finance.entrypoints.web.labels import LOAN_STATES, shown_checks, words_of
from services.finance.service_layer.loan import ApplyForLoan, apply_for_loan, check_loan
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("application", "/borrowers/{household_id}")


def _household_of(ask: FinanceAsk) -> str:
    return str(ask.request.path_params.get("household_id", ""))


def _members(ask: FinanceAsk) -> Iterable[Choice]:
    with read(ask) as connection:
        borrower = borrower_by_id(connection, _household_of(ask))
    for member in borrower.members if borrower else ():
        if borrower is not None and not member.left:
            relation, age = (
                words_of("relation", member.relation),
                borrower.age_of(member.person_id, ask.today),
            )
            yield Choice(
                member.person_id,
                f"{member.person_no} {relation.zh}，{age} 岁",
                f"{member.person_no} {relation.en}, {age}",
            )


def _uses(ask: FinanceAsk) -> Iterable[Choice]:
    """Return every use, the forbidden ones too: an application for one is recorded, then refused."""
    policy = ask.service.policy
    for code, words in policy.uses.on(ask.today).items():
        yield Choice(code, words["zh"], words["en"])
    for code, words in policy.forbidden_uses.on(ask.today).items():
        yield Choice(code, f"（禁止）{words['zh']}", f"(forbidden) {words['en']}")


def _parents(ask: FinanceAsk) -> Iterable[Choice]:
    with read(ask) as connection:
        rows = loans_of_household(connection, _household_of(ask))
    for row in rows:
        if row.loan.state in LIVE | {LoanState.SETTLED}:
            state, since = LOAN_STATES[row.loan.state].words, row.loan.disbursed_on
            yield Choice(row.loan.id, f"{since} 放款，{state.zh}", f"paid out {since}, {state.en}")


class LoanForm(Form):
    borrower_id: Annotated[str, Label("借款人", "Borrower", choices=_members)]
    amount_fen: Annotated[
        int, Field(ge=1, le=10**10), Label("申请金额（元）", "Amount (yuan)", widget="yuan")
    ]
    term_months: Annotated[int, Field(ge=1, le=120), Label("期限（月）", "Term (months)")]
    annual_rate_percent: Annotated[
        Decimal,
        Field(ge=0, lt=100, max_digits=6, decimal_places=4),
        Label("年利率（%）", "Yearly rate (%)", hint_zh="如 3.7", hint_en="such as 3.7"),
    ]
    use_code: Annotated[str, Field(max_length=32), Label("贷款用途", "Use", choices=_uses)]
    use_note: Annotated[str, Field(max_length=100), Label("用途说明", "What for")] = ""
    rated: Annotated[bool, Label("已通过银行评级授信", "Rated by the bank")] = False
    top_up: Annotated[bool, Label("追加贷款", "Top-up")] = False
    bank_branch: Annotated[str, Field(max_length=60), Label("经办银行", "Bank branch")] = ""
    parent_loan_id: Annotated[
        str | None,
        Label("续贷的原贷款", "Renews", choices=_parents, hint_zh="续贷时选", hint_en="for a renewal only"),
    ] = None
    applied_on: Annotated[
        date | None, Label("申请日期", "Applied on", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None


def command_of(form: LoanForm, household_id: str, today: date) -> ApplyForLoan:
    """Return the command a form stands for."""
    return ApplyForLoan(
        household_id=household_id,
        borrower_id=form.borrower_id,
        applied_on=form.applied_on or today,
        amount_fen=form.amount_fen,
        term_months=form.term_months,
        annual_rate=form.annual_rate_percent / 100,
        use_code=form.use_code,
        rated=form.rated,
        top_up=form.top_up,
        use_note=form.use_note,
        bank_branch=form.bank_branch,
        parent_loan_id=form.parent_loan_id,
    )


@section.page("/application", "loan.apply", "finance/application.html", area_of=household_area)
def show_application(ask: FinanceAsk, household_id: str) -> View:
    """Show the form of an application, and when it is filled in every condition of the policy."""
    with read(ask) as connection:
        borrower = borrower_by_id(connection, household_id)
        if borrower is None:
            raise HouseholdNotFoundError(household_id=household_id)
        form = _given(ask)
        verdict: Verdict | None = None
        if form is not None:
            command = command_of(form, household_id, ask.today)
            verdict = check_loan(command, open_books(connection), ask.service.policy)
    number = borrower.household_no
    data = {
        "household_id": household_id,
        "checks": shown_checks(verdict.checks, ask.service.policy, ask.today) if verdict else (),
        "eligible": verdict.eligible if verdict else None,
        "doubtful": bool(verdict.doubts) if verdict else None,
        "filled": form.model_dump(exclude_none=True) if form else {},
    }
    crumbs = (
        Crumb(Words("农户信贷", "Borrowers"), "/borrowers"),
        Crumb(Words(number, number), f"/borrowers/{household_id}"),
        Crumb(Words("贷款申请", "Application")),
    )
    return View(Words(f"贷款申请：{number}", f"Loan application: {number}"), data, crumbs=crumbs)


def _given(ask: FinanceAsk) -> LoanForm | None:
    """Return what the address holds, as ``loan.check`` wrote it; None for an empty form."""
    query: dict[str, Any] = {
        name: value for name, value in ask.request.query_params.items() if name in LoanForm.model_fields
    }
    try:
        return LoanForm.model_validate(query) if query else None
    except ValidationError:
        return None


@section.action(
    "/checks",
    "loan.check",
    Words("核对贷款条件", "Check the conditions"),
    LoanForm,
    permission="loan.apply",
    area_of=household_area,
)
def check(act: FinanceAct, form: LoanForm, household_id: str) -> Done:
    """Show every condition; nothing is recorded."""
    with read(act) as connection:
        command = command_of(form, household_id, act.today)
        verdict = check_loan(command, open_books(connection), act.service.policy)
    filled = urlencode(form.model_dump(mode="json", exclude_none=True, exclude_defaults=True))
    return Done(
        f"/borrowers/{household_id}/application?{filled}",
        "已核对，尚未提交申请",
        "Checked; nothing is recorded yet",
        {"eligible": verdict.eligible, "checks": verdict.checks},
    )


@section.action(
    "/loans", "loan.apply", Words("提交贷款申请", "Record the application"), LoanForm, area_of=household_area
)
def apply(act: FinanceAct, form: LoanForm, household_id: str) -> Done:
    command = command_of(form, household_id, act.today)
    loan_id = apply_for_loan(command, act.uow(), act.service.policy)
    return Done(
        f"/loans/{loan_id}", "申请已登记", "The application is recorded", {"id": loan_id}, created=True
    )
