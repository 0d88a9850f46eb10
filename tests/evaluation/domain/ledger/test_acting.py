import pytest

from services.evaluation.domain.ledger.acting import may, require_may
from services.evaluation.domain.ledger.errors import NotYoursError
from services.evaluation.domain.ledger.state import Level, State, Step
from tests.evaluation.domain.ledger import made
from tests.evaluation.domain.ledger.made import LEAD, OWNER, TOWN, acting, at

EVALUATOR, COUNTY = acting("evaluator"), acting("county")
THE_TOWN, OTHER_TOWN = acting("town", TOWN), acting("town", "610327101")
THE_LEAD, OTHER_DEPARTMENT = acting("department", LEAD), acting("department", OWNER)
ITS_VILLAGE = acting("village", TOWN, area="610327109203")
OTHER_VILLAGE = acting("village", TOWN, area="610327109204")
EVERYBODY = (
    EVALUATOR, COUNTY, THE_TOWN, OTHER_TOWN, THE_LEAD, OTHER_DEPARTMENT, ITS_VILLAGE, OTHER_VILLAGE
)  # fmt: skip


def who(problem, step):
    return [one for one in EVERYBODY if may(problem, step, one)]


@pytest.mark.parametrize("step", ["confirm", "reject", "fix_on_the_spot", "hand_over", "look_back", "reopen"])
def test_the_office_decides(step):
    """Confirming, handing over, looking back and reopening are the supervision office's and the county's."""
    assert [EVALUATOR, COUNTY] == who(at(State.REGISTERED), Step(step))


@pytest.mark.parametrize("step", ["plan", "send_up", "ask_close_out"])
def test_the_responsible_unit_answers(step):
    """Plan and close-out are for the responsible unit alone: no other town, not the lead department."""
    assert [THE_TOWN] == who(at(State.HANDED_OVER), Step(step))


def test_a_village_records_its_progress():
    """The village of a village problem may record progress, another village may not."""
    problem = at(State.CONFIRMED, area_code="610327109203")
    made.hand_over(problem, level=Level.VILLAGE)
    assert [THE_TOWN, ITS_VILLAGE] == who(problem, Step.PROGRESS)


def test_each_stage_has_its_checker():
    """Own check by the unit, then the lead department, then the county; nobody checks out of turn."""
    problem = at(State.CLOSE_OUT_ASKED)
    seen = []
    while problem.due_stage:
        seen.append(who(problem, Step.APPROVE))
        made.STEPS["approve"](problem)
    assert [[THE_TOWN], [THE_LEAD], [EVALUATOR, COUNTY]] == seen


def test_a_town_checks_its_village():
    """Of a village problem the village itself or the town makes the own check, then the town alone."""
    problem = at(State.CONFIRMED, area_code="610327109203")
    made.hand_over(problem, level=Level.VILLAGE)
    made.make_plan(problem)
    made.progress(problem)
    made.ask(problem)
    assert [THE_TOWN, ITS_VILLAGE] == who(problem, Step.APPROVE)
    made.STEPS["approve"](problem)
    assert [THE_TOWN] == who(problem, Step.SEND_BACK)


def test_the_refusal_names_who_it_is_for():
    """Whoever is refused is told whose step it is."""
    with pytest.raises(NotYoursError) as refused:
        require_may(at(State.HANDED_OVER), Step.PLAN, OTHER_TOWN)
    assert "责任单位" in refused.value.text()
