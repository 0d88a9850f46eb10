from datetime import date

import pytest

from services.evaluation.domain.ledger.state import Source
from shared.contracts.monitoring import v1
from shared.kernel.ids import derived_id
from tests.evaluation.samples import TODAY, sealed

VILLAGE = "610327109203"


def checked(finding, area_code=VILLAGE, day=date(2022, 11, 2)):
    return v1.SampleChecked(
        occurred_on=day, household_id="h0", area_code=area_code, sample_id="s1", finding=finding
    )


def test_a_finding_becomes_a_problem_of_its_town(service, tell, office):
    """The problem lies in the village, is the town's, and its event is a consequence of the check."""
    (envelope,) = sealed([checked("missed")])
    tell(service, [envelope])
    problem_id = derived_id(envelope.id, "problem")
    kept = office.problem(problem_id)
    assert ("610327109", Source.SAMPLE, "monitoring", VILLAGE) == (
        kept.unit,
        kept.source,
        kept.category,
        kept.area_code,
    )
    with service.uow() as uow:
        caused = [one for one in uow.journal.every() if one.causationid == envelope.id]
    assert ["evaluation.problem_registered.v1"] == [one.type for one in caused]


@pytest.mark.parametrize(
    "checked_", [checked(""), checked("missed", ""), checked("missed", day=date(2021, 5, 1))]
)
def test_what_enters_nothing(service, tell, checked_):
    """A clean check, one of no town and one before the lists began enter nothing and are journaled."""
    tell(service, sealed([checked_]))
    with service.uow() as uow:
        assert ["monitoring.sample_checked.v1"] == [one.type for one in uow.journal.every()]


def test_told_twice_it_is_entered_once(service, tell, office):
    """A check that is delivered again changes nothing."""
    (envelope,) = sealed([checked("missed")])
    tell(service, [envelope])
    tell(service, [envelope])
    assert 1 == len(office.told(derived_id(envelope.id, "problem")))
    assert TODAY == office.problem(derived_id(envelope.id, "problem")).registered_on
