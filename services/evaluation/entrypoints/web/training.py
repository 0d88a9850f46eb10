"""Training classes: the plan, holding a class with who attended and the tests, cancelling one."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from services.evaluation.adapters.read_models_field_work import (
    attended_of,
    cadres_numbered,
    field_work_on,
    find_classes,
)
from services.evaluation.domain.field_work.errors import (
    OtherUnitError,
    UnknownFieldWorkError,
    UnknownNumberError,
)
from services.evaluation.domain.field_work.training import (
    LEVELS,
    METHODS,
    STATE_WORDS,
    ClassState,
    TrainingClass,
)
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, unit_choices
from services.evaluation.entrypoints.web.labels import same, unit_words
from services.evaluation.entrypoints.web.matrix import Act, chosen
from services.evaluation.entrypoints.web.supervision import own_unit
from services.evaluation.service_layer.field_work.training import (
    Attended,
    CancelClass,
    HoldClass,
    PlanClass,
    cancel_class,
    hold_class,
    plan_classes,
)
from shared.observability.personal_data import masked
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("training", prefix="/training")
TITLE = Words("干部培训", "Training")
Numbers = tuple[Annotated[str, Field(max_length=32)], ...]


class PlanForm(Form):
    name: Annotated[str, Field(min_length=1, max_length=80), Label("班次名称", "Class")]
    unit: Annotated[str, Field(max_length=64), Label("举办单位", "Organiser", choices=unit_choices)]
    level: Annotated[
        Literal["county", "town", "village"],
        Label("层级", "Level", choices=[Choice(key, *words) for key, words in LEVELS.items()]),
    ] = "county"
    method: Annotated[
        Literal["on_site", "exchange", "online", "classroom"],
        Label("培训方式", "Method", choices=[Choice(key, *words) for key, words in METHODS.items()]),
    ]
    due_on: Annotated[date, Label("计划完成日期", "To be held by")]


class HoldForm(Form):
    """Who attended, by number; whoever is in one of the two lower fields was tested."""

    version: Version
    held_on: Annotated[date, Label("举办日期", "Held on")]
    attended: Annotated[
        Numbers, Label("参训人员编号（未测试）", "Attended, not tested (numbers)", widget="lines", lines=4)
    ] = ()
    passed: Annotated[Numbers, Label("测试合格人员编号", "Passed the test", widget="lines", lines=4)] = ()
    failed: Annotated[Numbers, Label("测试不合格人员编号", "Failed the test", widget="lines", lines=2)] = ()


class CancelForm(Form):
    version: Version


def class_badge(ask: EvaluationAsk, one: TrainingClass) -> Badge:
    """Return where a class stands."""
    words = Words(*STATE_WORDS[one.state])
    if one.state is ClassState.HELD:
        return Badge("green", words)
    if one.state is ClassState.CANCELLED:
        return Badge("grey", words)
    return Badge("red", Words("逾期未办", "overdue")) if ask.today > one.due_on else Badge("blue", words)


def _columns(ask: EvaluationAsk) -> tuple[Column[TrainingClass], ...]:
    return (
        Column[TrainingClass]("班次", "Class", lambda row: row.name, link=lambda row: f"/training/{row.id}"),
        Column[TrainingClass]("举办单位", "Organiser", lambda row: unit_words(row.unit)),
        Column[TrainingClass]("层级", "Level", lambda row: Words(*LEVELS[row.level])),
        Column[TrainingClass]("方式", "Method", lambda row: Words(*METHODS[row.method])),
        Column[TrainingClass]("计划日期", "Planned", lambda row: row.due_on),
        Column[TrainingClass]("举办日期", "Held on", lambda row: row.held_on),
        Column[TrainingClass]("参训", "Attended", lambda row: row.attended, "number"),
        Column[TrainingClass]("测试", "Tested", lambda row: row.tested, "number"),
        Column[TrainingClass]("合格", "Passed", lambda row: row.passed, "number"),
        Column[TrainingClass]("状态", "State", lambda row: class_badge(ask, row)),
    )


@section.page("", "field_work.read", "evaluation/work_list.html")
def list_classes(ask: EvaluationAsk, state: str = "", method: str = "") -> View:
    """Show the plan and what was held."""
    with reading(ask.service.engine) as connection:
        rows, total = find_classes(
            connection, state=state, method=method, limit=ask.paging.size, offset=ask.paging.offset
        )
    states = {str(key): words for key, words in STATE_WORDS.items()}
    filters = [
        chosen("state", "状态", "State", states, state),
        chosen("method", "方式", "Method", METHODS, method),
    ]
    mine = own_unit(ask)
    notes = [
        (Words("9月30日前干部轮训一遍。", "Every cadre is trained once by 30 September."), True),
    ]
    acts = [Act("training.plan", {"unit": mine} if mine else {})]
    data = {"notes": notes, "filters": filters, "matrix": None, "acts": acts}
    return View(TITLE, data, Listing(_columns(ask), rows, total, ask.paging))


@section.page("/{class_id}", "field_work.read", "evaluation/work_page.html")
def show_class(ask: EvaluationAsk, class_id: str) -> View:
    """Show a class and who attended, by number; a unit sees its own people."""
    with reading(ask.service.engine) as connection:
        one = field_work_on(connection).classes.get(class_id)
        rows, total = attended_of(
            connection, class_id, unit=own_unit(ask), limit=ask.paging.size, offset=ask.paging.offset
        )
    acts = [
        Act(
            "training.hold",
            {"class_id": one.id, "version": one.version, "held_on": ask.today, "unfolded": True},
        ),
        Act("training.cancel", {"class_id": one.id, "version": one.version}),
    ]
    mine = own_unit(ask) in ("", one.unit)
    data = {
        "facts": [(column.words, column.value(one)) for column in _columns(ask)],
        "texts": [],
        "notes": [],
        "links": [],
        "acts": acts if mine and one.state is ClassState.PLANNED else [],
        "listed": Words("参训人员", "Who attended"),
    }
    columns = (
        Column[tuple[str, str, bool | None]]("编号", "Number", lambda row: row[0]),
        Column[tuple[str, str, bool | None]]("单位", "Unit", lambda row: unit_words(row[1])),
        Column[tuple[str, str, bool | None]]("测试合格", "Passed", lambda row: row[2]),
    )
    title = same(one.name)
    return View(
        title, data, Listing(columns, rows, total, ask.paging), (Crumb(TITLE, "/training"), Crumb(title))
    )


def _ensure_own(act: EvaluationAct, class_id: str) -> None:
    with reading(act.service.engine) as connection:
        one = field_work_on(connection).classes.get(class_id)
    if own_unit(act) not in ("", one.unit):
        raise UnknownFieldWorkError


@section.action(
    "", "training.plan", Words("列入培训计划", "Plan a class"), PlanForm, permission="training.change"
)
def plan(act: EvaluationAct, form: PlanForm) -> Done:
    if own_unit(act) not in ("", form.unit):
        raise OtherUnitError
    command = PlanClass(
        name=form.name, unit=form.unit, method=form.method, due_on=form.due_on, level=form.level
    )
    (made,) = plan_classes([command], act.uow(), [one.id for one in act.service.units()])
    return Done(f"/training/{made}", "已列入计划", "Planned", {"id": made}, created=True)


@section.action(
    "/{class_id}/hold",
    "training.hold",
    Words("登记举办情况", "It was held"),
    HoldForm,
    permission="training.change",
)
def hold(act: EvaluationAct, form: HoldForm, class_id: str) -> Done:
    _ensure_own(act, class_id)
    given = {"attended": None, "passed": True, "failed": False}
    numbers = {number: test for name, test in given.items() for number in getattr(form, name)}
    with reading(act.service.engine) as connection:
        known = cadres_numbered(connection, sorted(numbers))
    for number in numbers:
        if number not in known:
            raise UnknownNumberError(number=masked(number))
    attended = [Attended(known[number].id, test) for number, test in numbers.items()]
    command = HoldClass(class_id=class_id, on=form.held_on, attended=attended, version=form.version)
    count = hold_class(command, act.uow())
    return Done(
        f"/training/{class_id}", f"已登记，参训{count}人", f"Entered: {count} attended", {"id": class_id}
    )


@section.action(
    "/{class_id}/cancel",
    "training.cancel",
    Words("取消班次", "Cancel the class"),
    CancelForm,
    permission="training.change",
    danger=True,
)
def cancel(act: EvaluationAct, form: CancelForm, class_id: str) -> Done:
    _ensure_own(act, class_id)
    cancel_class(CancelClass(class_id=class_id, version=form.version), act.uow())
    return Done("/training", "班次已取消", "Cancelled", {"id": class_id})
