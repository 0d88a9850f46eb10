"""The ledger lives: each problem is confirmed, handed over, put right, checked, looked at again."""

from datetime import date, timedelta
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import World
from services.evaluation.domain.ledger.acting import Acting
from services.evaluation.domain.ledger.parts import Plan
from services.evaluation.domain.ledger.state import Level, Source, State
from services.evaluation.service_layer.ledger.closing import LookBack, Recheck, look_back, recheck
from services.evaluation.service_layer.ledger.entering import (
    ConfirmProblem,
    EnterProblem,
    FixOnTheSpot,
    HandOverProblem,
    RejectProblem,
    confirm_problem,
    enter_problem,
    fix_on_the_spot,
    hand_over_problem,
    reject_problem,
)
from services.evaluation.service_layer.ledger.rectifying import (
    AskCloseOut,
    PlanRectification,
    RecordProgress,
    ask_close_out,
    plan_rectification,
    record_progress,
)
from shared.contracts.envelope import Envelope

_LEAD = {
    "monitoring": "县乡村振兴局",
    "data": "县乡村振兴局",
    "education": "县教体局",
    "medical": "县卫健局",
    "housing": "县住建局",
    "water": "县水利局",
    "income": "县人社局",
    "relocation": "县发改局",
    "funds": "县财政局",
    "environment": "县农业农村局",
    "style": "县纪委监委",
}
"""Who re-checks as a department; everything else is the supervision office's own."""
_CAUSES = ("late", "check", "policy_unknown", "procedure", "coordination", "maintenance")
_FED_BACK: tuple[tuple[date, Source, str, int], ...] = (
    (date(2022, 3, 15), Source.PROVINCE, "示例省反馈〔2022〕3号", 12),
    (date(2022, 6, 20), Source.AUDIT, "示例审计〔2022〕8号", 8),
    (date(2022, 9, 14), Source.PROVINCE, "示例省反馈〔2022〕21号", 8),
)
_PETITION_MONTHS = range(2, 12)
_SELF_MONTHS = (4, 8)
_LONGEST = 60


class Rectification:
    """Hears of each problem once and takes it through the ledger, step by step."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._evaluation = world.county.evaluation
        self._units = [unit.id for unit in self._evaluation.units()]

    def plan(self) -> None:
        """Take up what is entered, and have problems fed back from above and by petitioners."""
        self._world.courier.listen(self._hear)
        for day, source, paper, number in _FED_BACK:
            self._world.agenda.on(day, partial(self._feed_back, source, paper, number))
        for month in _PETITION_MONTHS:
            day = date(2022, month, self._world.chance("petition", str(month)).number(3, 25))
            self._world.agenda.on(day, partial(self._feed_back, Source.PETITION, "", 1))
        for month in _SELF_MONTHS:
            self._world.agenda.on(date(2022, month, 20), partial(self._feed_back, Source.SELF, "", 3))

    def _feed_back(self, source: Source, paper: str, number: int, day: date) -> None:
        for index in range(number):
            chance = self._world.chance("fed back", str(source), str(day), str(index))
            category = chance.one_of(sorted(self._evaluation.ledger.categories.on(day)))
            towns = chance.happens(rates()["rectification"]["of_a_town"])
            command = EnterProblem(
                unit=chance.one_of([one for one in self._units if one.isdigit() == towns]),
                source=source,
                category=category,
                text="示例：反馈的问题",
                found_on=day,
                document_no=paper,
            )
            enter_problem(command, self._evaluation.uow(), self._evaluation.ledger, self._acting(day))

    def _hear(self, event: Envelope) -> None:
        if event.fact == "evaluation.problem_registered":
            problem_id = str(event.data["problem_id"])
            chance = self._world.chance("problem", problem_id)
            self._world.agenda.after(
                self._world.today(), chance.number(1, 3), partial(self._verify, problem_id, chance)
            )

    def _verify(self, problem_id: str, chance: Chance, day: date) -> None:
        with self._evaluation.uow() as uow:
            problem = uow.problems.get(problem_id)
        acting = self._acting(day)
        if chance.happens(rates()["rectification"]["untrue"]):
            reject_problem(RejectProblem(problem_id, "示例：现场核实不属实"), self._evaluation.uow(), acting)
            return
        command = ConfirmProblem(
            problem_id, problem.unit, problem.category, problem.cause or chance.one_of(_CAUSES)
        )
        confirm_problem(command, self._evaluation.uow(), self._evaluation.ledger, acting)
        if chance.happens(rates()["rectification"]["fixed_at_once"]):
            fix_on_the_spot(
                FixOnTheSpot(problem_id, "示例：现场整改", "示例照片"), self._evaluation.uow(), acting
            )
            return
        self._hand_over(problem_id, chance, day)

    def _hand_over(self, problem_id: str, chance: Chance, day: date) -> None:
        with self._evaluation.uow() as uow:
            problem = uow.problems.get(problem_id)
        limit = day + timedelta(days=chance.number(20, _LONGEST))
        command = HandOverProblem(
            problem_id=problem_id,
            level=Level.TOWN if problem.unit.isdigit() else Level.COUNTY,
            due_on=limit,
            lead_unit=_LEAD.get(problem.category, ""),
            supervising_unit="县委督查室",
        )
        hand_over_problem(command, self._evaluation.uow(), self._evaluation.ledger, self._acting(day))
        self._world.agenda.after(day, chance.number(1, 5), partial(self._plan, problem_id, chance, limit))

    def _plan(self, problem_id: str, chance: Chance, limit: date, day: date) -> None:
        plan = Plan(measures="示例：逐条整改", target="示例：问题清零", standard="示例：县级认定")
        plan_rectification(PlanRectification(problem_id, plan), self._evaluation.uow(), self._acting(day))
        late = chance.happens(rates()["rectification"]["late"])
        days = chance.number(3, 25) if late else -chance.number(6, 15)
        self._world.agenda.on(
            max(limit + timedelta(days=days), day), partial(self._finish, problem_id, chance)
        )

    def _finish(self, problem_id: str, chance: Chance, day: date) -> None:
        acting = self._acting(day)
        progress = RecordProgress(problem_id, day, "示例：已按方案整改", "示例佐证")
        record_progress(progress, self._evaluation.uow(), acting)
        asked = AskCloseOut(problem_id, day, "示例：建立长效机制")
        ask_close_out(asked, self._evaluation.uow(), self._evaluation.ledger, acting)
        self._world.agenda.after(day, chance.number(1, 3), partial(self._recheck, problem_id, chance))

    def _recheck(self, problem_id: str, chance: Chance, day: date) -> None:
        """Pass the stages one after the other; the last may send it back, once."""
        with self._evaluation.uow() as uow:
            problem = uow.problems.get(problem_id)
        passed = {check.stage for check in problem.checks if check.round == problem.round}
        stages = [stage for stage in problem.stages if stage not in passed]
        poor = problem.round == 1 and chance.happens(rates()["rectification"]["sent_back"])
        for stage in stages:
            good = not (poor and stage is stages[-1])
            command = Recheck(problem_id, stage, good, "" if good else "示例：整改不到位")
            recheck(command, self._evaluation.uow(), self._acting(day))
        if poor:
            self._world.agenda.after(day, chance.number(3, 8), partial(self._finish, problem_id, chance))
        else:
            self._world.agenda.after(day, chance.number(20, 85), partial(self._look_back, problem_id, chance))

    def _look_back(self, problem_id: str, chance: Chance, day: date) -> None:
        held = not chance.happens(rates()["rectification"]["came_back"])
        command = LookBack(problem_id, held, "" if held else "示例：问题反弹")
        look_back(command, self._evaluation.uow(), self._evaluation.ledger, self._acting(day))
        with self._evaluation.uow() as uow:
            back = uow.problems.get(problem_id).state is State.REOPENED
        if back:
            self._hand_over(problem_id, chance, day)

    def _acting(self, day: date) -> Acting:
        return Acting(day, by="sim-county")
