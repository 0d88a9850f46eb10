"""The department's policy figures as people see them: value, paper, and whether it is confirmed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.finance.entrypoints.web.dependencies import FinanceAsk
from shared.parameters.figure import DatedFigure
from shared.web.asking import View
from shared.web.i18n import Words, in_both
from shared.web.paging import Badge, Column, Listing
from shared.web.policy_figure import unit_words, value_words
from shared.web.section import Section

section = Section("policy", "/policy")

CONFIRMED = Badge("green", Words("已确认", "Confirmed"))
UNCONFIRMED = Badge("yellow", Words("未确认", "Unconfirmed"))


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One value of one figure."""

    label: Words
    value: Words
    unit: Words
    since: date
    source: str
    confirmed: bool


COLUMNS = (
    Column[FigureRow]("参数", "Figure", lambda row: row.label),
    Column[FigureRow]("数值", "Value", lambda row: row.value),
    Column[FigureRow]("单位", "Unit", lambda row: row.unit),
    Column[FigureRow]("自", "Since", lambda row: row.since),
    Column[FigureRow]("确认", "Confirmed", lambda row: CONFIRMED if row.confirmed else UNCONFIRMED),
    Column[FigureRow]("依据", "Source", lambda row: in_both(row.source)),
)


@section.page("", "policy.read", "finance/policy.html")
def list_figures(ask: FinanceAsk) -> View:
    """List every dated figure this department works by."""
    figures: list[DatedFigure[Any]] = [
        getattr(policy, name)
        for policy in (ask.service.policy, ask.service.project_policy)
        for name in policy.__dataclass_fields__
    ]
    rows = [
        FigureRow(
            Words(figure.label.zh, figure.label.en),
            value_words(entry.value, figure.unit),
            unit_words(figure.unit),
            entry.since,
            entry.source,
            entry.confirmed,
        )
        for figure in figures
        for entry in figure.entries
    ]
    return View(Words("政策参数", "Policy figures"), {}, Listing(COLUMNS, rows, len(rows), ask.paging))
