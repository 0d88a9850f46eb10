from typing import Any

import pytest

from services.finance.domain.announcement import ELEMENTS, Announcement, Notice, check
from tests.finance.domain.machines import ACTING, COMMON, DAY, last_told, try_every_step

LINK = "https://example.invalid/2022/1"
GOOD = Notice(tuple(ELEMENTS), LINK, 100, (60, 40))
REQUIRED = tuple(ELEMENTS)


def announcement(**other) -> Announcement:
    about: dict[str, Any] = {"kind": "plan", "year": 2022, "unit": "610327102", "due_on": DAY, "state": "due"}
    return Announcement(**COMMON, **{**about, **other})


def test_every_state_and_every_step():
    """Published once or corrected until it passes; what passed stays."""
    steps = {"publish": lambda one: one.publish(GOOD, REQUIRED, 99, ACTING)}
    permitted = {("due", "publish"): "failing", ("failing", "publish"): "failing"}
    try_every_step(announcement(), steps, permitted)


def test_in_order_it_passes():
    """All elements, a link of the right form, sums that agree: passed, and told so."""
    one = announcement()
    found = one.publish(GOOD, REQUIRED, 100, ACTING)
    assert ("passed", True, DAY) == (one.state, found.passed, one.published_on)
    assert found == last_told(one)["check"]


@pytest.mark.parametrize(
    ("link", "fine"),
    [
        (LINK, True),
        ("http://example.invalid", True),
        ("example.invalid/1", False),
        ("https://", False),
        ("https://example", False),
        ("见县政府网站", False),
        ("https://example.invalid/a b", False),
        ("", False),
    ],
)
def test_the_form_of_a_link(link, fine):
    """A full address is one; words and halves of an address are not."""
    assert fine == check(Notice(REQUIRED, link, 100, (100,)), REQUIRED, 100).link_ok


@pytest.mark.parametrize(
    ("total", "parts", "register", "fine"),
    [
        (100, (60, 40), 100, True),
        (100, (60, 39), 100, False),
        (100, (60, 40), 101, False),
        (101, (60, 41), 100, False),
        # 偃师's published list, in units of 1,000 yuan: 768.1 = 458.1 + 35 + 195 + 80.
        (7681, (4581, 350, 1950, 800), 7681, True),
    ],
)
def test_numbers_agree_among_themselves_and_with_the_register(total, parts, register, fine):
    """The parts make the total, and the total is what the register says."""
    assert fine == check(Notice(REQUIRED, LINK, total, parts), REQUIRED, register).numbers_match


def test_what_is_missing_is_named():
    """Only elements that are required are missed, in the order of the list."""
    found = check(Notice(("name",), LINK, 0, ()), ("goals", "name", "place"), 0)
    assert (("place", "goals"), False) == (found.missing, found.passed)


def test_an_announcement_is_owed():
    """Put on record it is due."""
    one = Announcement.owe(
        ACTING, id="x", area_code="610327102", kind="plan", year=2022, unit="610327102", due_on=DAY
    )
    assert ("due", 1) == (one.state, len(one.facts))
