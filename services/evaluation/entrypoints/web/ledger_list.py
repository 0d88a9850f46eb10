"""Lists of fed-back problems: sent in as XLSX, previewed line by line, imported or thrown away."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated

from pydantic import Field

from services.evaluation.adapters.ledger_sheet import HEADINGS, LARGEST_FILE, Known, read_problem_sheet
from services.evaluation.adapters.read_models_ledger import SentList, sent_lists
from services.evaluation.domain.ledger.problem_list import ListedProblem, ListState
from services.evaluation.domain.ledger.state import Source
from services.evaluation.entrypoints.web.dependencies import EvaluationAct, EvaluationAsk, path_to
from services.evaluation.entrypoints.web.labels import same, unit_words
from services.evaluation.entrypoints.web.ledger_words import (
    LEDGER,
    acting_of,
    code_words,
    source_choices,
    source_words,
)
from services.evaluation.service_layer.ledger.listing import (
    DiscardProblemList,
    ImportProblemList,
    SendProblemList,
    discard_problem_list,
    import_problem_list,
    send_problem_list,
)
from shared.areas import areas
from shared.persistence.engine import reading
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label, Upload
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import NoInput, Section

section = Section("ledger_list", prefix="/ledger/lists")
LISTS = Words("反馈问题清单导入", "Lists of fed-back problems")
_STATES = {
    ListState.PREVIEWED: Badge("yellow", Words("待导入", "to be imported")),
    ListState.IMPORTED: Badge("green", Words("已导入", "imported")),
    ListState.DISCARDED: Badge("grey", Words("已作废", "thrown away")),
}
_FAULTS = {
    "unit": Words("责任单位不在考评名单中", "unit is not assessed"),
    "category": Words("类别不在代码表中", "category is not in the list"),
    "text": Words("没有问题内容或过长", "no text, or too long"),
    "cause": Words("原因不在代码表中", "cause is not in the list"),
    "place": Words("镇村名称不明", "place not known"),
}
_GOOD = Badge("green", Words("可导入", "can be imported"))


class SendForm(Form):
    """The file and what holds for all its lines."""

    file: Annotated[
        Upload,
        Label(
            "反馈问题清单 (Excel)",
            "List of problems (Excel)",
            hint_zh="表头：" + "、".join(names[0] for names in HEADINGS.values()),
            hint_en="headings: " + ", ".join(names[-1] for names in HEADINGS.values()),
        ),
    ]
    source: Annotated[Source, Label("来源", "Source", choices=source_choices)]
    document_no: Annotated[str, Field(max_length=100), Label("文号", "Document number")] = ""
    found_on: Annotated[date, Label("反馈日期", "Fed back on")]


@section.page("", "ledger.import", "evaluation/ledger_lists.html")
def list_lists(ask: EvaluationAsk) -> View:
    """List every list that was sent in."""
    with reading(ask.service.engine) as connection:
        rows = sent_lists(connection)
    columns = (
        Column[SentList](
            "文件", "File", lambda row: row.name, link=lambda row: path_to("ledger", "lists", row.id)
        ),
        Column[SentList]("来源", "Source", lambda row: source_words(row.source)),
        Column[SentList]("文号", "Document", lambda row: row.document_no or None),
        Column[SentList]("反馈日期", "Fed back on", lambda row: row.found_on),
        Column[SentList]("上传日期", "Sent on", lambda row: row.sent_on),
        Column[SentList]("状态", "State", lambda row: _STATES[ListState(row.state)]),
        Column[SentList]("导入问题", "Imported", lambda row: row.imported, "number"),
    )
    part = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    crumbs = (Crumb(LEDGER, "/ledger"), Crumb(LISTS))
    return View(LISTS, {}, Listing(columns, part, len(rows), ask.paging), crumbs)


@section.page("/{list_id}", "ledger.import", "evaluation/ledger_list.html")
def show_list(ask: EvaluationAsk, list_id: str) -> View:
    """Preview a list: each line, and what keeps it from being imported."""
    with ask.service.uow() as uow:
        one = uow.problem_lists.get(list_id)
    categories = ask.service.ledger.categories
    columns = (
        Column[ListedProblem]("行", "Line", lambda row: row.line, "number"),
        Column[ListedProblem]("检查", "Check", _judged),
        Column[ListedProblem]("责任单位", "Unit", lambda row: unit_words(row.unit)),
        Column[ListedProblem](
            "类别", "Category", lambda row: code_words(categories, row.category, ask.today)
        ),
        Column[ListedProblem]("问题", "Problem", lambda row: row.text),
        Column[ListedProblem]("涉及镇村", "Where", lambda row: _place(row.area_code)),
    )
    data = {
        "list": one,
        "state": _STATES[one.state],
        "source": source_words(one.source),
        "good": len(one.good),
        "bad": len(one.lines) - len(one.good),
        "open": one.state is ListState.PREVIEWED,
    }
    part = one.lines[ask.paging.offset : ask.paging.offset + ask.paging.size]
    listing = Listing(columns, part, len(one.lines), ask.paging)
    title = same(one.name)
    crumbs = (Crumb(LEDGER, "/ledger"), Crumb(LISTS, "/ledger/lists"), Crumb(title))
    return View(title, data, listing, crumbs)


@section.action(
    "", "ledger.send_list", Words("上传清单", "Send a list"), SendForm,
    permission="ledger.import", largest_file=LARGEST_FILE,
)  # fmt: skip
def send(act: EvaluationAct, form: SendForm) -> Done:
    lines = read_problem_sheet(form.file.path, _known(act))
    command = SendProblemList(
        form.file.name[:200], form.file.sha256, form.source, form.document_no, form.found_on, lines
    )
    list_id = send_problem_list(command, act.uow(), acting_of(act.officer, act.today))
    location = path_to("ledger", "lists", list_id)
    zh, en = "清单已读取，请核对后导入", "The list was read; look at it and import it"
    return Done(location, zh, en, {"id": list_id}, created=True)


@section.action(
    "/{list_id}/import", "ledger.import_list", Words("导入台账", "Import into the ledger"), NoInput,
    permission="ledger.import",
)  # fmt: skip
def take_in(act: EvaluationAct, form: NoInput, list_id: str) -> Done:  # noqa: ARG001  (every action has its form)
    acting = acting_of(act.officer, act.today)
    count = import_problem_list(ImportProblemList(list_id), act.uow(), act.service.ledger, acting)
    return Done("/ledger?state=registered", f"已导入{count}个问题，请核定", f"{count} problems are entered")


@section.action(
    "/{list_id}/discard", "ledger.discard_list", Words("作废清单", "Throw the list away"), NoInput,
    permission="ledger.import", danger=True,
)  # fmt: skip
def discard(act: EvaluationAct, form: NoInput, list_id: str) -> Done:  # noqa: ARG001  (every action has its form)
    discard_problem_list(DiscardProblemList(list_id), act.uow())
    return Done("/ledger/lists", "清单已作废", "The list is thrown away")


def _judged(row: ListedProblem) -> Badge:
    if row.good:
        return _GOOD
    zh, en = ([getattr(_FAULTS[one], language) for one in row.faults] for language in ("zh", "en"))
    return Badge("red", Words("；".join(zh), "; ".join(en)))


def _place(code: str) -> str | None:
    return "".join(one.name for one in areas().path(code)[1:]) if code in areas() else None


def _known(ask: EvaluationAsk) -> Known:
    """Return how names are understood: by code, or as pages and exports write them."""
    units = {key: unit.id for unit in ask.service.units() for key in (unit.id, unit.name)}
    places: dict[str, str] = {}
    for area in areas().inside(ask.officer.area_code):
        if area.level != "county":
            places |= {area.code: area.code, areas().full_name(area.code): area.code}
            places["".join(one.name for one in areas().path(area.code)[1:])] = area.code
    policy = ask.service.ledger
    return Known(
        unit=lambda text: units.get(text, ""),
        category=_named(policy.categories.on(ask.today)),
        cause=_named(policy.causes.on(ask.today)),
        place=lambda text: places.get(text, ""),
    )


def _named(codes: Mapping[str, Mapping[str, object]]) -> Callable[[str], str]:
    by_name = {str(key): code for code, words in codes.items() for key in (code, words["zh"], words["en"])}
    return lambda text: by_name.get(text, "")
