from services.monitoring.service_layer.clue import ReportClue, VerifyClue, report_clue, verify_clue
from tests.monitoring.kit import DAY


def report(service, household, on=DAY):
    command = ReportClue(household_id=household, risk="100A27001", source="01", on=on)
    return report_clue(command, service.uow(), service.clue_policy)


def test_overdue_clue_is_red(as_person, service, household):
    """A clue past its day waits on top, marked red in words too."""
    report(service, household)
    page = as_person("shangcha").get("/").text
    assert '<span class="badge red">已逾期</span>' in page


def test_clue_of_today_is_near(as_person, service, household):
    """A clue reported today has time, but not much."""
    report(service, household, on=service.clock().date())
    page = as_person("shangcha").get("/").text
    assert '<span class="badge grey">已逾期 0</span>' in page
    assert "入户核实线索：因病" in page


def test_case_waits_for_whose_step_it_is(as_person, service, household):
    """A new case waits for the village, not yet for the county."""
    clue = report(service, household)
    case_id = verify_clue(VerifyClue(clue_id=clue, outcome="risk", on=DAY), service.uow())
    assert f"/cases/{case_id}" in as_person("shangcha").get("/").text
    assert f"/cases/{case_id}" not in as_person("county").get("/").text


def test_nothing_waits_elsewhere(as_person, service, household):
    """Another village has nothing to do with it."""
    report(service, household)
    assert "目前没有待办事项" in as_person("chaijia").get("/").text


def test_nobody_is_turned_away_at_the_door(as_person, service, household):
    """Evaluator and operator get a page too, with nothing that waits for them."""
    report(service, household)
    for login in ("pinggu", "yunwei"):
        assert "目前没有待办事项" in as_person(login).get("/").text
