from datetime import date

import pytest

from services.monitoring.domain.housing.alert import AlertState, HouseAlertOpenError
from services.monitoring.service_layer.change import (
    RecordChange,
    ResolveChange,
    record_change,
    resolve_change,
)
from services.monitoring.service_layer.household import CorrectHousehold, correct_household
from services.monitoring.service_layer.housing.alert import (
    AppraiseHouse,
    EvacuateHouse,
    LookAtHouse,
    MakeHouseSafe,
    RaiseHouseAlert,
    appraise_house,
    evacuate_house,
    look_at_house,
    make_house_safe,
    raise_house_alert,
)
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import DAY, OTHER_VILLAGE

RAISED, APPRAISED = "monitoring.house_alert_raised.v1", "monitoring.house_appraised.v1"
SAFE, RESOLVED = "monitoring.house_made_safe.v1", "monitoring.household_change_resolved.v1"
LATER = date(2022, 6, 20)


def damage(service, household, detail="C", on=DAY):
    command = RecordChange(household_id=household, kind="house_damage", detail=detail, on=on)
    return record_change(command, service.uow(), service.thresholds, service.clue_policy)


def raise_one(service, household, on=DAY):
    command = RaiseHouseAlert(household_id=household, source="visit", on=on)
    return raise_house_alert(command, service.uow(), service.housing_policy)


def appraise(service, alert, grade, on=LATER):
    appraise_house(AppraiseHouse(alert_id=alert, grade=grade, on=on), service.uow(), service.housing_policy)


def make_safe(service, alert, way="repaired", on=LATER):
    make_house_safe(MakeHouseSafe(alert_id=alert, way=way, on=on), service.uow())


def read(service, alert):
    with service.uow() as uow:
        return uow.housing.alerts.get(alert)


def living(service, household):
    with service.uow() as uow:
        return uow.households.get(household).living


def test_recorded_damage_opens_the_alert(service, household, outbox):
    """The change opens an alert, which names it as its cause and has its fifteen days."""
    recorded = damage(service, household)
    (told,) = outbox(RAISED)
    assert (recorded.followed_by, "2022-06-30", False) == (
        told["alert_id"],
        told["due_on"],
        told["limit_confirmed"],
    )
    with service.uow() as uow:
        rows = uow.connection.exec_driver_sql("SELECT envelope FROM outbox WHERE type = ?", (RAISED,)).all()
        changed = uow.connection.exec_driver_sql(
            "SELECT id FROM outbox WHERE type = ?", ("monitoring.household_changed.v1",)
        ).scalar_one()
    assert changed in rows[0].envelope


def test_damage_is_not_closed_by_hand(service, household, outbox):
    """One fact, one owner: while the alert is under way the change cannot be resolved by itself."""
    recorded = damage(service, household)
    with pytest.raises(HouseAlertOpenError):
        resolve_change(ResolveChange(recorded.change_id, LATER), service.uow())
    assert [] == outbox(RESOLVED)


def test_making_safe_resolves_the_damage(service, household, outbox):
    """Repaired: the alert is closed and the change with it; the registry no longer says dangerous."""
    recorded = damage(service, household)
    appraise(service, recorded.followed_by, "C")
    assert ("C", True) == (living(service, household).house_grade, living(service, household).house_dangerous)
    make_safe(service, recorded.followed_by)
    assert [recorded.change_id] == [told["change_id"] for told in outbox(RESOLVED)]
    assert [("repaired", "2022-06-20")] == [(told["way"], told["occurred_on"]) for told in outbox(SAFE)]
    assert (None, False) == (
        living(service, household).house_grade,
        living(service, household).house_dangerous,
    )


@pytest.mark.parametrize("grade", ["A", "B"])
def test_sound_house_resolves_the_damage(service, household, outbox, grade):
    """Graded A or B nobody lives in danger: the change is put right, and no day is due for repair."""
    recorded = damage(service, household, "unrated")
    appraise(service, recorded.followed_by, grade)
    assert [recorded.change_id] == [told["change_id"] for told in outbox(RESOLVED)]
    assert [(grade, None)] == [(told["grade"], told.get("repair_due_on")) for told in outbox(APPRAISED)]


def test_later_damage_stays_open(service, household, outbox):
    """What happened after the house was made safe is news and is not resolved with it."""
    first = damage(service, household)
    appraise(service, first.followed_by, "C")
    later = damage(service, household, on=date(2022, 6, 25))
    assert first.followed_by == later.followed_by
    make_safe(service, first.followed_by)
    assert [first.change_id] == [told["change_id"] for told in outbox(RESOLVED)]
    resolve_change(ResolveChange(later.change_id, date(2022, 6, 28)), service.uow())
    assert 2 == len(outbox(RESOLVED))


def test_household_has_one_open_alert(service, household, outbox):
    """A second report of the same house belongs to the alert that is open."""
    assert raise_one(service, household) == raise_one(service, household, LATER)
    assert 1 == len(outbox(RAISED))


def test_d_house_from_alert_to_resettled(service, household):
    """D: left at once, then resettled."""
    alert = raise_one(service, household)
    appraise(service, alert, "D")
    evacuate_house(EvacuateHouse(alert_id=alert, on=LATER), service.uow())
    make_safe(service, alert, "resettled")
    assert (AlertState.SAFE, "resettled", LATER) == (
        read(service, alert).state,
        read(service, alert).way,
        read(service, alert).safe_on,
    )


def test_look_without_danger_moves_the_watch(service, household):
    """A look at a watched house sets its next day; one at any other house is only recorded."""
    alert = raise_one(service, household)
    appraise(service, alert, "B")
    look = LookAtHouse(household_id=household, on=date(2022, 6, 30))
    assert None is look_at_house(look, service.uow(), service.housing_policy)
    assert date(2022, 9, 30) == read(service, alert).due_on


def test_danger_at_a_watched_house_is_a_new_alert(service, household):
    """New danger ends the watch and opens the next alert."""
    watched = raise_one(service, household)
    appraise(service, watched, "B")
    look = LookAtHouse(household_id=household, on=date(2022, 6, 30), danger=True, note="墙体开裂")
    new = look_at_house(look, service.uow(), service.housing_policy)
    assert new != watched
    assert (AlertState.SUPERSEDED, AlertState.RAISED) == (
        read(service, watched).state,
        read(service, new).state,
    )


def test_alert_moves_with_its_household(service, household, outbox):
    """After a move the alert belongs to the new village, and so does what is told of it."""
    alert = raise_one(service, household)
    move = CorrectHousehold(household_id=household, changes={"area_code": OTHER_VILLAGE}, on=DAY)
    correct_household(move, service.uow())
    assert OTHER_VILLAGE == read(service, alert).area_code
    appraise(service, alert, "C")
    assert [OTHER_VILLAGE] == [told["area_code"] for told in outbox(APPRAISED)]


def test_stale_page_is_refused(service, household, outbox):
    """An appraisal from a page that is older than the alert changes nothing."""
    alert = raise_one(service, household)
    with pytest.raises(StaleVersionError):
        appraise_house(
            AppraiseHouse(alert_id=alert, grade="C", on=LATER, version=7),
            service.uow(),
            service.housing_policy,
        )
    assert [] == outbox(APPRAISED)
