"""Reasons per household."""

from services.monitoring.domain.screening.focus import NON_COMPULSORY, Focus, reasons_by_household, wanted


def test_reasons_are_in_the_order_of_the_list():
    """A household found for two reasons has both, in the order of the code list, each once."""
    found = {Focus.STUDENTS: ["h1", "h1"], Focus.LOW_INCOME: ["h2", "h1"]}
    assert {"h2": ("01",), "h1": ("01", "06")} == reasons_by_household(found)


def test_a_round_wants_some_reasons():
    """A round that looks at low incomes does not want a household for its students."""
    assert wanted(("01", "06"), ("01",))
    assert not wanted(("06",), ("01",))


def test_the_compulsory_years_are_left_out():
    """Primary school and grades 7 to 9 are compulsory; kindergarten and grade 10 are not."""
    assert not {"001", "003", "004", "005", "006"} & set(NON_COMPULSORY)
    assert {"002", "007", "026"} <= set(NON_COMPULSORY)
