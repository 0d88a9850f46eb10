from datetime import date
from typing import Any

from services.finance.domain.cooperative import Distribution
from services.finance.service_layer import cooperative as commands
from services.finance.service_layer.step import TakeStep

DAY = date(2022, 6, 1)
HERE: dict[str, Any] = {"area_code": "610327102200", "on": DAY}


def test_loans_of_an_association(service, outbox):
    """Answered within fifteen days; granted and repaid, refused, taken back: the reason is told."""
    uow, policy = service.uow, service.project_policy
    loans = [
        commands.apply_to_association(
            commands.ApplyToAssociation(**HERE, association="示例协会", member_no=str(number), amount_fen=5),
            uow(),
            policy,
        )
        for number in range(3)
    ]
    commands.grant_association_loan(TakeStep(id=loans[0], on=DAY), uow())
    commands.repay_association_loan(TakeStep(id=loans[0], on=DAY), uow())
    refused = commands.RefuseAssociationLoan(id=loans[1], on=DAY, reason="use")
    commands.refuse_association_loan(refused, uow())
    commands.withdraw_association_loan(TakeStep(id=loans[2], on=DAY), uow())
    events = outbox()
    assert "2022-06-16" == events[0].data["due_on"]
    assert [None, "use", "withdrawn"] == [event.data.get("reason") for event in events[3:]]
    assert "member_no" not in events[0].data


def test_a_stations_income(service, outbox):
    """Recorded and distributed; the share for wages of the policy decides whether it was by the rule."""
    recorded = commands.RecordStationIncome(**HERE, station_no="G1", period="2021", income_fen=1000)
    one = commands.record_station_income(recorded, service.uow(), service.project_policy)
    spent = Distribution(799, 0, 201, decided=True, announced=True)
    command = commands.DistributeIncome(id=one, on=DAY, spent=spent)
    commands.distribute_income(command, service.uow(), service.project_policy)
    assert ("2022-07-31", False, True) == (
        outbox()[0].data["due_on"],
        outbox()[1].data["by_rule"],
        outbox()[1].data["announced"],
    )


def test_firms_projects(service, outbox):
    """One is recognised and begins, one is not recognised; both are decisions."""
    uow = service.uow
    about: dict[str, Any] = {"firm": "示例厂", "name": "示例", "kind": "business", "amount_fen": 5}
    first, second = (
        commands.apply_for_firm_project(
            commands.ApplyForFirmProject(**HERE, **about), uow(), service.project_policy
        )
        for _ in range(2)
    )
    commands.recognise_firm_project(TakeStep(id=first, on=DAY), uow())
    commands.reject_firm_project(TakeStep(id=second, on=DAY), uow())
    commands.land_firm_project(TakeStep(id=first, on=DAY), uow())
    events = outbox()
    assert ("2022-06-30", True, False) == (
        events[0].data["due_on"],
        events[2].data["recognised"],
        events[3].data["recognised"],
    )
    assert "firm" not in events[0].data
