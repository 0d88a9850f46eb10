import itertools
from datetime import date

import pytest

from services.finance.domain.project import ProjectNotFoundError
from services.finance.service_layer.fund import (
    ArrangeFund,
    MoveFund,
    arrange_fund,
    issue_fund,
    pay_fund,
    withdraw_fund,
)
from services.finance.service_layer.project import ProposeProject, propose_project
from services.finance.service_layer.step import TakeStep

DAY = date(2022, 6, 1)


_numbers = itertools.count(1)


def arrange(service, **other):
    about = {
        "area_code": "610327",
        "on": date(2022, 1, 20),
        "line_no": f"Z{next(_numbers)}",
        "year": 2022,
        "source": "county",
        "amount_fen": 1000,
        "unit": "县财政局",
    }
    return arrange_fund(ArrangeFund(**{**about, **other}), service.uow(), service.project_policy)


def test_arranged_issued_and_paid(service, outbox):
    """Each movement tells its own amount and the sum so far."""
    fund = arrange(service)
    issue_fund(MoveFund(id=fund, on=DAY, amount_fen=400), service.uow())
    issue_fund(MoveFund(id=fund, on=DAY, amount_fen=600), service.uow())
    pay_fund(MoveFund(id=fund, on=DAY, amount_fen=700), service.uow())
    events = outbox()
    assert ["2022-04-30", 400, 1000, 700] == [
        events[0].data["due_on"],
        events[1].data["issued_fen"],
        events[2].data["issued_fen"],
        events[3].data["paid_fen"],
    ]
    assert {fund} == {event.subject for event in events}


def test_money_for_a_project_lies_where_it_lies(service, outbox):
    """Place and kind are the project's, whatever else was typed; an unknown project is refused."""
    project = propose_project(
        ProposeProject(
            area_code="610327102200",
            on=DAY,
            project_no="X1",
            name="示例",
            year=2022,
            kind="industry",
            unit="610327102",
            planned_fen=1,
        ),
        service.uow(),
    )
    arrange(service, project_id=project, on=DAY)
    assert ("610327102200", True) == (outbox()[0].data["area_code"], outbox()[0].data["industry"])
    with pytest.raises(ProjectNotFoundError):
        arrange(service, project_id="nothing")


def test_a_withdrawn_line_is_not_in_the_register(service):
    """The register adds up what is arranged, by project or by area and year, without what was taken back."""
    withdraw_fund(TakeStep(id=arrange(service), on=DAY), service.uow())
    arrange(service, area_code="610327102200", amount_fen=70)
    arrange(service, area_code="610327112200", amount_fen=5)
    arrange(service, area_code="610327112200", amount_fen=9, year=2021)
    with service.uow() as uow:
        sums = [
            uow.funds.arranged(year=2022, area_code=code, project_id="")
            for code in ("610327", "610327102", "610327112")
        ]
    assert [75, 70, 5] == sums
