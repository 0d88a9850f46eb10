import pytest

from shared.areas import COUNTY, UnknownAreaError, areas, contains, level_of, town_of


def test_ten_towns_and_104_villages():
    """The county has 10 towns and 104 villages (county book 2019)."""
    assert (10, 104) == (len(areas().towns()), len(areas().villages()))


@pytest.mark.parametrize(
    ("town", "villages"), [("610327100", 13), ("610327108", 13), ("610327109", 8), ("610327112", 8)]
)
def test_known_counts(town, villages):
    """Towns whose number of villages was published have that many."""
    assert villages == len(areas().villages(town))


def test_every_code_lies_in_its_parent():
    """Each area's code starts with its parent's, and a village's last three digits are 200 or above."""
    assert [] == [
        area.code
        for area in areas().inside(COUNTY)
        if (area.parent is not None and not contains(area.parent, area.code))
        or (area.level == "village" and int(area.code[9:]) < 200)
    ]


def test_invented_villages_say_so_in_their_name():
    """A village is called 示例 (example) exactly when it is marked invented; only Guguan's are real."""
    assert {village.code for village in areas().villages() if "示例" in village.name} == {
        village.code for village in areas().villages() if village.invented
    }
    assert {"610327109"} == {village.parent for village in areas().villages() if not village.invented}


def test_full_name():
    """The path of a village reads from the county down."""
    assert "陇县固关镇上岔村" == areas().full_name("610327109203")


@pytest.mark.parametrize(
    ("outer", "inner", "inside"),
    [
        ("610327", "610327109203", True),
        ("610327109", "610327109203", True),
        ("610327109203", "610327109203", True),
        ("610327108", "610327109203", False),
        ("610327109203", "610327109", False),
        ("", "610327109203", False),
        ("610", "610327109203", False),
        ("6103271", "610327109203", False),
        ("610327", "610327109203%", False),
        ("610327", "61032710920³", False),
    ],
)
def test_contains(outer, inner, inside):
    """An area contains what its whole code begins; a cut-off code contains nothing."""
    assert inside == contains(outer, inner)


def test_unknown_codes_are_refused():
    """A code that names nothing is refused, by level and by look-up."""
    with pytest.raises(UnknownAreaError):
        areas().get("610327999")
    with pytest.raises(UnknownAreaError):
        level_of("6103")
    with pytest.raises(UnknownAreaError):
        town_of(COUNTY)
