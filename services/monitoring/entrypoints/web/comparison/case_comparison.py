"""What departments are asked about households in the procedure, and what each answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.read_models import household_of, unmasked_since
from services.monitoring.adapters.read_models_case import case_of
from services.monitoring.adapters.read_models_comparison import CaseComparisonShown, find_case_comparisons
from services.monitoring.domain.case_steps import ComparisonState
from services.monitoring.domain.comparison.errors import CaseComparisonNotFoundError, NotOursError
from services.monitoring.entrypoints.web.case_action import OFFICE, case_area
from services.monitoring.entrypoints.web.comparison.place import (
    asked_unit,
    due,
    known,
    request_shown,
)
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, read
from services.monitoring.entrypoints.web.member import SHOWN_FOR
from services.monitoring.entrypoints.web.people import called, name_for, rows_for
from services.monitoring.service_layer.comparison.case_comparison import (
    AnswerCaseComparison,
    Found,
    UnmaskAsked,
    answer_case_comparison,
    unmask_asked,
)
from shared.areas import areas
from shared.web.asking import Ask, Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("case-comparison")

REQUESTS = Words("识别对象比对", "Comparison of cases")
_STATES = {
    "asked": Badge("yellow", Words("待答复", "waits for the answer")),
    "answered": Badge("green", Words("已答复", "answered")),
    "withdrawn": Badge("grey", Words("已撤回", "withdrawn")),
}


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """What was found for one check of one household."""

    check: Words
    department: str
    state: Badge
    found: Badge | None
    person: str
    note: str
    confirmed: bool
    source: str


def checks_asked(ask: Ask[Any]) -> Sequence[Choice]:
    """Return the checks of the request the address names."""
    one = request_shown(ask, ask.request.path_params["comparison_id"])
    named = [(check, check_words(ask, check)) for check in (one.checks if one else ())]
    return [Choice(check, words.zh, words.en) for check, words in named]


def persons_asked(ask: Ask[Any]) -> Sequence[Choice]:
    """Return the members of the household of the request the address names."""
    one = request_shown(ask, ask.request.path_params["comparison_id"])
    if one is None:
        return []
    with read(ask) as connection:
        household = household_of(connection, one.household_id)
    return [Choice(member.id, member.name, member.name) for member in household.present]


class FindingForm(Form):
    check: Annotated[str, Label("比对项", "Check", choices=checks_asked)]
    person_id: Annotated[
        str, Label("涉及成员（不填即为全户）", "Member (empty: all)", choices=persons_asked)
    ] = ""
    note: Annotated[str, Field(min_length=4, max_length=500), Label("发现的情况", "What was found", lines=2)]


class NothingForm(Form):
    version: Version


class AnswerForm(Form):
    version: Version
    found: Annotated[
        tuple[FindingForm, ...],
        Field(min_length=1, max_length=10),
        Label("发现异常的比对项", "Findings", rows=1),
    ]


@section.page("/case-comparisons", "case_comparison.read", "monitoring/case_comparisons.html")
def list_requests(ask: MonitoringAsk, state: str = "asked") -> View:
    """List what the department was asked (the county: all), what is due first on top."""
    with read(ask) as connection:
        rows, total = find_case_comparisons(
            connection,
            department=asked_unit(ask.officer),
            area_code=ask.officer.area_code,
            state="" if state == "all" else state,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    data = {"state": state, "unit": asked_unit(ask.officer)}
    return View(REQUESTS, data, Listing(_columns(ask), rows_for(ask.officer, rows), total, ask.paging))


@section.page("/case-comparisons/{comparison_id}", "case_comparison.read", "monitoring/case_comparison.html")
def show_request(ask: MonitoringAsk, comparison_id: str) -> View:
    """Show whom the department is asked about, and how to answer with one click or with findings."""
    one = known(request_shown(ask, comparison_id), CaseComparisonNotFoundError)
    _require_asked(ask, one)
    with read(ask) as connection:
        household = household_of(connection, one.household_id)
        shown = {
            member.id
            for member in household.present
            if unmasked_since(
                connection,
                household_id=one.household_id,
                person_id=member.id,
                by=ask.officer.login,
                since=ask.service.clock() - SHOWN_FOR,
            )
        }
    whose = called(ask.officer, one.household_no, one.head_name)
    data = {
        "request": one,
        "household": whose,
        "village": areas().full_name(one.area_code),
        "members": [
            (
                name_for(ask.officer, member.name),
                member.id_number if member.id in shown else member.masked_id_number,
            )
            for member in household.present
        ],
        "answers": _answers(ask, one),
        "state": _STATES[one.state],
        "due": due(ask, one) if one.state == "asked" else None,
        "limit": ask.service.comparison.check_days.entry_on(one.asked_on),
    }
    return View(whose, data, crumbs=(Crumb(REQUESTS, "/case-comparisons"), Crumb(whose)))


@section.page("/cases/{case_id}/comparison", "case.read", "monitoring/case_answers.html", area_of=case_area)
def show_answers(ask: MonitoringAsk, case_id: str) -> View:
    """Show what every department answered about the household, check by check."""
    with read(ask) as connection:
        found, _ = find_case_comparisons(connection, case_id=case_id)
        case = case_of(connection, case_id, ask.service.clock)
    newest = max((one.round for one in found), default=0)
    now = [one for one in found if one.round == newest]
    data = {
        "case_id": case_id,
        "answers": [answer for one in now for answer in _answers(ask, one)],
        "waiting": sum(one.state == "asked" for one in now),
        "asked": len(now),
        "version": case.version,
        "comparing": case.comparison is ComparisonState.COMPARING,
        "hits": [check for one in now for check, given in one.answers.items() if given["answer"] == "found"],
    }
    title = Words("部门比对结果", "What departments answered")
    crumbs = (Crumb(Words("识别案件", "Cases"), "/cases"), Crumb(Words("案件", "Case"), f"/cases/{case_id}"))
    return View(title, data, crumbs=(*crumbs, Crumb(title)))


@section.action(
    "/case-comparisons/{comparison_id}/numbers",
    "case_comparison.unmask",
    Words("查看完整证件号（留痕）", "Show whole numbers (it is kept who looked)"),
    NothingForm,
    permission="case_comparison.answer",
)
def show_numbers(act: MonitoringAct, form: NothingForm, comparison_id: str) -> Done:  # noqa: ARG001  (the frame's shape)
    _require_asked(act, known(request_shown(act, comparison_id), CaseComparisonNotFoundError))
    command = UnmaskAsked(comparison_id=comparison_id, by=act.officer.login, unit=asked_unit(act.officer))
    unmask_asked(command, act.uow())
    return Done(f"/case-comparisons/{comparison_id}", "查看已留痕", "It is kept that you looked")


@section.action(
    "/case-comparisons/{comparison_id}/nothing",
    "case_comparison.nothing",
    Words("全户均无异常", "No finding for anybody"),
    NothingForm,
    permission="case_comparison.answer",
)
def answer_nothing(act: MonitoringAct, form: NothingForm, comparison_id: str) -> Done:
    return _answered(act, comparison_id, (), form.version)


@section.action(
    "/case-comparisons/{comparison_id}/findings",
    "case_comparison.answer",
    Words("登记发现的异常", "Record findings"),
    AnswerForm,
)
def answer_findings(act: MonitoringAct, form: AnswerForm, comparison_id: str) -> Done:
    found = tuple(Found(check=one.check, person_id=one.person_id, note=one.note) for one in form.found)
    return _answered(act, comparison_id, found, form.version)


def _require_asked(ask: MonitoringAsk, one: CaseComparisonShown) -> None:
    ask.ensure_area(one.area_code)
    if asked_unit(ask.officer) not in ("", one.department):
        raise NotOursError(department=one.department)


def _answered(act: MonitoringAct, comparison_id: str, found: tuple[Found, ...], version: int) -> Done:
    _require_asked(act, known(request_shown(act, comparison_id), CaseComparisonNotFoundError))
    answer_case_comparison(
        AnswerCaseComparison(
            comparison_id=comparison_id,
            found=found,
            unit=asked_unit(act.officer),
            by=act.officer.account_id,
            version=version,
        ),
        act.uow(),
    )
    return Done("/case-comparisons", "比对结果已提交", "Answered", {"id": comparison_id})


def check_words(ask: Ask[Any], check: str) -> Words:
    """Return what people call a check."""
    figure = ask.service.comparison.checks.get(check)
    return Words(figure.label.zh, figure.label.en) if figure else Words(check, check)


def _answers(ask: MonitoringAsk, one: CaseComparisonShown) -> list[AnswerShown]:
    with read(ask) as connection:
        household = household_of(connection, one.household_id)
    names = {member.id: name_for(ask.officer, member.name) for member in household.members}
    return [_answer(ask, one, check, one.answers.get(check, {}), names) for check in one.checks]


def _answer(
    ask: MonitoringAsk,
    one: CaseComparisonShown,
    check: str,
    given: Mapping[str, str],
    names: Mapping[str, str],
) -> AnswerShown:
    entry = ask.service.comparison.checks[check].entry_on(one.asked_on)
    found = {
        "found": Badge("red", Words("发现异常，须说明", "found: to be explained")),
        "none": Badge("green", Words("未发现", "nothing found")),
    }.get(given.get("answer", ""))
    # Free text names people: it is for the office, and for the department that wrote it.
    reads = ask.officer.role in OFFICE or ask.officer.unit == one.department
    return AnswerShown(
        check_words(ask, check),
        one.department,
        _STATES[one.state],
        found,
        names.get(given.get("person_id", ""), ""),
        given.get("note", "") if reads else "",
        entry.confirmed,
        entry.source,
    )


def _columns(ask: MonitoringAsk) -> tuple[Column[CaseComparisonShown], ...]:
    return (
        Column[CaseComparisonShown](
            "农户",
            "Household",
            lambda row: called(ask.officer, row.household_no, row.head_name),
            link=lambda row: f"/case-comparisons/{row.id}",
        ),
        Column[CaseComparisonShown]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[CaseComparisonShown]("人数", "Persons", lambda row: row.persons, "number"),
        Column[CaseComparisonShown](
            "比对项",
            "Checks",
            lambda row: Words(
                "、".join(check_words(ask, one).zh for one in row.checks),
                ", ".join(check_words(ask, one).en for one in row.checks),
            ),
        ),
        Column[CaseComparisonShown]("部门", "Department", lambda row: row.department),
        Column[CaseComparisonShown]("提请日期", "Asked", lambda row: row.asked_on),
        Column[CaseComparisonShown]("答复期限", "By", lambda row: row.due_on),
        Column[CaseComparisonShown](
            "时限", "Time", lambda row: due(ask, row) if row.state == "asked" else None
        ),
        Column[CaseComparisonShown]("状态", "State", lambda row: _STATES[row.state]),
    )
