"""Requested measures: what is asked for, and the department's answer."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from services.finance.adapters.read_models import loans_of_household
from services.finance.adapters.read_models_measure import (
    MeasureRow,
    find_measures,
    measure_by_id,
)
from services.finance.domain.errors import MeasureNotFoundError
from services.finance.domain.measure import (
    CREDIT_CATEGORY,
    DECLINE_REASONS,
    MICRO_CREDIT,
    DeclineReason,
    MeasureState,
)
from services.finance.entrypoints.web.dependencies import (
    FinanceAct,
    FinanceAsk,
    measure_area,
    part_of,
    read,
    towns,
)
from services.finance.entrypoints.web.labels import (
    DECLINES,
    STATES,
    area_words,
    due_badge,
    measure_words,
    words_of,
)
from services.finance.entrypoints.web.loan import loan_columns
from services.finance.service_layer.measure import (
    AcceptMeasure,
    DeclineMeasure,
    DeliverMeasure,
    accept_measure,
    decline_measure,
    deliver_measure,
)
from shared.kernel.money import yuan_text
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.forms import Choice, Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("measure", "/measures")

OPEN_STATES = ("requested", "accepted")
DECLINE_CHOICES = tuple(Choice(each, DECLINES[each].zh, DECLINES[each].en) for each in DECLINE_REASONS)


def _loans(ask: FinanceAsk) -> Iterable[Choice]:
    """Return the loans paid out to the household, which can be named as delivery."""
    measure_id = str(ask.request.path_params.get("measure_id", ""))
    with read(ask) as connection:
        row = measure_by_id(connection, measure_id)
        loans = loans_of_household(connection, row.measure.request.household_id) if row else []
    for each in loans:
        if each.loan.disbursed_on is not None:
            amount, since = yuan_text(each.loan.terms.amount_fen), each.loan.disbursed_on.isoformat()
            yield Choice(
                each.loan.id,
                f"{each.person_no} 小额信贷 {amount} 元，{since} 放款",
                f"{each.person_no} loan of {amount} yuan, paid out {since}",
            )


class AcceptForm(Form):
    version: Version


class DeliverForm(Form):
    version: Version
    loan_id: Annotated[
        str,
        Field(max_length=64),
        Label(
            "落实贷款", "Loan", choices=_loans, hint_zh="该户已放款的贷款", hint_en="a loan paid out to them"
        ),
    ]
    delivered_on: Annotated[
        date | None, Label("落实日期", "Delivered on", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None


class DeliverOtherForm(Form):
    version: Version
    reference: Annotated[
        str,
        Field(min_length=2, max_length=60),
        Label("编号", "Reference", hint_zh="文件或合同编号", hint_en="number of the paper or contract"),
    ]
    delivered_on: Annotated[
        date | None, Label("落实日期", "Delivered on", hint_zh="不填即为今天", hint_en="today when empty")
    ] = None


class DeclineForm(Form):
    version: Version
    reason: Annotated[DeclineReason, Label("退回原因", "Reason", choices=DECLINE_CHOICES)]
    note: Annotated[
        Note, Label("说明", "Note", lines=3, hint_zh="不要填写姓名", hint_en="no names, please")
    ] = ""


def measure_columns(ask: FinanceAsk) -> tuple[Column[MeasureRow], ...]:
    """Return the columns of a list of measures, with how near each day is."""
    soon = ask.service.policy.due_soon_days.on(ask.today)

    def badge(row: MeasureRow) -> Badge:
        return due_badge(row.measure.state, row.measure.request.due_on, today=ask.today, soon_days=soon)

    return (
        Column[MeasureRow](
            "措施",
            "Measure",
            lambda row: measure_words(row.measure.request.category, row.measure.request.code),
            link=lambda row: f"/measures/{row.measure.id}",
        ),
        Column[MeasureRow]("风险", "Risk", lambda row: words_of("risk", row.measure.request.risk)),
        Column[MeasureRow]("户编号", "Household no.", lambda row: row.household_no or None),
        Column[MeasureRow]("所在村", "Village", lambda row: area_words(row.measure.request.area_code)),
        Column[MeasureRow]("提出日期", "Requested", lambda row: row.measure.request.requested_on),
        Column[MeasureRow]("办理期限", "Due", lambda row: row.measure.request.due_on),
        Column[MeasureRow]("状态", "State", badge),
    )


@section.page("", "measure.read", "finance/measures.html", area_of=own_area)
def list_measures(ask: FinanceAsk, town: str = "", state: str = "open") -> View:
    """List the measures asked of this department, the first due first."""
    states = OPEN_STATES if state == "open" else (state,) if state in set(MeasureState) else ()
    with read(ask) as connection:
        rows, total = find_measures(connection, ask.officer.area_code, town, states, part_of(ask))
    data = {
        "towns": towns(ask),
        "given": {"town": town, "state": state},
        "states": [(each.value, STATES[each].words) for each in MeasureState],
    }
    return View(
        Words("帮扶需求", "Requested measures"), data, Listing(measure_columns(ask), rows, total, ask.paging)
    )


@section.page("/{measure_id}", "measure.read", "finance/measure.html", area_of=measure_area)
def show_measure(ask: FinanceAsk, measure_id: str) -> View:
    """Show one requested measure, who it is for, and the answers that may be given now."""
    with read(ask) as connection:
        row = measure_by_id(connection, measure_id)
        if row is None:
            raise MeasureNotFoundError(measure_id=measure_id)
        loans = loans_of_household(connection, row.measure.request.household_id)
    measure, request = row.measure, row.measure.request
    soon = ask.service.policy.due_soon_days.on(ask.today)
    title = measure_words(request.category, request.code)
    data = {
        "row": row,
        "badge": due_badge(measure.state, request.due_on, today=ask.today, soon_days=soon),
        "facts": [
            (Words("风险", "Risk"), words_of("risk", request.risk)),
            (Words("户编号", "Household no."), row.household_no or None),
            (Words("所在村", "Village"), area_words(request.area_code)),
            (Words("责任单位", "Department"), request.department),
            (Words("提出日期", "Requested on"), request.requested_on),
            (Words("办理期限", "Due on"), request.due_on),
            (Words("答复日期", "Answered on"), measure.answered_on),
            (Words("落实日期", "Delivered on"), measure.delivered_on),
            (Words("退回原因", "Reason"), DECLINES.get(measure.reason)),
            (Words("说明", "Note"), measure.note or None),
        ],
        "delivered_at": f"/loans/{measure.delivered_by}" if measure.delivery_kind == "loan" else "",
        "delivered_by": measure.delivered_by,
        "steps": measure.steps,
        "by_loan": (request.category, request.code) == (CREDIT_CATEGORY, MICRO_CREDIT),
        "loans": Listing(loan_columns(ask), loans, len(loans), ask.paging),
        "event_id": request.event_id,
    }
    crumbs = (Crumb(Words("帮扶需求", "Requested measures"), "/measures"), Crumb(title))
    return View(title, data, crumbs=crumbs)


@section.action(
    "/{measure_id}/accept",
    "measure.accept",
    Words("受理", "Accept"),
    AcceptForm,
    permission="measure.answer",
    area_of=measure_area,
)
def accept(act: FinanceAct, form: AcceptForm, measure_id: str) -> Done:
    accept_measure(AcceptMeasure(measure_id, form.version), act.uow())
    return Done(f"/measures/{measure_id}", "已受理", "Accepted", {"id": measure_id})


@section.action(
    "/{measure_id}/deliver",
    "measure.deliver",
    Words("登记落实", "Record the delivery"),
    DeliverForm,
    permission="measure.answer",
    area_of=measure_area,
)
def deliver(act: FinanceAct, form: DeliverForm, measure_id: str) -> Done:
    delivered_on = form.delivered_on or act.today
    command = DeliverMeasure(measure_id, "loan", form.loan_id, delivered_on, version=form.version)
    deliver_measure(command, act.uow())
    return Done(f"/measures/{measure_id}", "已登记落实", "The delivery is recorded", {"id": measure_id})


@section.action(
    "/{measure_id}/deliver-other",
    "measure.deliver_other",
    Words("以其他方式落实", "Delivered otherwise"),
    DeliverOtherForm,
    permission="measure.answer",
    area_of=measure_area,
)
def deliver_other(act: FinanceAct, form: DeliverOtherForm, measure_id: str) -> Done:
    command = DeliverMeasure(
        measure_id, "other", form.reference, form.delivered_on or act.today, version=form.version
    )
    deliver_measure(command, act.uow())
    return Done(f"/measures/{measure_id}", "已登记落实", "The delivery is recorded", {"id": measure_id})


@section.action(
    "/{measure_id}/decline",
    "measure.decline",
    Words("退回", "Decline"),
    DeclineForm,
    permission="measure.answer",
    area_of=measure_area,
    danger=True,
)
def decline(act: FinanceAct, form: DeclineForm, measure_id: str) -> Done:
    decline_measure(DeclineMeasure(measure_id, form.reason, form.note, form.version), act.uow())
    return Done(f"/measures/{measure_id}", "已退回", "Declined", {"id": measure_id})
