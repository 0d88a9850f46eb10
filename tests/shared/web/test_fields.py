from shared.web.fields import shown_fields
from shared.web.i18n import Words
from tests.shared.web.example import DeepenForm, DigForm


def by_name(model, values=None, errors=None):
    return {one.name: one for one in shown_fields(model, values or {}, errors or {}, None)}


def test_widgets_follow_the_types():
    """Each field is asked for in the way its type and label say."""
    assert {
        "name": "text",
        "area_code": "text",
        "depth_m": "number",
        "cost_fen": "yuan",
        "kind": "select",
        "uses": "ticks",
        "pipes": "rows",
        "share": "decimal",
        "public": "tick",
        "note": "lines",
    } == {name: one.widget for name, one in by_name(DigForm).items()}
    assert "hidden" == by_name(DeepenForm)["version"].widget


def test_blank_rows_insist_on_nothing():
    """A required field of a row is not required of a browser: blank rows are left out."""
    pipes = by_name(DigForm)["pipes"]
    assert [["pipes.0.length_m", "pipes.0.laid_on"], ["pipes.1.length_m", "pipes.1.laid_on"]] == [
        [one.name for one in row] for row in pipes.rows
    ]
    assert {False} == {one.required for row in pipes.rows for one in row}
    assert by_name(DigForm)["name"].required


def test_fen_are_shown_as_yuan_and_what_was_typed_stays():
    """An amount the model holds is written in yuan; what a person typed is left alone."""
    assert "1234.50" == by_name(DigForm, {"cost_fen": 123450})["cost_fen"].value
    assert "12.345" == by_name(DigForm, {"cost_fen": "12.345"})["cost_fen"].value


def test_errors_stand_beside_their_field():
    """What is wrong with a field of a row is found by its dotted name."""
    wrong = Words("错", "wrong")
    pipes = by_name(DigForm, {"pipes": [{"length_m": "0"}]}, {"pipes.0.length_m": [wrong]})["pipes"]
    assert [wrong] == pipes.rows[0][0].errors
