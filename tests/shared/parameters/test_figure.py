from datetime import date

import pytest

from shared.kernel.errors import Refusal
from shared.parameters.figure import DatedFigure, FigureEntry, FigureNotInForceError, Label

LABEL = Label(zh="监测线", en="monitoring line")


def line() -> DatedFigure[int]:
    return DatedFigure(
        key="monitoring_line",
        label=LABEL,
        unit="fen per year",
        entries=(
            FigureEntry(date(2021, 1, 1), 600_000, "paper 1", confirmed=True),
            FigureEntry(date(2022, 1, 1), 670_000, "paper 2", confirmed=False),
            FigureEntry(date(2023, 1, 1), None, "paper 3", confirmed=True),
        ),
    )


class TestOn:
    @pytest.mark.parametrize(
        ("day", "value"),
        [
            (date(2021, 1, 1), 600_000),
            (date(2021, 12, 31), 600_000),
            (date(2022, 1, 1), 670_000),
            (date(2022, 12, 31), 670_000),
        ],
    )
    def test_value_in_force(self, day, value):
        """A value holds from its start day until the day before the next one."""
        assert value == line().on(day)

    @pytest.mark.parametrize("day", [date(2020, 12, 31), date(2023, 1, 1), date(2030, 1, 1)])
    def test_refuses_to_guess(self, day):
        """Before the first value and after repeal there is a refusal, not a number."""
        with pytest.raises(FigureNotInForceError) as refused:
            line().on(day)
        assert isinstance(refused.value, Refusal)
        assert "monitoring_line" in refused.value.text("en")
        assert "监测线" in refused.value.text("zh")
        assert day.isoformat() in refused.value.text("zh")
        assert line().in_force_on(day) is False

    def test_zero_is_a_value(self):
        """Zero and false are values in force, not a repeal."""
        entries = (FigureEntry(date(2021, 1, 1), 0, "paper", confirmed=True),)
        figure = DatedFigure(key="k", label=LABEL, unit="fen", entries=entries)
        assert figure.on(date(2021, 1, 1)) == 0
        assert figure.in_force_on(date(2021, 1, 1)) is True


class TestEntryOn:
    def test_tells_what_it_rests_on(self):
        """The entry tells value, paper, confirmation and since when."""
        found = line().entry_on(date(2022, 6, 1))
        assert (670_000, "paper 2", False, date(2022, 1, 1)) == (
            found.value,
            found.source,
            found.confirmed,
            found.since,
        )


@pytest.mark.parametrize(
    "days",
    [(), (date(2022, 1, 1), date(2021, 1, 1)), (date(2022, 1, 1), date(2022, 1, 1))],
    ids=["none", "out of order", "twice"],
)
def test_entries_must_be_in_order(days):
    """A figure without entries, or with entries out of order, cannot be made."""
    entries = tuple(FigureEntry(day, 1, "paper", confirmed=True) for day in days)
    with pytest.raises(ValueError, match="earliest first"):
        DatedFigure(key="k", label=LABEL, unit="days", entries=entries)
