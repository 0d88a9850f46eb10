import json
import shutil
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from services.monitoring.adapters.tables import measure_answers, messages, timeline
from services.monitoring.bootstrap import bootstrap
from services.monitoring.domain.measure import MeasureStatus
from services.monitoring.service_layer import measure as measures
from services.monitoring.settings import Settings
from shared.contracts.employment import v1 as employment
from shared.contracts.envelope import Envelope
from shared.contracts.finance import v1 as finance
from shared.kernel.clock import SetClock, at_hour
from shared.kernel.ids import SeededIds
from shared.messaging.intake import take_in
from shared.persistence.engine import reading
from tests.monitoring.case_kit import case_of, registered, to_monitored, told
from tests.monitoring.kit import VILLAGE

NOW = datetime(2022, 9, 1, tzinfo=UTC)
MODELS = (
    employment.MeasureAccepted,
    employment.MeasureDelivered,
    employment.MeasureDeclined,
    finance.MeasureAccepted,
    finance.MeasureDelivered,
    finance.MeasureDeclined,
)


def started(path):
    clock = SetClock(at_hour(date(2022, 7, 1), 10))
    url = f"sqlite:///{path}/m.db"
    return bootstrap(Settings(database_url=url), clock=clock, ids=SeededIds("answers")), clock


def prepared(path):
    """Return a service with one household's plan asked for, case, household, and the requests by service."""
    service, clock = started(path)
    service.upgrade_database()
    case_id = case_of(service, registered(service))
    to_monitored(service, clock, case_id)
    measures.plan_measures(measures.PlanMeasures(case_id=case_id), service.uow(), service.measure_rules)
    asked = measures.request_measures(
        measures.RequestMeasures(case_id=case_id), service.uow(), service.measure_rules, service.case_policy
    )
    with service.uow() as uow:
        household_id = uow.cases.get(case_id).household_id
    return service, case_id, household_id, {measure.service: measure.id for measure in asked}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A prepared database to copy, with household and requests."""
    path = tmp_path_factory.mktemp("template")
    service, _, household_id, asked = prepared(path)
    service.engine.dispose()
    return path / "m.db", household_id, asked


def copied(template_file, path):
    shutil.copy(template_file, path / "m.db")
    return started(path)[0]


@pytest.fixture
def county(tmp_path):
    made = prepared(tmp_path)
    yield made
    made[0].engine.dispose()


def event(model, measure_id: str, household_id: str, *, key: str, on: date = date(2022, 8, 1)) -> Envelope:
    extra = {"by": "x1"} if "by" in model.model_fields else {}
    extra |= {"reason": "no_vacancy"} if "reason" in model.model_fields else {}
    body = model(occurred_on=on, household_id=household_id, area_code=VILLAGE, measure_id=measure_id, **extra)
    return Envelope.seal(body, ids=lambda: key, at=NOW)


def taken(service, *batch: Envelope):
    return take_in(batch, service.uow(), service.reader, at=NOW)


def test_a_delivery_updates_the_plan(county):
    """Employment's delivery shows in the plan and is told as caused by that event."""
    service, case_id, household_id, asked = county
    delivered = event(employment.MeasureDelivered, asked["employment"], household_id, key="e1")
    taken(service, delivered)
    with service.uow() as uow:
        status = {one.id: one.status for one in uow.plans.get(case_id).measures}
    assert MeasureStatus.DELIVERED == status[asked["employment"]]
    with reading(service.engine) as connection:
        query = select(messages.outbox.c.envelope).where(messages.outbox.c.type.like("%measure_recorded%"))
        (told_on,) = [json.loads(text) for text in connection.execute(query).scalars()]
    assert ("e1", "delivered", 4) == (
        told_on["causationid"],
        told_on["data"]["status"],
        told_on["data"]["version"],
    )


def test_a_refusal_says_why(county):
    """Finance's refusal is told with its reason, and the measure waits to be re-planned."""
    service, case_id, household_id, asked = county
    taken(service, event(finance.MeasureDeclined, asked["finance"], household_id, key="e1"))
    (recorded,) = told(service, "measure_recorded")
    assert ("declined", "no_vacancy") == (recorded["status"], recorded["reason"])
    with service.uow() as uow:
        assert [asked["finance"]] == [one.id for one in uow.plans.get(case_id).to_replan]


@pytest.mark.parametrize(
    ("measure", "household"),
    [("nobody", None), ("monitoring", None), ("finance", None), ("employment", "h9")],
)
def test_an_answer_nobody_asked_for(county, measure, household):
    """An unknown measure, one of another service, or household, is set aside; nothing changes."""
    service, _, household_id, asked = county
    wrong = event(
        employment.MeasureDelivered, asked.get(measure, measure), household or household_id, key="e1"
    )
    assert ["e1"] == taken(service, wrong).set_aside
    assert [] == told(service, "measure_recorded")


def state(service) -> tuple[list, list, list]:
    """Return what was kept and what is told, without the instants."""
    columns = [column for column in measure_answers.c if column.name != "at"]
    with reading(service.engine) as connection:
        kept = connection.execute(select(*columns).order_by(measure_answers.c.id)).all()
        query = select(messages.outbox.c.id).where(messages.outbox.c.type.like("%measure_recorded%"))
        published = sorted(connection.execute(query).scalars())
        seen = select(timeline.c.event_id).where(timeline.c.type.like("%.measure_%"))
        lines = sorted(connection.execute(seen).scalars())
    return [tuple(row) for row in kept], published, lines


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    given_answers=st.lists(
        st.tuples(st.sampled_from(MODELS), st.dates(date(2022, 7, 9), date(2022, 9, 1))),
        min_size=1,
        max_size=8,
    ),
    data=st.data(),
)
def test_any_order_repetition_and_batching(template, tmp_path_factory, given_answers, data):
    """However the answers are shuffled, repeated and batched, what is kept and what is told are the same."""
    file, household_id, asked = template
    straight = copied(file, tmp_path_factory.mktemp("straight"))
    shuffled = copied(file, tmp_path_factory.mktemp("shuffled"))
    events = [
        event(model, asked[model.type.split(".")[0]], household_id, key=f"e{number}", on=day)
        for number, (model, day) in enumerate(given_answers)
    ]
    taken(straight, *events)
    rest = data.draw(st.permutations(events + events[: len(events) // 2]))
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        taken(shuffled, *rest[:size])
        rest = rest[size:]

    assert state(straight) == state(shuffled)
    with straight.uow() as one, shuffled.uow() as other:
        case_id = next(iter(one.plans.requests([asked["finance"]]).values()))[0].case_id
        assert one.plans.get(case_id) == other.plans.get(case_id)
    straight.engine.dispose()
    shuffled.engine.dispose()
