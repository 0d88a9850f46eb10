"""The five gates: the queue of changed records, signing off many at once, sending back, drawing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.read_models_quality import (
    CycleRow,
    area_of_cycle,
    cycle_row,
    cycle_steps,
    find_cycles,
    waiting_at_gates,
)
from services.monitoring.domain.quality.errors import RecordCycleNotFoundError
from services.monitoring.domain.quality.record_cycle import GATES, Gate
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.people import name_for
from services.monitoring.entrypoints.web.quality_shown import gate_words
from services.monitoring.service_layer.quality.gates import (
    DrawRecords,
    SendBack,
    SignOff,
    approve_records,
    check_alerts,
    draw_records,
    inspect_records,
    review_records,
    send_back_records,
)
from shared.areas import areas
from shared.web.asking import Crumb, Done, TimelineEntry, View, own_area
from shared.web.forms import Choice, Form, Label, Note
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("gate")
TITLE = Words("数据审核关口", "Gates")
_MOST = 200


def _waiting(state: Gate, *, sampled: bool | None = None) -> Callable[[MonitoringAsk], Iterable[Choice]]:
    def choices(ask: MonitoringAsk) -> list[Choice]:
        area = ask.request.query_params.get("area", "")
        chosen = area if area in areas() and ask.officer.may_see(area) else ask.officer.area_code
        with read(ask) as connection:
            rows, _ = find_cycles(
                connection, area_code=chosen, state=str(state), sampled=sampled, limit=_MOST
            )
        return [_choice(row, ask) for row in rows]

    return choices


def _choice(row: CycleRow, ask: MonitoringAsk) -> Choice:
    name = name_for(ask.officer, row.head_name)
    village = areas().full_name(row.area_code)
    errors = (
        (f"，错误信息 {row.open_errors} 条", f", {row.open_errors} errors") if row.open_errors else ("", "")
    )
    return Choice(
        row.id,
        f"{name}户（{row.household_no}） {village} {row.last_on}{errors[0]}",
        f"{name} ({row.household_no}), {village}, {row.last_on}{errors[1]}",
    )


_Ids = Annotated[list[str], Field(min_length=1, max_length=_MOST)]


def _ids(state: Gate, *, sampled: bool | None = None) -> Any:  # noqa: ANN401  (an annotation)
    choices = _waiting(state, sampled=sampled)
    return Annotated[_Ids, Label("待办信息", "Records", choices=choices, widget="ticks")]


class ReviewForm(Form):
    ids: _ids(Gate.ENTERED)  # type: ignore[valid-type]  # the choices depend on the gate
    on: OnDay = None


class ApproveForm(Form):
    ids: _ids(Gate.REVIEWED)  # type: ignore[valid-type]  # as above
    on: OnDay = None


class InspectForm(Form):
    ids: _ids(Gate.APPROVED, sampled=True)  # type: ignore[valid-type]  # as above
    note: Note = ""
    on: OnDay = None


class CheckForm(Form):
    ids: _ids(Gate.INSPECTED)  # type: ignore[valid-type]  # as above
    on: OnDay = None


class DrawForm(Form):
    seed: Annotated[
        str,
        Field(min_length=4, max_length=64),
        Label(
            "抽样种子",
            "Seed",
            hint_zh="随名单公开，任何人可据此复核",
            hint_en="published: anybody can draw again",
        ),
    ]
    on: OnDay = None


class ReturnForm(Form):
    reason: Annotated[str, Label("退回原因", "Why", choices=choices_of("return_reason"))]
    note: Note = ""
    on: OnDay = None


def cycle_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the record a page or action names."""
    with read(ask) as connection:
        return area_of_cycle(connection, given["cycle_id"])


def _columns() -> tuple[Column[CycleRow], ...]:
    return (
        Column[CycleRow]("户主", "Head", lambda row: row.head_name, link=lambda row: f"/gates/{row.id}"),
        Column[CycleRow]("户编号", "Household no.", lambda row: row.household_no),
        Column[CycleRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[CycleRow]("关口", "Gate", _gate_badge),
        Column[CycleRow]("更正次数", "Changes", lambda row: row.changes, "number"),
        Column[CycleRow]("最近办理", "Last", lambda row: row.last_on),
        Column[CycleRow]("待处理错误", "Open errors", lambda row: row.open_errors, "number"),
    )


def _gate_badge(row: CycleRow) -> Badge:
    if row.state == Gate.RETURNED:
        reason = words_of("return_reason", row.reason)
        return Badge("red", Words(f"已退回：{reason.zh}", f"returned: {reason.en}"))
    if row.state == Gate.APPROVED and row.sampled:
        return Badge("yellow", Words("已抽中，待督查", "drawn: to be inspected"))
    colour = "green" if row.state == Gate.ALERT_CHECKED else "blue"
    return Badge("green" if colour == "green" else "blue", gate_words(row.state))


def _for(ask: MonitoringAsk, row: CycleRow) -> CycleRow:
    """Return a record as the officer may see it: who only assesses sees neither names nor notes."""
    if ask.officer.role != "evaluator":
        return row
    return replace(row, head_name=name_for(ask.officer, row.head_name), note="")


@section.page("/gates", "gate.read", "monitoring/quality/gates.html", area_of=own_area)
def list_gates(ask: MonitoringAsk, state: str = "", area: str = "", mine: str = "") -> View:
    """List the changed records at a gate, the longest waiting first, with what the officer may sign off."""
    chosen = area if area in areas() and ask.officer.may_see(area) else ask.officer.area_code
    with read(ask) as connection:
        waiting = waiting_at_gates(connection, chosen)
        shown = state if state in [str(one) for one in Gate] else _first(ask.officer.role, waiting)
        rows, total = find_cycles(
            connection,
            area_code=chosen,
            state=shown,
            entered_by=ask.officer.account_id if mine else "",
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    data = {
        "state": shown,
        "standing": gate_words(shown),
        "area": chosen,
        "mine": mine,
        "gates": [(str(one), gate_words(str(one)), waiting.get(str(one), 0)) for one in Gate],
        "areas": [
            (one.code, areas().full_name(one.code))
            for one in areas().inside(ask.officer.area_code)
            if one.level == "town" or ask.officer.role in ("town", "village")
        ],
        "percent": ask.service.quality.sample_percent.entry_on(ask.today),
        "most": _MOST,
    }
    return View(TITLE, data, Listing(_columns(), [_for(ask, row) for row in rows], total, ask.paging))


def _first(role: str, waiting: Mapping[str, int]) -> str:
    """Return the first gate of the role's own where something waits; the first of them when nothing does."""
    own = {"county": (Gate.REVIEWED, Gate.APPROVED, Gate.INSPECTED), "village": (Gate.RETURNED,)}
    gates = own.get(role, (Gate.ENTERED,))
    return str(next((one for one in gates if waiting.get(str(one))), gates[0]))


@section.page("/gates/{cycle_id}", "gate.read", "monitoring/quality/gate.html", area_of=cycle_area)
def show_gate(ask: MonitoringAsk, cycle_id: str) -> View:
    """Show one changed record's way through the gates."""
    with read(ask) as connection:
        row = cycle_row(connection, cycle_id)
        steps = cycle_steps(connection, cycle_id)
    if row is None:
        raise RecordCycleNotFoundError
    name = name_for(ask.officer, row.head_name)
    here = Words(f"{name}户（{row.household_no}）", f"{name}, {row.household_no}")
    data = {
        "row": _for(ask, row),
        "state": _gate_badge(row),
        "village": areas().full_name(row.area_code),
        "household": here,
        "gates": [(str(one), gate_words(str(one)).pick(ask.language)) for one in GATES],
        "steps": [
            _entry(one.occurred_on, one.gate, one.returned, one.reason, one.note, ask) for one in steps
        ],
    }
    return View(here, data, crumbs=(Crumb(TITLE, "/gates"), Crumb(here)))


def _entry(on: Any, gate: str, returned: bool, reason: str, note: str, ask: MonitoringAsk) -> TimelineEntry:  # noqa: ANN401, FBT001
    words = gate_words(gate)
    if returned:
        why = words_of("return_reason", reason)
        words = Words(f"{words.zh}退回：{why.zh}", f"returned: {why.en}")
    detail = Words(note, note) if note and ask.officer.role != "evaluator" else None
    return TimelineEntry(on, words, detail)


def _sign(act: MonitoringAct, ids: list[str], on: Any, note: str = "") -> SignOff:  # noqa: ANN401
    with read(act) as connection:
        for cycle_id in ids:
            act.ensure_area(area_of_cycle(connection, cycle_id))
    return SignOff(cycle_ids=ids, on=on or act.today, by=act.officer.account_id, note=note)


@section.action(
    "/gates/review", "gate.review", Words("审核通过所选", "Sign off (town)"), ReviewForm, area_of=own_area
)
def review(act: MonitoringAct, form: ReviewForm) -> Done:
    passed = review_records(_sign(act, form.ids, form.on), act.uow())
    return _passed(Gate.ENTERED, passed)


@section.action(
    "/gates/approve", "gate.approve", Words("核准所选", "Approve (county)"), ApproveForm, area_of=own_area
)
def approve(act: MonitoringAct, form: ApproveForm) -> Done:
    passed = approve_records(_sign(act, form.ids, form.on), act.uow())
    return _passed(Gate.REVIEWED, passed)


@section.action(
    "/gates/draw", "gate.draw", Words("抽取督查名单", "Draw for inspection"), DrawForm, area_of=own_area
)
def draw(act: MonitoringAct, form: DrawForm) -> Done:
    command = DrawRecords(
        area_code=act.officer.area_code, seed=form.seed, on=form.on or act.today, by=act.officer.account_id
    )
    drawn, passed = draw_records(command, act.uow(), act.service.quality)
    return Done(
        "/gates?state=approved",
        f"抽中 {drawn} 条，其余 {passed} 条按抽样决定通过",
        f"{drawn} drawn; {passed} pass by the drawing",
        {"drawn": drawn, "passed": passed},
    )


@section.action(
    "/gates/inspect",
    "gate.inspect",
    Words("督查通过所选", "Inspected: in order"),
    InspectForm,
    area_of=own_area,
)
def inspect(act: MonitoringAct, form: InspectForm) -> Done:
    passed = inspect_records(_sign(act, form.ids, form.on, form.note), act.uow())
    return _passed(Gate.APPROVED, passed)


@section.action(
    "/gates/check", "gate.check", Words("预警审查所选", "Check by the rules"), CheckForm, area_of=own_area
)
def check(act: MonitoringAct, form: CheckForm) -> Done:
    passed, left = check_alerts(_sign(act, form.ids, form.on), act.uow(), act.service.quality)
    return Done(
        f"/gates?state={Gate.INSPECTED}",
        f"通过 {passed} 条；{left} 条还有错误信息未处理",
        f"{passed} passed; {left} have open errors",
        {"passed": passed, "waiting": left},
    )


@section.action(
    "/gates/{cycle_id}/return", "gate.return", Words("退回", "Send back"), ReturnForm, area_of=cycle_area
)
def send_back(act: MonitoringAct, form: ReturnForm, cycle_id: str) -> Done:
    command = SendBack(
        cycle_ids=[cycle_id],
        reason=form.reason,
        on=form.on or act.today,
        by=act.officer.account_id,
        note=form.note,
    )
    send_back_records(command, act.uow())
    return Done(f"/gates/{cycle_id}", "已退回录入人", "Sent back", {"id": cycle_id})


def _passed(gate: Gate, passed: int) -> Done:
    return Done(f"/gates?state={gate}", f"已通过 {passed} 条", f"{passed} signed off", {"passed": passed})
