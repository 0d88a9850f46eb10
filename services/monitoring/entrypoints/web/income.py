"""Income: the ledger's form, and the ledger with its whole arithmetic."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, create_model

from services.monitoring.adapters.income import latest_ledgers
from services.monitoring.adapters.read_models import head_of
from services.monitoring.domain.income import COST, OPERATING, PROPERTY, TRANSFER, WAGE, IncomeLedger
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.labels import words_of
from services.monitoring.entrypoints.web.people import called
from services.monitoring.service_layer.income import RecordIncome, record_income
from shared.contracts.codes import codes
from shared.kernel.money import Fen
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label, Note
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("income")
_MOST = 10**12


@dataclass(frozen=True, slots=True)
class Line:
    """One amount of a sum, with its code."""

    code: str
    words: Words
    amount_fen: Fen


@dataclass(frozen=True, slots=True)
class Part:
    """One sum of the ledger and what it is made of; *sign* is - for what is deducted."""

    letter: str
    words: Words
    sum_fen: Fen
    lines: tuple[Line, ...]
    sign: str = "+"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A ledger as a page shows it: how every figure follows from the ones before."""

    ledger_id: str
    first: str
    last: str
    persons: int
    parts: tuple[Part, ...]
    gross_fen: Fen
    net_fen: Fen
    net_per_head_fen: Fen
    claim_fen: Fen
    self_paid_fen: Fen
    reference_fen: Fen
    reference_per_head_fen: Fen
    line_fen: Fen
    line_confirmed: bool
    line_source: str
    within_range: bool
    reference_within_range: bool


def arithmetic(ledger: IncomeLedger) -> Arithmetic:
    """Return *ledger* step by step (domain 2.2)."""
    income = ledger.income

    def part(letter: str, zh: str, en: str, items: tuple[str, ...], sign: str = "+") -> Part:
        given = [(item, income.items[item]) for item in items if income.items.get(item)]
        lines = tuple(Line(item, words_of("income_item", item), amount) for item, amount in given)
        return Part(letter, Words(zh, en), sum(amount for _, amount in given), lines, sign)

    return Arithmetic(
        ledger_id=ledger.id,
        first=ledger.period.first.isoformat(),
        last=ledger.period.last.isoformat(),
        persons=income.persons,
        parts=(
            part("A", "工资性收入", "Wages", WAGE),
            part("B", "生产经营性收入", "Own business", OPERATING),
            part("C", "财产性收入", "Property", PROPERTY),
            part("D", "转移性收入", "Transfers", TRANSFER),
            part("E", "生产经营性支出", "Cost of production", COST, "−"),
        ),
        gross_fen=income.gross,
        net_fen=income.net,
        net_per_head_fen=income.net_per_head,
        claim_fen=income.claim,
        self_paid_fen=income.self_paid,
        reference_fen=income.reference,
        reference_per_head_fen=income.reference_per_head,
        line_fen=ledger.line.value,
        line_confirmed=ledger.line.confirmed,
        line_source=ledger.line.source,
        within_range=ledger.within_range,
        reference_within_range=ledger.reference_within_range,
    )


def _item(zh: str, en: str) -> Any:  # noqa: ANN401  (an annotation)
    return Annotated[int, Field(ge=0, le=_MOST), Label(zh, en, widget="yuan")]


class _Frame(Form):
    on: OnDay = None
    claim_fen: Annotated[
        int, Field(ge=0, le=_MOST), Label("理赔收入（元）", "Insurance paid out (yuan)", widget="yuan")
    ] = 0
    self_paid_fen: Annotated[
        int,
        Field(ge=0, le=_MOST),
        Label(
            "合规自付支出（元）",
            "Compliant self-paid spending (yuan)",
            hint_zh="报销后的医疗、扣除资助后的非义务教育、灾后重建、意外损失",
            hint_en="medical after reimbursement, schooling after aid, rebuilding, accident loss",
            widget="yuan",
        ),
    ] = 0
    note: Note = ""


IncomeForm: type[Form] = create_model(
    "IncomeForm",
    __base__=_Frame,
    **{  # type: ignore[call-overload]  # one field per item of the list
        code.value: (_item(f"{code.value} {code.zh}（元）", f"{code.value} {code.en} (yuan)"), 0)
        for code in codes()["income_item"]
    },
)
"""One amount per item of the national ledger; what is left empty counts as nothing."""


@section.page(
    "/households/{household_id}/income", "income.read", "monitoring/income.html", area_of=household_area
)
def show_income(ask: MonitoringAsk, household_id: str) -> View:
    """Show the ledgers of a household with their arithmetic, and the form for a new one."""
    with read(ask) as connection:
        number, name = head_of(connection, household_id)
        ledgers = latest_ledgers(connection, household_id, limit=6)
    here = called(ask.officer, number, name)
    words = Words("收入台账", "Income ledger")
    crumbs = (
        Crumb(Words("农户", "Households"), "/households"),
        Crumb(here, f"/households/{household_id}"),
        Crumb(words),
    )
    data = {
        "household_id": household_id,
        "household": here,
        "ledgers": [arithmetic(ledger) for ledger in ledgers],
    }
    return View(words, data, crumbs=crumbs)


@section.action(
    "/households/{household_id}/income",
    "income.record",
    Words("登记收入台账", "Record income"),
    IncomeForm,
    area_of=household_area,
)
def record(act: MonitoringAct, form: Form, household_id: str) -> Done:
    given = form.model_dump()
    ledger_id = record_income(
        RecordIncome(
            household_id=household_id,
            items={code.value: given[code.value] for code in codes()["income_item"] if given[code.value]},
            on=given["on"] or act.today,
            claim_fen=given["claim_fen"],
            self_paid_fen=given["self_paid_fen"],
            by=act.officer.account_id,
            note=given["note"],
        ),
        act.uow(),
        act.service.line,
    )
    return Done(
        f"/households/{household_id}/income",
        "收入台账已登记",
        "The ledger is recorded",
        {"id": ledger_id},
        created=True,
    )
