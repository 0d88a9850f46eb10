from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from shared.contracts import registry
from shared.contracts.envelope import Envelope
from shared.contracts.finance.v1 import LoanRepaid


def test_types_belong_to_their_publisher():
    """Every type begins with its publisher and ends with a version, and none is there twice."""
    types = [(model.type, name) for name in registry.PUBLISHERS for model in registry.published(name)]
    assert len({type_ for type_, _ in types}) == len(types) == len(registry.MODELS)
    for type_, publisher in types:
        assert type_.startswith(f"{publisher}.")
        assert type_.rsplit(".", 1)[-1] == "v1"


def test_reads_as_the_model():
    """An envelope is read as the model of its type."""
    repaid = LoanRepaid(
        occurred_on=date(2022, 5, 1), loan_id="l-1", amount_fen=200, balance_fen=100, sequence=1
    )
    sealed = Envelope.seal(repaid, ids=lambda: "e-1", at=datetime(2022, 5, 1, tzinfo=UTC))
    assert repaid == registry.read(sealed)


def test_an_unknown_type():
    """A type nobody has published is a KeyError."""
    with pytest.raises(KeyError):
        registry.read(replace(envelope(), type="finance.well_dug.v1"))


def test_a_body_that_breaks_its_contract():
    """A body that is not its model's is a validation error."""
    with pytest.raises(ValidationError):
        registry.read(envelope())


def envelope() -> Envelope:
    """A visit, of which only the day is known."""
    return Envelope(
        id="e-1",
        source="/county/610327/monitoring",
        type="monitoring.visit_recorded.v1",
        subject="h-7",
        time=datetime(2022, 5, 1, tzinfo=UTC),
        data={"occurred_on": "2022-05-01"},
    )
