from datetime import date, timedelta

import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.bootstrap import bootstrap
from services.evaluation.domain.dispatch.undertaking import Undertaking
from services.evaluation.domain.field_work.work_entry import WorkEntry
from services.evaluation.service_layer.order import IssueOrder, WithdrawOrder, issue_order, withdraw_order
from services.evaluation.service_layer.publishing import publish
from shared.kernel.clock import SetClock, at_hour, day_of
from shared.kernel.ids import SeededIds
from tests.evaluation.domain.ledger.made import FOUND, acting, entered
from tests.evaluation.samples import TODAY

TOWN = "610327109"
ISSUED, YEAR_END = date(2022, 12, 20), date(2022, 12, 31)


def dropped():
    about = {"undertaking_id": "u1", "kind": "decision", "text": "修渠", "unit": TOWN}
    one = Undertaking.make(**about, made_on=ISSUED, due_on=date(2022, 12, 28))
    one.drop("取消", on=TODAY)
    return one


def withdrawn():
    entry = WorkEntry(id="e1", kind="article", unit=TOWN, area_code=TOWN, done_on=ISSUED)
    entry.withdraw(on=TODAY)
    return entry


def rejected():
    problem = entered()
    problem.reject("查无此事", acting("evaluator", on=TODAY))
    return problem


@pytest.mark.parametrize(
    ("made", "name", "expected"),
    [
        (dropped, "evaluation.undertaking_dropped.v1", ISSUED),
        (withdrawn, "evaluation.work_withdrawn.v1", ISSUED),
        (rejected, "evaluation.problem_rejected.v1", FOUND),
    ],
)
def test_what_never_counted_is_so_from_its_first_day(made, name, expected):
    """Said in January of something of the year before, it is true from the day of what it is about."""
    told = [event for fact in made().facts for event in publish(fact)]
    assert [expected] == [event.occurred_on for event in told if event.type == name]


def test_an_order_withdrawn_in_january_leaves_the_year_before(service):
    """Not answered it was lost at the year's end; withdrawn it is on no account, known since that day."""
    clock = SetClock(at_hour(ISSUED, 9))
    office = bootstrap(service.settings, clock=clock, ids=SeededIds("order"))
    command = IssueOrder(unit=TOWN, matter="饮水")
    order = issue_order(command, office.uow(), [TOWN], office.supervision)
    clock.set(at_hour(TODAY, 9))

    def owed(known_at):
        line = office.scores.board(YEAR_END, known_at).unit(TOWN).line("I37-2")
        return line.numerator, line.denominator

    assert (0, 1) == owed(TODAY)
    withdraw_order(WithdrawOrder(order_id=order, reason="误发"), office.uow())
    assert [(0, 0), (0, 1)] == [owed(known_at) for known_at in (TODAY, TODAY - timedelta(days=1))]
    (told,) = office.reads.search(JournalSearch(fact="evaluation.order_withdrawn"), limit=9)
    assert (ISSUED.isoformat(), TODAY) == (told.occurred_on, day_of(told.envelope.time))
    office.engine.dispose()
