"""Whatever is written in a rubric, the answer is a sentence and never a traceback."""

import copy
from decimal import Decimal

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.evaluation.adapters.rubric.check import check_file
from services.evaluation.adapters.rubric.scored import score_files
from shared.kernel.errors import Problem
from shared.parameters.strict_yaml import read_document
from tests.evaluation.adapters.rubric.documented import examples, values_csv

EXAMPLES = [one for one in examples() if one.rows]
WRITTEN = st.sampled_from(
    [None, -1, 0, "x", "", [], {}, True, "value +", Decimal("0.5"), "score_of('1')", [1], {"a": 1}, "9" * 40]
)


class _Dumper(yaml.SafeDumper):
    """Writes decimals as they are."""


_Dumper.add_representer(
    Decimal, lambda dumper, number: dumper.represent_scalar("tag:yaml.org,2002:float", str(number))
)


def _paths(node, path=()):
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in pairs:
        yield (*path, key)
        yield from _paths(inner, (*path, key))


@pytest.fixture(name="folder", scope="module")
def _folder(tmp_path_factory):
    return tmp_path_factory.mktemp("mutated")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_rubric_is_scored_or_refused(folder, data):
    """One place of an example is overwritten: each fault has a place, only refusals are raised."""
    example = data.draw(st.sampled_from(EXAMPLES))
    rubric, values = folder / "rubric.yaml", folder / "values.csv"
    rubric.write_text(example.yaml, encoding="utf-8")
    values.write_text(values_csv(example), encoding="utf-8")
    tree = copy.deepcopy(read_document(rubric).data)
    *way, last = data.draw(st.sampled_from(list(_paths(tree))))
    node = tree
    for step in way:
        node = node[step]
    node[last] = data.draw(WRITTEN)
    rubric.write_text(yaml.dump(tree, Dumper=_Dumper, allow_unicode=True), encoding="utf-8")
    read, faults = check_file(rubric)
    assert read is not None or [one for one in faults if one.level == "error" and one.line > 0]
    assert _told(rubric, values, example.as_of)


def _told(rubric, values, as_of):
    """Return what the officer is told: the units' results, or the refusal."""
    try:
        return [one.working for one in score_files(rubric, values, as_of).result.units] or ["nobody assessed"]
    except Problem as refused:
        return refused.text("zh")
