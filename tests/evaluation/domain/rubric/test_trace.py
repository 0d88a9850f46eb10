from fractions import Fraction

import pytest

from services.evaluation.domain.rubric.gap import MissingValueError
from services.evaluation.domain.rubric.result import InputUsed
from services.evaluation.domain.rubric.trace import Measured, Trace
from services.evaluation.domain.rubric.values import CellKey


def test_each_cell_once():
    """What was read twice is shown once."""
    trace = Trace({CellKey("甲", "1"): Fraction(3)})
    trace.add(Trace({CellKey("甲", "1"): Fraction(3), CellKey("甲", "1", "x"): None}, {"2": None}))
    assert (InputUsed("1", "", "", "", Fraction(3)), InputUsed("1", "x", "", "", None)) == trace.inputs()
    assert ["2"] == list(trace.items)


def test_a_gap_is_raised_again():
    """Whoever asks for a value that could not be had falls into the same gap."""
    with pytest.raises(MissingValueError, match="here"):
        Measured(None, MissingValueError("here"), Trace()).known()
