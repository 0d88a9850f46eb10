import pytest

from services.evaluation.domain.field_work.errors import (
    HomeEnteredError,
    UnknownFieldWorkError,
    WrongEntryError,
)
from services.evaluation.service_layer.field_work.work_entry import (
    EnterWork,
    WithdrawWork,
    enter_work,
    withdraw_work,
)
from tests.evaluation.samples import TODAY
from tests.evaluation.service_layer.dispatch.told import told, units

VILLAGE = "610327109203"


def enter(service, *commands):
    """Enter work, all at once."""
    return enter_work(commands, service.uow(), units(service))


def activity(**about):
    """Return a volunteer activity of a town."""
    return EnterWork(
        **{"kind": "volunteer_activity", "on": TODAY, "unit": "610327109", "text": "扫雪", **about}
    )


def test_an_entry_is_told_without_its_words(service):
    """Kind, unit and place are told; what it is called stays here."""
    enter(service, activity())
    (event,) = told(service, "work_entered")
    assert ("volunteer_activity", "610327109", "610327109") == (
        event["kind"],
        event["unit"],
        event["area_code"],
    )
    assert "扫雪" not in str(event)


def test_a_check_lies_where_its_home_lies(service):
    """Unit and place of a check are those of the home."""
    (home,) = enter(service, EnterWork(kind="home", on=TODAY, unit="610327109", area_code=VILLAGE))
    enter(service, EnterWork(kind="home_check", on=TODAY, about=home, passed=True))
    check = next(one for one in told(service, "work_entered") if one["kind"] == "home_check")
    assert (home, "610327109", VILLAGE) == (check["about"], check["unit"], check["area_code"])


def test_all_or_none(service):
    """An entry that lacks something, or is about nothing known, keeps the others out too."""
    with pytest.raises(WrongEntryError):
        enter(service, activity(), activity(kind="article"))
    with pytest.raises(UnknownFieldWorkError):
        enter(service, activity(), EnterWork(kind="home_check", on=TODAY, about="x", passed=True))
    assert [] == told(service, "work_entered")


def test_taken_back(service):
    """A mistake is told as one, naming what is taken back."""
    (entry,) = enter(service, activity())
    withdraw_work(WithdrawWork(entry_id=entry), service.uow(), TODAY)
    assert [entry] == [one["entry_id"] for one in told(service, "work_withdrawn")]


def test_a_home_stands_once_in_its_village(service):
    """One of the same name there is refused, also in one sending; withdrawn, it may be entered anew."""
    home = EnterWork(kind="home", on=TODAY, unit="610327109", area_code=VILLAGE, text="幸福院")
    with pytest.raises(HomeEnteredError):
        enter(service, home, home)
    (kept,) = enter(service, home)
    with pytest.raises(HomeEnteredError, match="幸福院"):
        enter(service, home)
    withdraw_work(WithdrawWork(entry_id=kept), service.uow(), TODAY)
    assert 1 == len(enter(service, home))
