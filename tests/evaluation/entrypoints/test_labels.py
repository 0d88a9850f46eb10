"""Every fact the journal can hold has a name in both languages."""

import pytest

from services.evaluation.entrypoints.web.labels import FACTS, fact_words
from shared.contracts.registry import MODELS


def _facts() -> list[str]:
    return sorted({name.rpartition(".v")[0] for name in MODELS})


@pytest.mark.parametrize("fact", _facts())
def test_no_fact_goes_by_its_type(fact: str) -> None:
    """A page never shows an official the type of an event where it should name it."""
    assert fact in FACTS
    assert fact not in (fact_words(fact).zh, fact_words(fact).en)
