"""Sample inspections through the commands, and what their findings lead to."""

from datetime import date

import pytest

from services.monitoring.domain.sample.draw import digest_of, draw
from services.monitoring.domain.screening_errors import (
    SampleFindingError,
    SampleInspectedError,
    SampleOpenError,
)
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.sample import (
    CloseSample,
    DrawSample,
    FreezeSampleList,
    InspectHousehold,
    close_sample,
    draw_sample,
    freeze_sample_list,
    inspect_household,
)
from shared.kernel.clock import day_of
from shared.kernel.ids import derived_id
from tests.monitoring.case_kit import case_of, registered, to_monitored, told
from tests.monitoring.kit import family, person, son, wife


@pytest.fixture
def three(service, clock):
    """A monitored household and two others."""
    monitored = registered(service)
    to_monitored(service, clock, case_of(service, monitored))
    others = []
    for number in (2, 3):
        people = tuple(who(number=10 + number) for who in (person, wife, son))
        command = family(f"H00{number}", persons=people)
        others.append(register_household(command, service.uow(), service.checks))
    return monitored, *others


def frozen(service):
    return freeze_sample_list(FreezeSampleList(title="三季度抽样"), service.uow(), service.sample_policies)


def drawn(service):
    inspection_id = frozen(service)
    draw_sample(DrawSample(inspection_id=inspection_id, seed="20220801"), service.uow())
    return inspection_id


def inspect(service, inspection_id, household, **given):
    command = InspectHousehold(
        sampled_id=derived_id("sampled", inspection_id, household),
        on=day_of(service.clock()),
        **given,
    )
    inspect_household(command, service.uow(), service.clue_policy, service.screening_policy)


def test_the_draw_can_be_repeated(service, three):
    """List and seed as kept give the sample that is kept, and the digest is the list's."""
    inspection_id = drawn(service)
    with service.uow() as uow:
        one = uow.samples.get(inspection_id)
        listed = uow.samples.list_of(inspection_id)
        left = uow.sampled.left_of(inspection_id)
    assert one.list_digest == digest_of(listed)
    assert {"monitored": 1, "other": 2} == {
        stratum: sum(line.stratum == stratum for line in listed) for stratum in ("monitored", "other")
    }
    # One monitored (of one) and a hundredth of two, rounded up.
    assert (2, 2) == (one.size, left)
    assert three[0] in {line.household_id for line in draw(listed, one.seed, one.quotas)}


def test_later_changes_do_not_move_the_list(service, three):
    """A household registered after the freeze is not drawn from."""
    inspection_id = frozen(service)
    people = tuple(who(number=20) for who in (person, wife, son))
    register_household(family("H020", persons=people), service.uow(), service.checks)
    with service.uow() as uow:
        assert 3 == len(uow.samples.list_of(inspection_id))


def test_a_wrong_class_reopens_the_case(service, three):
    """The finding is told, and the case waits to be looked at again."""
    inspect(service, drawn(service), three[0], answers={"right_class": False}, finding="wrong_class")
    assert ["wrong_class"] == [one["finding"] for one in told(service, "sample_checked")]
    with service.uow() as uow:
        case = uow.cases.latest_of(three[0])
        rows = uow.connection.exec_driver_sql("SELECT case_id, reason FROM reopenings").all()
    assert [(case.id, "wrong_class")] == [tuple(row) for row in rows]


def other_drawn(service, inspection_id, three):
    with service.uow() as uow:
        one = uow.samples.get(inspection_id)
        lines = draw(uow.samples.list_of(inspection_id), one.seed, one.quotas)
    return next(line.household_id for line in lines if line.household_id != three[0])


def test_somebody_missed_becomes_a_clue(service, three):
    """Somebody missed needs the risk; it becomes a clue whose cause is the finding."""
    inspection_id = drawn(service)
    missed = other_drawn(service, inspection_id, three)
    before = len(told(service, "clue_reported"))
    with pytest.raises(SampleFindingError):
        inspect(service, inspection_id, missed, finding="missed")
    assert [] == told(service, "sample_checked")
    inspect(service, inspection_id, missed, finding="missed", risk="100A27001")
    clues = told(service, "clue_reported")[before:]
    assert [(missed, "100A27001", "04")] == [
        (one["household_id"], one["risk"], one["source"]) for one in clues
    ]


def test_a_finding_about_a_case_needs_one(service, three):
    """Nobody has a wrong class who was never in the procedure."""
    inspection_id = drawn(service)
    with pytest.raises(SampleFindingError):
        inspect(service, inspection_id, other_drawn(service, inspection_id, three), finding="wrong_class")


def test_until_everybody_was_inspected(service, three):
    """An inspection ends with its last household, and each is inspected once."""
    inspection_id = drawn(service)
    inspect(service, inspection_id, three[0])
    with pytest.raises(SampleInspectedError):
        inspect(service, inspection_id, three[0])
    with pytest.raises(SampleOpenError):
        close_sample(CloseSample(inspection_id=inspection_id), service.uow())
    inspect(service, inspection_id, other_drawn(service, inspection_id, three))
    close_sample(CloseSample(inspection_id=inspection_id), service.uow())
    with service.uow() as uow:
        assert date(2022, 7, 10) == uow.samples.get(inspection_id).closed_on
