from services.monitoring.service_layer.housing.living import note_grade, note_listed, note_safe
from tests.monitoring.kit import DAY

RECORDED = "monitoring.household_recorded.v1"


def said(service, household, note, *given):
    with service.uow() as uow:
        note(household, *given, DAY, uow)
        uow.commit()
    with service.uow() as uow:
        living = uow.households.get(household).living
    return living.house_grade, living.house_dangerous, living.house_in_plan


def test_registry_says_what_the_department_knows(service, household):
    """Graded, listed, made safe: the registry follows, and never contradicts itself."""
    assert ("B", False, None) == said(service, household, note_grade, "B")
    assert ("D", True, None) == said(service, household, note_grade, "D")
    assert ("D", True, True) == said(service, household, note_listed)
    assert (None, False, None) == said(service, household, note_safe)


def test_nothing_new_is_not_told(service, household, outbox):
    """What the registry says already makes no new version."""
    said(service, household, note_grade, "C")
    before = len(outbox(RECORDED))
    said(service, household, note_grade, "C")
    assert before == len(outbox(RECORDED))
