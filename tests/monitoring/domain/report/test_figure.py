from decimal import Decimal

import pytest

from services.monitoring.domain.report.figure import (
    FIGURES,
    SHARES,
    figure_of,
    figures_of,
    lines_of,
    shares_of,
)
from services.monitoring.domain.report.period import KINDS
from shared.contracts.codes import codes


def test_every_figure_is_named_once():
    """No code stands twice; every list a figure is divided by exists."""
    assert len(FIGURES) == len({one.code for one in FIGURES})
    assert all(one.by in codes() for one in FIGURES if one.by)


@pytest.mark.parametrize("kind", KINDS)
def test_shares_are_of_figures_of_the_same_report(kind):
    """Part and whole of a share stand in the report the share stands in."""
    known = {one.code for one in figures_of(kind)}
    assert all({one.part, one.whole} <= known for one in shares_of(kind))


def test_a_share_of_nothing_is_nothing():
    """Three of four is three quarters; of nothing there is no share."""
    one = SHARES[0]
    assert Decimal("0.75") == one.of({one.part: 3, one.whole: 4})
    assert None is one.of({one.part: 3})


def test_a_divided_code_belongs_to_its_figure():
    """What stands behind the dot is a value of the figure's list."""
    assert "clues_reported" == figure_of("clues_reported.01").code
    with pytest.raises(KeyError):
        figure_of("nothing")


def test_only_the_values_that_occur_are_lines():
    """Of a divided figure what occurs is shown, its first value when nothing does; others always."""
    codes = ["clues_reported.01", "clues_reported.02", "clues_open"]
    assert ["clues_reported.02", "clues_open"] == lines_of(codes, {"clues_reported.02": 3})
    assert ["clues_reported.01", "clues_open"] == lines_of(codes, {})
