import pytest

from shared.web.i18n import Words
from shared.web.period_words import period_words


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2022", "2022年", "2022"),
        ("2022Q4", "2022年第4季度", "2022, quarter 4"),
        ("202202", "2022年2月", "2022-02"),
        ("", "", ""),
        ("2022-02", "2022-02", "2022-02"),
    ],
)
def test_a_period_is_said_as_people_say_it(period, zh, en):
    """No page shows 202202 or 2022Q4; what is no period is left alone."""
    assert Words(zh, en) == period_words(period)
