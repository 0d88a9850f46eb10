from dataclasses import replace

import pytest

from services.evaluation.domain.rubric.errors import RepeatedIdError, RubricCycleError, UnknownReferenceError
from services.evaluation.domain.rubric.expression import Expression
from services.evaluation.domain.rubric.model import Block, Text, Veto
from services.evaluation.domain.rubric.structure import Node, index_rubric
from tests.evaluation.domain.rubric.case_book import rubric_of


def _rubric(*inputs, **more):
    """Return a rubric of items a, b, c … in parts A and so on, each with one of *inputs*."""
    parts = [
        {
            "id": name.upper(),
            "name": name,
            "items": [{"id": name, "name": name, "points": 10, "input": text, "rule": "coefficient"}],
        }
        for name, text in zip("abcdef", inputs, strict=False)
    ]
    return rubric_of({"parts": parts, **more})


def test_what_is_needed_comes_first():
    """Each score comes after the values and scores it reads, wherever it stands in the table."""
    order = index_rubric(_rubric("score_of('b') + 1", "score_of('C')", "value")).order
    scores = [node.id for node in order if node.scored]
    assert scores.index("c") < scores.index("C") < scores.index("b") < scores.index("a")


@pytest.mark.parametrize(
    ("path", "inputs"),
    [
        ("a → b → a", ("score_of('b')", "score_of('a')")),
        ("a → B → b → a", ("score_of('B')", "score_of('a')")),
        ("a → a", ("score_of('a')",)),
        ("a → a", ("mean_score('a')",)),
        ("a → A → a", ("rate_of('A')",)),
        ("a → a", ("value_of('a')",)),
        ("b → c → b", ("score_of('b')", "score_of('c')", "score_of('b')")),
    ],
)
def test_a_circle_is_named(path, inputs):
    """Items that need each other are refused with the whole way round."""
    with pytest.raises(RubricCycleError) as refused:
        index_rubric(_rubric(*inputs))
    assert path == refused.value.details["path"]
    assert path in refused.value.text("zh")


@pytest.mark.parametrize(
    "text", ["score_of('x')", "value_of('x')", "value_of('A')", "mean_score('x', group='y')"]
)
def test_what_does_not_exist_is_refused(text):
    """A reference to nothing is refused by name, and the values of a section are nothing."""
    with pytest.raises(UnknownReferenceError):
        index_rubric(_rubric(text))


def test_figures_may_be_declared():
    """An id that is data, and what another rubric gave, need not be an item."""
    assert index_rubric(_rubric("value_of('x') + imported('r', 'y')", data=["x"])).order


def test_an_id_stands_once():
    """Items, parts, blocks and conditions share one list of ids."""
    with pytest.raises(RepeatedIdError):
        index_rubric(replace(_rubric("value"), bonus=(Block(id="a", name=Text("a")),)))
    veto = Veto(id="A", name=Text("A"), when=Expression.parse("value"), effect="zero")
    with pytest.raises(RepeatedIdError):
        index_rubric(replace(_rubric("value"), vetoes=(veto,)))


def test_periods_come_from_the_part_around():
    """An item is scored in the periods of the nearest part that has some."""
    rubric = rubric_of(
        {
            "parts": [
                {
                    "id": "A",
                    "name": "A",
                    "periods": {"mean": ["一月", "二月"]},
                    "items": [{"id": "a", "name": "a", "points": 1, "rule": "coefficient"}],
                }
            ]
        }
    )
    structure = index_rubric(rubric)
    assert rubric.parts[0].periods == structure.periods_of("a")
    assert structure.periods_of("") is None
    assert Node("a", scored=True) in structure.order
