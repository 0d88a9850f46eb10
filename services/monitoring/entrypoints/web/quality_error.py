"""Data errors: the list, one error with its history, answering it, asking for a correction."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from services.monitoring.adapters.read_models_quality import (
    ErrorRow,
    ErrorSearch,
    area_of_error,
    error_row,
    error_steps,
    find_errors,
)
from services.monitoring.domain.quality.data_error import STATE_LABELS, ErrorState
from services.monitoring.domain.quality.errors import DataErrorNotFoundError
from services.monitoring.entrypoints.web.dependencies import (
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.people import name_for, persons
from services.monitoring.entrypoints.web.quality import TITLE
from services.monitoring.entrypoints.web.quality_shown import (
    SEVERITIES,
    error_words,
    state_badge,
    unconfirmed,
    unit_of,
)
from services.monitoring.service_layer.quality.answering import (
    AnswerError,
    AskCorrection,
    CheckBack,
    answer_error,
    ask_correction,
    take_check_back,
)
from shared.areas import areas
from shared.web.asking import Crumb, Done, TimelineEntry, View, own_area
from shared.web.forms import Choice, Form, Label, Version, wrong
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("data_error")
_LIST = Words("错误信息", "Data errors")
_LINE = re.compile(r"\s*([0-9A-Za-z-]{1,20})[\s,，:：;；]+(.+)")

HOWS = (
    Choice("corrected", "已更正信息", "The record was corrected"),
    Choice("explained", "信息无误，作出说明", "The record is right: explain why"),
    Choice("rejected", "更正申请不成立", "The request is not upheld"),
)


def _hows(ask: MonitoringAsk) -> Sequence[Choice]:
    """Return how the error the address names can be answered: only what somebody asked for is rejected."""
    with read(ask) as connection:
        row = error_row(connection, ask.request.path_params.get("error_id", ""))
    return HOWS if row is None or row.origin != "rule" else HOWS[:-1]


class AnswerForm(Form):
    version: Version
    how: Annotated[
        Literal["corrected", "explained", "rejected"],
        Label("处理结果", "Answer", choices=_hows, widget="radio"),
    ]
    answer: Annotated[
        str,
        Field(max_length=200),
        Label(
            "说明",
            "Explanation",
            hint_zh="说明或不予更正时必填",
            hint_en="needed unless the record was corrected",
            lines=3,
        ),
    ] = ""
    on: OnDay = None


class AskForm(Form):
    person_id: Annotated[str, Label("涉及成员", "Who", choices=persons)] = ""
    note: Annotated[
        str, Field(min_length=4, max_length=200), Label("哪里有误，应为什么", "What is wrong", lines=3)
    ]
    on: OnDay = None


class CheckBackForm(Form):
    lines: Annotated[
        str,
        Field(min_length=1, max_length=2000),
        Label(
            "反馈清单",
            "List",
            hint_zh="每行一条：户编号，空格，问题",
            hint_en="one a line: household number, space, what is wrong",
            lines=8,
        ),
    ]
    on: OnDay = None

    @field_validator("lines")
    @classmethod
    def _readable(cls, lines: str) -> str:
        for number, text in enumerate(lines.splitlines(), 1):
            if text.strip() and not _LINE.fullmatch(text):
                raise wrong(
                    f"第 {number} 行应为：户编号 问题", f"line {number}: household number, then what is wrong"
                )
        return lines


def _read(lines: str) -> list[tuple[str, str]]:
    found = (_LINE.fullmatch(text) for text in lines.splitlines())
    return [(one[1], one[2].strip()) for one in found if one]


def error_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the error a page or action names; another department's is not there."""
    with read(ask) as connection:
        row = error_row(connection, given["error_id"])
        if row is not None and unit_of(ask) not in ("", row.unit):
            return None
        return area_of_error(connection, given["error_id"])


def columns(ask: MonitoringAsk) -> tuple[Column[ErrorRow], ...]:
    """Return the columns of a list of errors."""
    return (
        Column[ErrorRow](
            "问题",
            "What is wrong",
            lambda row: error_words(ask, row),
            link=lambda row: f"/quality/errors/{row.id}",
        ),
        Column[ErrorRow]("成员", "Who", lambda row: name_for(ask.officer, row.person_name) or "—"),
        Column[ErrorRow]("户主", "Head", lambda row: row.head_name or "—"),
        Column[ErrorRow]("户编号", "Household no.", lambda row: row.household_no or "—"),
        Column[ErrorRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[ErrorRow]("严重程度", "Severity", lambda row: SEVERITIES[row.severity]),
        Column[ErrorRow]("来源", "From", lambda row: words_of("data_error_origin", row.origin)),
        Column[ErrorRow]("发现日期", "Found", lambda row: row.found_on),
        Column[ErrorRow]("期限", "Due", lambda row: row.due_on),
        Column[ErrorRow]("状态", "State", lambda row: state_badge(row, ask)),
    )


@section.page("/quality/errors", "quality.read", "monitoring/quality/errors.html", area_of=own_area)
def list_errors(  # noqa: PLR0913  (what a list is filtered by)
    ask: MonitoringAsk,
    *,
    rule: str = "",
    state: str = "open",
    severity: str = "",
    origin: str = "",
    area: str = "",
    responsible: str = "",
    late: str = "",
    mine: str = "",
) -> View:
    """List the data errors of the officer's area, what is due first on top."""
    inside = area if area in areas() and ask.officer.may_see(area) else ask.officer.area_code
    search = ErrorSearch(
        area_code=inside,
        rule=rule,
        state="" if state == "all" else state,
        severity=int(severity) if severity in map(str, SEVERITIES) else 0,
        origin=origin,
        responsible=ask.officer.account_id if mine else responsible,
        unit=unit_of(ask),
        overdue_on=ask.today if late else None,
    )
    with read(ask) as connection:
        rows, total = find_errors(connection, search, limit=ask.paging.size, offset=ask.paging.offset)
    shown = [_for(ask, row) for row in rows]
    data = {
        "search": {"rule": rule, "state": state, "severity": severity, "origin": origin, "area": inside}
        | {"late": late, "mine": mine},
        "rules": [(one.id, Words(f"{one.id} {one.zh}", f"{one.id} {one.en}")) for one in _rules(ask)],
        "states": [(str(one), Words(*STATE_LABELS[one])) for one in ErrorState],
        "severities": [(str(key), words) for key, words in SEVERITIES.items()],
        "origins": [(one.value, one.words) for one in choices_of("data_error_origin")],
        "areas": [
            (one.code, areas().full_name(one.code))
            for one in areas().inside(ask.officer.area_code)
            if one.level == "town" or ask.officer.role in ("town", "village")
        ],
    }
    crumbs = (Crumb(TITLE, "/quality"), Crumb(_LIST))
    return View(_LIST, data, Listing(columns(ask), shown, total, ask.paging), crumbs=crumbs)


def _for(ask: MonitoringAsk, row: ErrorRow) -> ErrorRow:
    """Return an error as the officer may see it: who only assesses sees neither names nor notes."""
    if ask.officer.role != "evaluator":
        return row
    head, who = name_for(ask.officer, row.head_name), name_for(ask.officer, row.person_name)
    return replace(row, head_name=head, person_name=who, note="")


def _rules(ask: MonitoringAsk) -> list[Any]:
    return list(ask.service.quality.catalogue.rules.values())


@section.page(
    "/quality/errors/{error_id}", "quality.read", "monitoring/quality/error.html", area_of=error_area
)
def show_error(ask: MonitoringAsk, error_id: str) -> View:
    """Show one error: what is wrong, who answers, and every step so far."""
    with read(ask) as connection:
        row = error_row(connection, error_id)
        steps = error_steps(connection, error_id)
    if row is None:
        raise DataErrorNotFoundError
    rule = ask.service.quality.catalogue.rules.get(row.rule)
    what = error_words(ask, row)
    hidden = ask.officer.role == "evaluator"
    data = {
        "row": _for(ask, row),
        "what": what,
        "state": state_badge(row, ask),
        "severity": SEVERITIES[row.severity],
        "origin": words_of("data_error_origin", row.origin),
        "village": areas().full_name(row.area_code),
        "numbers": "、".join(rule.numbers) if rule else "",
        "source": rule.source if rule else "",
        "unconfirmed": "；".join(unconfirmed(ask, rule)),
        "steps": [
            TimelineEntry(
                one.occurred_on,
                Words(*STATE_LABELS[ErrorState(one.state)]),
                None if hidden or not one.note else Words(one.note, one.note),
            )
            for one in steps
        ],
    }
    crumbs = (Crumb(TITLE, "/quality"), Crumb(_LIST, "/quality/errors"), Crumb(what))
    return View(what, data, crumbs=crumbs)


@section.action(
    "/quality/errors/{error_id}/answer",
    "quality.answer",
    Words("登记处理结果", "Answer"),
    AnswerForm,
    area_of=error_area,
)
def answer(act: MonitoringAct, form: AnswerForm, error_id: str) -> Done:
    command = AnswerError(
        error_id=error_id,
        how=form.how,
        on=form.on or act.today,
        answer=form.answer,
        by=act.officer.account_id,
        version=form.version,
    )
    answer_error(command, act.uow(), act.service.quality)
    return Done("/quality/errors", "已登记处理结果", "The answer is recorded", {"id": error_id})


@section.action(
    "/households/{household_id}/errors",
    "quality.ask",
    Words("申请信息更正", "Ask for a correction"),
    AskForm,
    area_of=household_area,
)
def ask_for_correction(act: MonitoringAct, form: AskForm, household_id: str) -> Done:
    error_id = ask_correction(
        AskCorrection(
            household_id=household_id,
            person_id=form.person_id,
            note=form.note,
            on=form.on or act.today,
            by=act.officer.account_id,
            unit=unit_of(act),
        ),
        act.uow(),
        act.service.quality,
    )
    return Done(
        f"/quality/errors/{error_id}",
        "更正申请已登记",
        "The request is recorded",
        {"id": error_id},
        created=True,
    )


@section.action(
    "/quality/check-back",
    "quality.check_back",
    Words("登记上级反馈的错误信息", "Errors sent back from above"),
    CheckBackForm,
    area_of=own_area,
)
def check_back(act: MonitoringAct, form: CheckBackForm) -> Done:
    command = CheckBack(_read(form.lines), form.on or act.today, act.officer.account_id)
    made, unknown = take_check_back(command, act.uow(), act.service.quality)
    missing = f"；没有这些户编号：{'、'.join(unknown)}" if unknown else ""
    missing_en = f"; unknown household numbers: {', '.join(unknown)}" if unknown else ""
    return Done(
        "/quality/errors?origin=check_back",
        f"已登记 {len(made)} 条{missing}",
        f"{len(made)} recorded{missing_en}",
        {"ids": made, "unknown": unknown},
    )
