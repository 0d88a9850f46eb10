"""The supervision office goes round: inspections, the month's sample, orders, notices of criticism."""

from datetime import date, timedelta
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import World
from services.evaluation.domain.inspection import CheckItem, Finding
from services.evaluation.service_layer.inspection import (
    CancelInspection,
    FileInspection,
    PlanInspection,
    PlanMonth,
    RecordFindings,
    StartInspection,
    cancel_inspection,
    file_inspection,
    plan_inspection,
    plan_month,
    record_findings,
    start_inspection,
)
from services.evaluation.service_layer.inspection_sample import DrawSample, draw_sample
from services.evaluation.service_layer.notice import IssueNotice, issue_notice
from services.evaluation.service_layer.order import IssueOrder, issue_order
from shared.areas import areas

_YEAR = 2022
_NOTICE_DAYS = (date(_YEAR, 4, 8), date(_YEAR, 7, 8), date(_YEAR, 10, 10), date(_YEAR, 12, 12))
_OF_THE_CITY = date(_YEAR, 10, 10)
_TEAM = "示例县委督查组"
_DEPARTMENTS_A_MONTH = 5
_SUBJECTS_A_VISIT = 6
_LAST_DAY_TO_FILE = 28


class Inspections:
    """What the office plans for a month, finds, and does about it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._evaluation = world.county.evaluation
        self._units = [unit.id for unit in self._evaluation.units()]

    def plan(self) -> None:
        """Put the year's rounds and notices on the calendar."""
        for month in range(1, 13):
            self._world.agenda.on(date(_YEAR, month, 4), self._plan_month)
            self._world.agenda.on(date(_YEAR, month, 5), self._draw_sample)
            self._world.agenda.on(date(_YEAR, month, 16), self._unannounced)
        for day in _NOTICE_DAYS:
            self._world.agenda.on(day, self._criticise)

    def _plan_month(self, day: date) -> None:
        departments = [unit for unit in self._units if not unit.isdigit()]
        first = (day.month - 1) * _DEPARTMENTS_A_MONTH % len(departments)
        turn = (departments * 2)[first : first + _DEPARTMENTS_A_MONTH]
        towns = [unit for unit in self._units if unit.isdigit()]
        due_on = day.replace(day=_LAST_DAY_TO_FILE)
        for units in (towns, turn):
            command = PlanMonth(units=tuple(units), due_on=due_on, team=_TEAM, subjects=self._subjects(day))
            ids = plan_month(command, self._evaluation.uow(), self._units, self._evaluation.supervision)
            for inspection_id, unit in zip(ids, units, strict=True):
                chance = self._world.chance("inspection", unit, str(day))
                on = day + timedelta(days=chance.number(1, 18))
                self._world.agenda.on(on, partial(self._go, inspection_id, chance))

    def _subjects(self, day: date) -> tuple[str, ...]:
        """Return the subjects of a month's list: they take turns."""
        codes = [str(one["code"]) for one in self._evaluation.supervision.subjects.on(day)]
        first = (day.month - 1) * _SUBJECTS_A_VISIT % len(codes)
        return tuple((codes * 2)[first : first + _SUBJECTS_A_VISIT])

    def _unannounced(self, day: date) -> None:
        chance = self._world.chance("unannounced", str(day))
        command = PlanInspection(
            unit=chance.one_of([unit for unit in self._units if unit.isdigit()]),
            kind="unannounced",
            due_on=day + timedelta(days=7),
            team=_TEAM,
            subjects=self._subjects(day),
        )
        inspection_id = plan_inspection(
            command, self._evaluation.uow(), self._units, self._evaluation.supervision
        )
        self._report(inspection_id, chance, day)

    def _go(self, inspection_id: str, chance: Chance, day: date) -> None:
        uow = self._evaluation.uow
        if chance.happens(rates()["supervision"]["inspection_cancelled"]):
            cancel_inspection(CancelInspection(inspection_id, "示例：防汛，改期"), uow())
            return
        start_inspection(StartInspection(inspection_id), uow())
        late = chance.happens(rates()["supervision"]["inspection_late"])
        days = (day.replace(day=_LAST_DAY_TO_FILE) - day).days + chance.number(1, 9) if late else 1
        self._world.agenda.after(day, days, partial(self._report, inspection_id, chance))

    def _report(self, inspection_id: str, chance: Chance, _day: date) -> None:
        with self._evaluation.uow() as uow:
            inspection = uow.inspections.get(inspection_id)
        findings = tuple(_finding(item, chance) for item in inspection.items)
        record_findings(RecordFindings(inspection_id, findings), self._evaluation.uow())
        filed = FileInspection(inspection_id, "示例：督查情况小结")
        problems = file_inspection(filed, self._evaluation.uow(), self._evaluation.ledger)
        if problems and chance.happens(rates()["supervision"]["ordered"]):
            self._order(inspection.unit, inspection_id)

    def _order(self, unit: str, inspection_id: str) -> None:
        command = IssueOrder(
            unit=unit,
            matter="示例：督查发现问题限期整改",
            requirement="示例：报送整改措施",
            origin="inspection",
            origin_id=inspection_id,
        )
        issue_order(command, self._evaluation.uow(), self._units, self._evaluation.supervision)

    def _draw_sample(self, day: date) -> None:
        seed = f"{day:%Y%m}{self._world.chance('sample', str(day)).number(1000, 9999)}"
        draw_sample(DrawSample(seed), self._evaluation.uow(), self._evaluation.supervision)

    def _criticise(self, day: date) -> None:
        """Name a town, in the year's last document a department too; autumn's is the city's."""
        chance = self._world.chance("notice", str(day))
        named = [chance.one_of(areas().towns()).code]
        if day == _NOTICE_DAYS[-1]:
            named.append(chance.one_of([unit for unit in self._units if not unit.isdigit()]))
        for unit in named:
            command = IssueNotice(
                unit=unit,
                level="city" if day == _OF_THE_CITY else "county",
                reason="部分帮扶措施落实超期",
                document_no=f"示例通报〔{_YEAR}〕{1 + _NOTICE_DAYS.index(day)}号",
            )
            issue_notice(command, self._evaluation.uow(), self._units)


def _finding(item: CheckItem, chance: Chance) -> Finding:
    if chance.happens(rates()["supervision"]["problem_found"]):
        return Finding(item.code, "problem", "示例：督查发现的问题")
    return Finding(item.code, "good")
