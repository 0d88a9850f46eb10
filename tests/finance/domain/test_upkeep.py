import pytest

from services.finance.domain.upkeep import Facility, KeeperLevelError, KeeperPay
from tests.finance.domain.machines import ACTING, COMMON, DAY, last_told, try_every_step


def facility(**other) -> Facility:
    return Facility(
        **COMMON, **{"facility_no": "S1", "name": "示例路", "kind": "road", "state": "listed", **other}
    )


def test_every_state_and_every_step():
    """On the list it gets keepers and is sampled; off the list nothing."""
    steps = {
        "name_keepers": lambda one: one.name_keepers({"village": "示例"}, 0, ACTING),
        "sample": lambda one: one.sample(ACTING, passed=True),
        "remove": lambda one: one.remove(ACTING),
    }
    permitted = {
        ("listed", "name_keepers"): "listed",
        ("listed", "sample"): "listed",
        ("listed", "remove"): "removed",
    }
    try_every_step(facility(), steps, permitted)


def test_every_state_and_every_step_of_a_pay():
    """A month's pay is paid once."""
    pay = KeeperPay(**COMMON, facility_id="f", month="202205", amount_fen=500_00, due_on=DAY, state="due")
    try_every_step(pay, {"pay": lambda one: one.pay(ACTING)}, {("due", "pay"): "paid"})


def test_keepers_are_added_and_only_levels_are_told():
    """Who keeps it stays here; the event names the levels that have somebody."""
    one = facility(keepers={"county": "示例股"})
    one.name_keepers({"village": " 示例员 ", "town": " "}, 500_00, ACTING)
    assert {"county": "示例股", "village": "示例员"} == one.keepers
    assert {"levels": ("county", "village")} == last_told(one)
    assert (500_00, DAY) == (one.wage_fen, one.kept_since)


@pytest.mark.parametrize(
    ("keepers", "wage"),
    [({}, 0), ({"village": " "}, 0), ({"province": "示例"}, 0), ({"village": "示例"}, -1)],
)
def test_a_keeper_has_a_level_and_a_name(keepers, wage):
    """Nobody, a level there is not, or a negative pay is refused."""
    with pytest.raises(KeeperLevelError):
        facility().name_keepers(keepers, wage, ACTING)


def test_a_facility_is_put_on_the_list():
    """On the list it has no keeper yet."""
    one = Facility.put_on_list(
        ACTING, id="x", area_code="610327102200", facility_no="1", name="示例路", kind="road"
    )
    assert ("listed", {}) == (one.state, one.keepers)
