"""Every fact the journal can hold has a name in both languages."""

import re

import pytest

from services.evaluation.domain.reporting.plan import rule_key
from services.evaluation.entrypoints.web.labels import FACTS, fact_words
from services.evaluation.entrypoints.web.reporting_definitions import counted_words
from services.evaluation.entrypoints.web.scheme_words import scheme_words
from shared.contracts.registry import MODELS


def _facts() -> list[str]:
    return sorted({name.rpartition(".v")[0] for name in MODELS})


@pytest.mark.parametrize("fact", _facts())
def test_no_fact_goes_by_its_type(fact: str) -> None:
    """A page never shows an official the type of an event where it should name it."""
    assert fact in FACTS
    assert fact not in (fact_words(fact).zh, fact_words(fact).en)


def test_what_a_reported_indicator_counts_is_said_in_chinese(service):
    """Whoever reports a value reads in Chinese what to count, for every indicator units report."""
    plan = service.rulebook
    reported = [
        one for point in plan.work_points for one in point.indicators if rule_key(one.id) in plan.figures
    ]
    assert reported
    for one in reported:
        above, _ = counted_words(one.id, one.numerator, one.denominator)
        assert re.search("[\u4e00-\u9fff]", above.zh), one.id


def test_what_the_scheme_names_is_said_in_english(service):
    """Units of the plan's indicators and the grades have an English name: a page in English shows no 次."""
    plan = service.rulebook
    units = {one.unit for point in plan.work_points for one in point.indicators if "/" not in one.unit}
    for name in sorted(units | {grade.name.zh for grade in plan.grades}):
        assert not re.search("[\u4e00-\u9fff]", scheme_words(name).en), name
