"""The household's one-page plan to print and sign, and the labour no developmental measure has reached."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from services.monitoring.adapters.read_models import head_of, household_of
from services.monitoring.adapters.read_models_case import case_of, plan_of
from services.monitoring.adapters.read_models_help import WithoutDevelopment, find_without_development
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.help_light import (
    HelpLight,
    HelpPolicy,
    RiskLight,
    development_due,
    light_of,
    running_on,
)
from services.monitoring.domain.household import Household
from services.monitoring.domain.measure import Measure
from services.monitoring.domain.measure_rules import MeasureRules
from services.monitoring.entrypoints.web.case_action import case_area
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, read
from services.monitoring.entrypoints.web.guarantee import MOST_TASKS
from services.monitoring.entrypoints.web.labels import due_badge, words_of
from services.monitoring.entrypoints.web.measure import status_badge, what_words
from services.monitoring.entrypoints.web.measure_action import section
from services.monitoring.entrypoints.web.people import called, name_for, rows_for
from services.monitoring.entrypoints.web.task_item import Task
from shared.areas import areas
from shared.kernel.period import add_months
from shared.web.asking import Crumb, View, own_area
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing

DEVELOPMENTAL = "developmental"
_LIGHTS = {
    "green": Words("绿灯", "green"),
    "yellow": Words("黄灯", "yellow"),
    "red": Words("红灯", "red"),
}


@dataclass(frozen=True, slots=True)
class SheetMeasure:
    """One line of the plan: what, by whom, for whom, by when, and whether it came."""

    what: Words
    department: str
    person: str
    requested_on: date | None
    due_on: date | None
    delivered_on: date | None
    status: Badge
    runs_on: Words | None


@dataclass(frozen=True, slots=True)
class SheetRisk:
    """One risk with what is done against it."""

    risk: Words
    light: Badge
    measures: tuple[SheetMeasure, ...]


def light_badge(light: HelpLight) -> Badge:
    """Return the light of a case; green only when every risk has a delivered measure."""
    words = _LIGHTS[light.colour]
    share = f"{light.delivered}/{len(light.risks)}"
    zh, en = f"{words.zh}：{share} 项风险已落实", f"{words.en}: {share} risks helped"
    return Badge(light.colour, Words(zh, en))


@section.page("/cases/{case_id}/plan-sheet", "measure.read", "monitoring/plan_sheet.html", area_of=case_area)
def show_sheet(ask: MonitoringAsk, case_id: str) -> View:
    """Show the plan on one page, for the household's wall and for the signature."""
    with read(ask) as connection:
        case = case_of(connection, case_id, ask.service.clock)
        number, name = head_of(connection, case.household_id)
        plan = plan_of(connection, case_id)
        household = household_of(connection, case.household_id)
    measures = plan.measures if plan else ()
    light = light_of(case.risks, measures, ask.today)
    ended = case.state is CaseState.ELIMINATED
    runs = {one.id for one in running_on(measures, ask.service.help, ask.today)} if ended else set()
    lines = _Lines(ask.service.measure_rules, ask.service.help, household, ask, runs)
    entry = ask.service.help.running_on.entry_on(ask.today)
    whose = called(ask.officer, number, name)
    data = {
        "case_id": case_id,
        "household": whose,
        "household_no": number,
        "village": areas().full_name(case.area_code),
        "persons": len(household.present),
        "monitored_class": words_of("household_type", case.monitored_class),
        "identified_on": case.identified_on,
        "helper_no": case.helper_no or None,
        "light": light_badge(light),
        "risks": [lines.risk(one, measures) for one in light.risks],
        "further": [lines.measure(one) for one in measures if one.counts and one.risk not in case.risks],
        "runs_source": entry.source if runs and not entry.confirmed else "",
        "ended": ended,
    }
    crumbs = (
        Crumb(Words("识别案件", "Cases"), "/cases"),
        Crumb(whose, f"/cases/{case_id}"),
        Crumb(Words("帮扶计划", "Plan"), f"/cases/{case_id}/measures"),
        Crumb(Words("一户一策表", "One page")),
    )
    return View(Words("“一户一策”帮扶计划", "The household's plan"), data, crumbs=crumbs)


@dataclass(frozen=True, slots=True)
class _Lines:
    """What the lines of one sheet need to be shown."""

    rules: MeasureRules
    policy: HelpPolicy
    household: Household
    ask: MonitoringAsk
    runs: set[str]

    def risk(self, light: RiskLight, measures: Sequence[Measure]) -> SheetRisk:
        against = tuple(self.measure(one) for one in measures if one.risk == light.risk and one.counts)
        return SheetRisk(words_of("risk", light.risk), Badge(light.colour, _LIGHTS[light.colour]), against)

    def measure(self, one: Measure) -> SheetMeasure:
        names = {m.id: name_for(self.ask.officer, m.name) for m in self.household.members}
        runs = self.policy.running_on.on(self.ask.today)[one.category] if one.id in self.runs else None
        return SheetMeasure(
            what=what_words(self.rules.category(one.category), one.code),
            department=one.department,
            person=names.get(one.person_id or "", ""),
            requested_on=one.requested_on,
            due_on=one.due_on,
            delivered_on=one.delivered_on,
            status=status_badge(one.status),
            runs_on=Words(runs["zh"], runs["en"]) if runs else None,
        )


def development_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield, for the town, the households with labour that are near their day without development."""
    if ask.officer.role != "town":
        return
    for one in _without(ask, connection, ask.today, MOST_TASKS, 0)[0]:
        yield Task(
            Words("有劳动力户落实开发式帮扶措施", "Give labour a developmental measure"),
            f"/cases/{one.case_id}/measures",
            one.household_no,
            one.head_name,
            one.area_code,
            development_due(one.identified_on, ask.service.help),
        )


def _without(
    ask: MonitoringAsk, connection: Connection, until: date, limit: int, offset: int
) -> tuple[list[WithoutDevelopment], int]:
    months = ask.service.help.development_months.on(ask.today)
    near = ask.service.case_policy.limits.near_days.on(ask.today)
    categories = ask.service.measure_rules.categories.values()
    first = add_months(until, -months)
    return find_without_development(
        connection,
        area_code=ask.officer.area_code,
        identified_until=first if until != ask.today else date.fromordinal(first.toordinal() + near),
        categories=[one.code for one in categories if one.kind == DEVELOPMENTAL],
        limit=limit,
        offset=offset,
    )


@section.page(
    "/labour-without-development",
    "measure.read",
    "monitoring/without_development.html",
    area_of=own_area,
)
def list_without(ask: MonitoringAsk) -> View:
    """List the households with labour that have waited six months for a developmental measure (4.4)."""
    near = ask.service.case_policy.limits.near_days.on(ask.today)
    months = ask.service.help.development_months.entry_on(ask.today)
    with read(ask) as connection:
        rows, total = _without(ask, connection, ask.today, ask.paging.size, ask.paging.offset)
    columns = (
        Column[WithoutDevelopment](
            "农户",
            "Household",
            lambda one: called(ask.officer, one.household_no, one.head_name),
            link=lambda one: f"/cases/{one.case_id}/measures",
        ),
        Column[WithoutDevelopment]("所在村", "Village", lambda one: areas().full_name(one.area_code)),
        Column[WithoutDevelopment]("认定日期", "Identified", lambda one: one.identified_on),
        Column[WithoutDevelopment](
            "期限", "By", lambda one: development_due(one.identified_on, ask.service.help)
        ),
        Column[WithoutDevelopment](
            "时限",
            "Time",
            lambda one: due_badge(development_due(one.identified_on, ask.service.help), ask.today, near),
        ),
        Column[WithoutDevelopment]("劳动力", "Labourers", lambda one: one.labourers, "number"),
        Column[WithoutDevelopment]("已下达未落实", "Asked for", lambda one: one.asked, "number"),
    )
    listing = Listing(columns, rows_for(ask.officer, rows), total, ask.paging)
    words = Words("有劳动力未落实开发式帮扶", "Labour without development")
    return View(words, {"months": months.value, "source": "" if months.confirmed else months.source}, listing)
