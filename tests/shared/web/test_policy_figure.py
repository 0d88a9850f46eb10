from decimal import Decimal

import pytest

from shared.web.i18n import Words
from shared.web.policy_figure import unit_words, value_words


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (5_000_000, "fen", "50,000.00 元"),
        (Decimal("0.0365"), "fraction per year", "3.65 %/年"),
        (Decimal("1.00"), "share", "100 %"),
        ((60, 30, 7), "days", "60、30、7 天"),
        (True, "true or false", "是"),
        (("100A03A01", "100A03001"), "codes of dictionary 100A03", "普通农户、脱贫不稳定户"),
        ({"a": {"zh": "种植", "en": "crops"}}, "code to words", "种植"),
        (None, "days", "天"),
    ],
)
def test_a_figure_as_people_read_it(value: object, unit: str, expected: str) -> None:
    """Money in yuan, shares in per cent, codes in words, lists with the Chinese mark between."""
    assert expected == f"{value_words(value, unit).zh} {unit_words(unit).zh}".strip()


def test_in_english() -> None:
    """The English side has its own words and its own comma."""
    assert Words("60、30", "60, 30") == value_words((60, 30), "days")
    assert "full years" == unit_words("full years").en
