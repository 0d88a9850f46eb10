from datetime import date
from decimal import Decimal

import pytest

from services.evaluation.domain.assessment_errors import (
    AppealReasonMissingError,
    MarkOutOfRangeError,
    MarkPeriodError,
    UnknownMarkItemError,
)
from services.evaluation.domain.mark import Judged, Mark

ITEMS = {"review": {"most": "10"}, "daily": {"most": "100", "monthly": True}}
DAY = date(2022, 12, 25)


def give(item="review", value="9.5", period="", reason="组织有力"):
    return Mark.give(
        ITEMS,
        id="m1",
        unit="610327109",
        item=item,
        period=period,
        value=Decimal(value),
        as_of=DAY,
        judged_on=DAY,
        assessor="县考核办",
        judged_by="x",
        number=2,
        reason=reason,
    )


def test_a_mark_is_told_without_its_reason():
    """The event says the number, the office and the day, never the words."""
    told = Judged("m1", "610327109", "review", "", Decimal("9.5"), DAY, DAY, "县考核办", 2)
    assert [told] == give().facts


@pytest.mark.parametrize("value", ["0", "10"])
def test_both_ends_are_marks(value):
    """Nought and the most can be given."""
    assert Decimal(value) == give(value=value).value


@pytest.mark.parametrize("value", ["-0.01", "10.01"])
def test_outside_the_range(value):
    """Less than nought or more than the most is refused."""
    with pytest.raises(MarkOutOfRangeError):
        give(value=value)


@pytest.mark.parametrize(("item", "period"), [("daily", ""), ("daily", "2021-12"), ("review", "2022-05")])
def test_a_month_where_it_belongs(item, period):
    """A monthly item needs a month of the year, a yearly one has none."""
    with pytest.raises(MarkPeriodError):
        give(item, "9", period)


def test_a_month_of_the_year():
    """Every month of the year judged can be given."""
    assert "2022-12" == give("daily", "88", "2022-12").period


def test_unknown_item_and_missing_reason():
    """Only what the policy lists is judged, and never without a reason."""
    with pytest.raises(UnknownMarkItemError):
        give("beauty")
    with pytest.raises(AppealReasonMissingError):
        give(reason=" ")
