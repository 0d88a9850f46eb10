"""Money."""

from decimal import Decimal

import pytest

from shared.kernel.money import fen, half_up, yuan_text


def test_yuan_become_fen_exactly():
    """Yuan and fen convert without a float in between."""
    assert 123_450 == fen("1234.50")
    assert "1,234.50" == yuan_text(123_450)


def test_fraction_of_a_fen_is_refused():
    """An amount that no coin can pay is an error, not rounded."""
    with pytest.raises(ValueError, match="whole number of fen"):
        fen("0.001")


def test_half_goes_up():
    """Published tables round half up: 0.125 is 0.13, and not the banker's 0.12."""
    assert Decimal("0.13") == half_up(Decimal("0.125"))
    assert Decimal("-0.13") == half_up(Decimal("-0.125"))
