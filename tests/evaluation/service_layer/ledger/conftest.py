from datetime import date

import pytest

from services.evaluation.domain.ledger.acting import Acting
from services.evaluation.domain.ledger.parts import Plan
from services.evaluation.domain.ledger.state import Level, Source
from services.evaluation.service_layer.ledger.closing import Recheck, recheck
from services.evaluation.service_layer.ledger.entering import (
    ConfirmProblem,
    EnterProblem,
    HandOverProblem,
    confirm_problem,
    enter_problem,
    hand_over_problem,
)
from services.evaluation.service_layer.ledger.rectifying import (
    AskCloseOut,
    PlanRectification,
    RecordProgress,
    ask_close_out,
    plan_rectification,
    record_progress,
)
from tests.evaluation.samples import TODAY

TOWN, LEAD = "610327109", "县住建局"


class Office:
    """The supervision office at work: whole commands against a service, as on *day*."""

    def __init__(self, service, day=TODAY):
        self.service = service
        self.day = day

    @property
    def acting(self):
        return Acting(self.day, "pinggu")

    def problem(self, problem_id):
        with self.service.uow() as uow:
            return uow.problems.get(problem_id)

    def enter(self, found_on=date(2022, 12, 1), **about):
        values = {"unit": TOWN, "source": Source.PROVINCE, "category": "housing", **about}
        command = EnterProblem(text="房屋漏雨", found_on=found_on, **values)
        return enter_problem(command, self.service.uow(), self.service.ledger, self.acting)

    def confirm(self, problem_id, unit=TOWN, cause="late"):
        command = ConfirmProblem(problem_id, unit, "housing", cause)
        confirm_problem(command, self.service.uow(), self.service.ledger, self.acting)

    def hand_over(self, problem_id):
        command = HandOverProblem(problem_id, Level.TOWN, self.day, LEAD)
        hand_over_problem(command, self.service.uow(), self.service.ledger, self.acting)

    def rectify(self, problem_id):
        uow, policy = self.service.uow(), self.service.ledger
        plan_rectification(PlanRectification(problem_id, Plan("翻修", "不漏", "验收")), uow, self.acting)
        record_progress(RecordProgress(problem_id, self.day, "已完工"), uow, self.acting)
        ask_close_out(AskCloseOut(problem_id, self.day), uow, policy, self.acting)

    def check(self, problem_id, *, passed=True):
        stage = self.problem(problem_id).due_stage
        recheck(Recheck(problem_id, stage, passed, "看过"), self.service.uow(), self.acting)

    def closed(self, **about):
        """Return the id of a problem that went all the way."""
        problem_id = self.enter(**about)
        self.confirm(problem_id)
        self.hand_over(problem_id)
        self.rectify(problem_id)
        while self.problem(problem_id).due_stage:
            self.check(problem_id)
        return problem_id

    def told(self, problem_id):
        """Return the kinds of events told of a problem, with their bodies."""
        with self.service.uow() as uow:
            every = [one for one in uow.journal.every() if one.data.get("problem_id") == problem_id]
        return [(one.fact.split(".")[1], one.data) for one in every]


@pytest.fixture(name="office")
def _office(service):
    return Office(service)
