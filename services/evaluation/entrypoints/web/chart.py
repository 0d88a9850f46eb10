"""Scores as charts: towns as tiles, how scores are spread, a unit's total over the months."""

from datetime import date, timedelta

from services.evaluation.adapters.documents.chart import trend
from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk, past_day
from services.evaluation.entrypoints.web.document import board_charts
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.service_layer.trend import Month
from shared.web.asking import Crumb, View
from shared.web.i18n import Words
from shared.web.problems import NoSuchPageError
from shared.web.section import Section

section = Section("chart", prefix="/charts")
TITLE = Words("得分图表", "Charts")


@section.page("", "chart.read", "evaluation/charts.html")
def show(ask: EvaluationAsk, unit: str = "", last: str = "") -> View:
    """Show a year up to a day, as known at the end of yesterday: one unit's course, totals of all."""
    months = _months(ask, past_day(last, ask.today))
    if not months:
        raise NoSuchPageError  # before the year's first month ended there is no course
    chosen = unit or _own(ask)
    units = {one.id: one for one in ask.service.units()}
    if chosen not in units:
        raise UnknownUnitError(unit=chosen[:64])
    say = ask.language
    name = unit_words(chosen).pick(say)
    title = Words(f"{name}各月得分", f"{name}: score month by month").pick(say)
    head = (Words("月末", "End of month").pick(say), Words("得分", "Score").pick(say))
    course = trend(title, [(f"{one.day:%m-%d}", one.totals.get(chosen)) for one in months], head)
    now = months[-1]
    groups = (("town", Words("各镇", "towns")), ("department", Words("县级部门", "departments")))
    charts = [course]
    for group, who in groups:
        known = [
            (unit_words(one.id).pick(say), now.totals.get(one.id), now.ranks.get(one.id))
            for one in units.values()
            if one.group == group
        ]
        made = board_charts(ask, known, who)
        charts += made if group == "town" else made[1:]
    data = {
        "charts": charts,
        "choices": [(one, unit_words(one).pick(say)) for one in units],
        "chosen": chosen,
        "last": now.day,
        "known_at": ask.today - timedelta(days=1),
    }
    return View(TITLE, data, crumbs=(Crumb(TITLE),))


def _months(ask: EvaluationAsk, last: date | None) -> tuple[Month, ...]:
    yesterday = ask.today - timedelta(days=1)
    return ask.service.trend.until(min(last or yesterday, yesterday), yesterday)


def _own(ask: EvaluationAsk) -> str:
    """Return the unit an officer works for, else the first of the towns."""
    if ask.officer.role == "town":
        return ask.officer.area_code
    if ask.officer.role == "department" and ask.officer.unit in ask.service.rulebook.departments:
        return ask.officer.unit
    return ask.service.towns[0].id
