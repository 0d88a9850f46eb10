from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shared.web.decode import model_input, nested, typed_values
from shared.web.fields import shown_fields
from shared.web.forms import Form
from tests.shared.web.example import DigForm


def decoded(*pairs):
    return model_input(DigForm, typed_values(DigForm, nested(pairs)))


def test_names_with_dots_nest_and_blank_rows_are_left_out():
    """Rows come in the order of their numbers; a row with nothing typed is none."""
    assert [{"length_m": "5"}, {"length_m": "7", "laid_on": "2022-05-06"}] == decoded(
        ("pipes.10.length_m", "7"),
        ("pipes.10.laid_on", "2022-05-06"),
        ("pipes.2.length_m", "5"),
        ("pipes.3.length_m", ""),
        ("pipes.3.laid_on", ""),
    )["pipes"]


class _Child(Form):
    name: str
    kind: str = "01"
    health: tuple[str, ...] = ("001",)


class _Family(Form):
    children: tuple[_Child, ...] = ()


def test_row_with_nothing_but_its_defaults_is_none():
    """A browser sends the defaults of every row; only a row somebody typed into counts."""
    pairs = [
        (f"children.{row}.{name}", value)
        for row in "01"
        for name, value in (("kind", "01"), ("health", "001"))
    ]
    sent = nested([*pairs, ("children.0.name", "A"), ("children.1.name", "")])
    typed = typed_values(_Family, sent)
    assert ["A"] == [row["name"] for row in typed["children"]]


@pytest.mark.parametrize(
    ("typed", "fen"), [("12", 1200), ("1,234.5", 123450), ("1，234.50", 123450), (" 0.01 ", 1), ("-3", -300)]
)
def test_yuan_become_fen(typed, fen):
    """Amounts are typed in yuan, with or without separators."""
    assert fen == decoded(("cost_fen", typed))["cost_fen"]


@pytest.mark.parametrize("typed", ["12.345", "much", "1e400", "1e999999999", "NaN", "Infinity"])
def test_what_is_no_amount_is_left_for_the_model_to_refuse(typed):
    """Nothing is guessed about an amount that cannot be one."""
    assert typed == decoded(("cost_fen", typed))["cost_fen"]


def test_blanks_and_absent_ticks():
    """A blank field is not given; a tick that is not sent is false; unknown fields stay to be refused."""
    assert {"public": False, "surprise": "x"} == decoded(("name", ""), ("surprise", "x"))
    assert {"public": True} == decoded(("public", "true"))


def test_several_ticks_are_a_list():
    """Every ticked value counts."""
    assert ["drink", "farm"] == decoded(("uses", "drink"), ("uses", "farm"))["uses"]


steps = ["pipes", "name", "0", "1", "length_m", "uses", "", "public", "cost_fen"]
names = st.lists(st.sampled_from(steps), min_size=1, max_size=4)


@given(st.lists(st.tuples(names.map(".".join), st.text(max_size=5)), max_size=8))
def test_no_form_can_break_the_decoding(pairs):
    """Whatever names a browser sends, it is decoded, validated and shown again without a failure."""
    typed = typed_values(DigForm, nested(pairs))
    with suppress(ValidationError):
        DigForm.model_validate(model_input(DigForm, typed))
    known = {name: value for name, value in typed.items() if name in DigForm.model_fields}
    assert len(DigForm.model_fields) == len(shown_fields(DigForm, known, {}, None))
