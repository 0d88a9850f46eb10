from datetime import date
from decimal import Decimal

from services.finance.service_layer import project as commands
from services.finance.service_layer.step import TakeStep

DAY = date(2022, 4, 1)


def test_the_days_that_follow_from_the_policy(service, outbox):
    """Arranged on 1 April it starts by 1 May; completed it is accepted within thirty days."""
    uow, policy = service.uow, service.project_policy
    one = commands.propose_project(
        commands.ProposeProject(
            area_code="610327102200",
            on=DAY,
            project_no="X1",
            name="示例",
            year=2022,
            kind="industry",
            unit="610327102",
            planned_fen=1,
        ),
        uow(),
    )
    for review in ("compliance", "science", "feasibility"):
        commands.sign_review(commands.SignReview(id=one, on=DAY, review=review, paper_no="1"), uow())
    commands.enter_project(commands.EnterProject(id=one, on=DAY), uow())
    commands.agree_benefit(
        commands.AgreeBenefit(id=one, on=DAY, modes=("work",), ratio=Decimal("5.5")), uow()
    )
    commands.arrange_project(TakeStep(id=one, on=DAY), uow(), policy)
    commands.start_project(TakeStep(id=one, on=DAY), uow())
    commands.record_progress(commands.RecordProgress(id=one, on=DAY, percent=30), uow())
    commands.complete_project(TakeStep(id=one, on=DAY), uow(), policy)
    commands.accept_project(TakeStep(id=one, on=DAY), uow())
    events = {event.type.split(".")[1]: event.data for event in outbox()}
    assert ("2022-05-01", "2022-05-01") == (
        events["project_arranged"]["due_on"],
        events["project_completed"]["due_on"],
    )
    assert ["compliance", "feasibility", "science"] == events["project_entered"]["papers"]
    assert ("5.5", 30) == (events["project_benefit_agreed"]["ratio"], events["project_progressed"]["percent"])
    assert "name" not in events["project_entered"]


def test_dropped_before_work_began(service, outbox):
    """What left the library is told."""
    proposal = commands.ProposeProject(
        project_no="1",
        name="示例",
        year=2022,
        kind="other",
        unit="610327102",
        area_code="610327102",
        on=DAY,
        planned_fen=1,
    )
    one = commands.propose_project(proposal, service.uow())
    commands.drop_project(TakeStep(id=one, on=DAY), service.uow())
    assert ["finance.project_dropped.v1"] == [event.type for event in outbox()]
