"""Dispatch: progress at month end, quarterly meetings and their decisions, demonstration sites."""

from collections import defaultdict
from datetime import date, timedelta
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import World
from services.evaluation.domain.dispatch.action import Quarter
from services.evaluation.domain.dispatch.progress import Problem
from services.evaluation.domain.dispatch.site import Elements
from services.evaluation.service_layer.dispatch.meeting import Decision, HoldMeeting, hold_meeting
from services.evaluation.service_layer.dispatch.progress import (
    FileProgress,
    ReturnProgress,
    file_progress,
    return_progress,
)
from services.evaluation.service_layer.dispatch.site import (
    RegisterSite,
    SetElements,
    register_sites,
    set_elements,
    site_id_of,
)
from services.evaluation.service_layer.dispatch.undertaking import (
    EndUndertaking,
    Kind,
    MakeUndertaking,
    end_undertakings,
    make_undertakings,
)
from shared.areas import areas
from shared.contracts.envelope import Envelope
from shared.kernel.money import fen

_YEAR = 2022
_MEETINGS = (date(_YEAR, 3, 29), date(_YEAR, 6, 28), date(_YEAR, 9, 28), date(_YEAR, 12, 20))
_SITES_CHOSEN, _SITES_SETTLED = date(_YEAR, 3, 10), date(_YEAR, 4, 20)
_PROJECTS_AGREED = date(_YEAR, 3, 1)
_COMPLAINT_DAYS = 7
_PROJECTS_OF = (
    "县交通运输局",
    "县自然资源局",
    "县林业局",
    "县工信局",
    "县农业农村局",
    "县水利局",
    "县住建局",
)


class Dispatch:
    """Hears what progress is owed; the rest has its days."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._evaluation = world.county.evaluation
        self._units = [unit.id for unit in self._evaluation.units()]
        self._ending: dict[date, list[str]] = defaultdict(list)

    def plan(self) -> None:
        """Put the year of dispatch on the calendar."""
        self._world.courier.listen(self._hear)
        for day in _MEETINGS:
            self._world.agenda.on(day, self._meet)
        self._world.agenda.on(_PROJECTS_AGREED, self._agree_projects)
        self._world.agenda.on(_SITES_CHOSEN, self._choose_sites)
        for month in range(1, 13):
            self._world.agenda.on(date(_YEAR, month, 12), self._complaints)

    # --- months --------------------------------------------------------------------------------------

    def _hear(self, event: Envelope) -> None:
        if event.fact != "evaluation.progress_due":
            return
        report_id = str(event.data["report_id"])
        chance = self._world.chance("progress", report_id)
        if chance.happens(rates()["dispatch"]["month_missing"]):
            return
        late = chance.happens(rates()["dispatch"]["month_late"])
        days = chance.number(1, 8) if late else -chance.number(0, 3)
        due_on = date.fromisoformat(str(event.data["due_on"]))
        act = partial(self._tell, report_id, due_on, chance)
        self._world.agenda.on(due_on + timedelta(days=days), act)

    def _tell(self, report_id: str, due_on: date, chance: Chance, day: date) -> None:
        due = chance.number(4, 12)
        trouble = chance.happens(rates()["dispatch"]["trouble"])
        problem = Problem("示例：用地手续未办结", chance.one_of(self._units), due_on + timedelta(days=30))
        command = FileProgress(
            report_id=report_id,
            on=day,
            tasks_due=due,
            tasks_done=due - trouble,
            money_fen=fen(chance.number(0, 900_000)),
            problems=(problem,) if trouble else (),
            next_month="示例：按计划推进",
            by="sim-unit",
        )
        file_progress(command, self._evaluation.uow(), self._units)
        if chance.happens(rates()["dispatch"]["month_returned"]):
            self._world.agenda.after(day, 1, partial(self._return, report_id, due_on, chance))

    def _return(self, report_id: str, due_on: date, chance: Chance, day: date) -> None:
        return_progress(
            ReturnProgress(report_id=report_id, on=day, reason="示例：缺少支出数"), self._evaluation.uow()
        )
        self._world.agenda.after(day, 1, partial(self._tell, report_id, due_on, chance))

    # --- quarters ------------------------------------------------------------------------------------

    def _meet(self, day: date) -> None:
        """Hold the quarter's meeting; what it decides is ordered, and done in time or not."""
        chance = self._world.chance("meeting", str(day))
        actions = self._evaluation.dispatch.actions_on(day)
        due_on = min(day + timedelta(days=30), date(_YEAR, 12, 29))
        decisions = tuple(
            Decision(action.code, unit, due_on, "示例：限期解决会上提出的问题")
            for action in actions
            for unit in sorted({action.lead, chance.one_of(self._units)})
        )
        left_out = chance.happens(rates()["dispatch"]["meeting_without_one"])
        command = HoldMeeting(
            quarter=str(Quarter.of(day)),
            actions=[action.code for action in actions][: len(actions) - left_out],
            held_on=day,
            minutes="示例：会议纪要",
            attended="各镇、县级有关部门",
            decisions=decisions,
            by="sim-county",
        )
        evaluation = self._evaluation
        kept = hold_meeting(
            command, evaluation.uow(), evaluation.dispatch, evaluation.supervision, self._units
        )
        self._end_some(kept.decision_ids, due_on)

    # --- projects, complaints, tasks of sites: what units have undertaken ------------------------------

    def _agree_projects(self, day: date) -> None:
        due_on = date(_YEAR, 11, 30)
        commands = [
            self._undertaking("project", unit, day, due_on)
            for unit in self._units
            if unit.isdigit() or unit in _PROJECTS_OF
        ]
        self._undertake(commands, due_on)

    def _complaints(self, day: date) -> None:
        chance = self._world.chance("complaint", str(day))
        towns = [unit for unit in self._units if unit.isdigit()]
        some = [unit for unit in towns if chance.happens(rates()["dispatch"]["complaint"])]
        due_on = day + timedelta(days=_COMPLAINT_DAYS)
        some += ["县委宣传部"] if day.month % 3 == 0 else []
        self._undertake([self._undertaking("complaint", unit, day, due_on) for unit in some], due_on)

    def _undertaking(
        self, kind: Kind, unit: str, day: date, due_on: date, *, lead: str = "", source_id: str = ""
    ) -> MakeUndertaking:
        return MakeUndertaking(
            kind=kind,
            text="示例：按期办结",
            unit=unit,
            made_on=day,
            due_on=due_on,
            lead=lead,
            source_id=source_id,
        )

    def _undertake(self, commands: list[MakeUndertaking], due_on: date) -> None:
        self._end_some(make_undertakings(commands, self._evaluation.uow(), self._units), due_on)

    def _end_some(self, ids: tuple[str, ...], due_on: date) -> None:
        """Have each end in time or late; some never do."""
        for one in ids:
            chance = self._world.chance("undertaking", one)
            if chance.happens(rates()["dispatch"]["never_done"]):
                continue
            late = chance.happens(rates()["dispatch"]["done_late"])
            day = due_on + timedelta(days=chance.number(1, 15) if late else -chance.number(0, 4))
            if not self._ending[day]:
                self._world.agenda.on(day, self._end)
            self._ending[day].append(one)

    def _end(self, day: date) -> None:
        done = [
            EndUndertaking(undertaking_id=one, on=day, result="示例：已办结") for one in self._ending.pop(day)
        ]
        end_undertakings(done, self._evaluation.uow())

    # --- demonstration sites -------------------------------------------------------------------------

    def _choose_sites(self, day: date) -> None:
        chosen, tasks = [], []
        for action in self._evaluation.dispatch.actions_on(day):
            for town in ("", *(one.id for one in self._evaluation.towns)):
                chance = self._world.chance("site", action.code, town)
                if chance.happens(rates()["dispatch"]["site_missing"]):
                    continue
                village = chance.one_of(areas().villages(town or None))
                site_id = site_id_of(_YEAR, action.code, town)
                chosen.append(
                    RegisterSite(
                        site_id=site_id, name=f"示例：{village.name}示范点", area_code=village.code, on=day
                    )
                )
                unit = village.code[:9]
                due_on = date(_YEAR, 10, 31)
                tasks.append(
                    self._undertaking("site_task", unit, day, due_on, lead=action.lead, source_id=site_id)
                )
        register_sites(chosen, self._evaluation.uow())
        self._undertake(tasks, date(_YEAR, 10, 31))
        self._world.agenda.on(_SITES_SETTLED, partial(self._settle_sites, [one.site_id for one in chosen]))

    def _settle_sites(self, site_ids: list[str], day: date) -> None:
        for site_id in site_ids:
            whole = not self._world.chance("elements", site_id).happens(
                rates()["dispatch"]["element_missing"]
            )
            elements = Elements(
                "示例标准", "示例责任单位", "示例管护制度", date(_YEAR, 10, 31) if whole else None
            )
            set_elements(SetElements(site_id=site_id, on=day, elements=elements), self._evaluation.uow())
