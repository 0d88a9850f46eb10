from importlib import import_module

import pytest

from shared.contracts.claims import Claim, broken, claims
from shared.contracts.finance import v1 as finance
from shared.contracts.registry import MODELS, published

CLAIMS = claims()


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.reader} of {claim.publisher}")
def test_every_claimed_field_is_there(claim):
    """Every type and field a reader needs is still published; else the message names the reader."""
    complaints = list(broken(claim))
    assert not complaints, "\n".join(complaints)


def of(reader: str, publisher: str) -> Claim:
    (only,) = [claim for claim in CLAIMS if (claim.reader, claim.publisher) == (reader, publisher)]
    return only


@pytest.mark.parametrize("publisher", ["monitoring", "employment", "finance"])
def test_evaluation_reads_everything(publisher):
    """Evaluation claims every type the three departments publish."""
    assert sorted(model.type for model in published(publisher)) == sorted(of("evaluation", publisher).types)


@pytest.mark.parametrize(
    ("publisher", "models"),
    [("employment", published("employment")), ("finance", finance.ABOUT_HOUSEHOLDS)],
    ids=["employment", "finance"],
)
def test_monitoring_has_a_timeline(publisher, models):
    """Monitoring claims of every type about a household when and to whom it happened; of others nothing."""
    claim = of("monitoring", publisher)
    assert sorted(model.type for model in models) == sorted(claim.types)
    for fields in claim.types.values():
        assert {"occurred_on", "household_id"} <= set(fields)


@pytest.fixture(name="reader", params=["monitoring", "employment", "finance", "evaluation"])
def _reader(request, tmp_path):
    """The reader of each service, as its bootstrap builds it."""
    service, folder = request.param, f"services.{request.param}"
    settings = import_module(f"{folder}.settings").Settings(database_url=f"sqlite:///{tmp_path}/{service}.db")
    built = import_module(f"{folder}.bootstrap").bootstrap(settings, clock=lambda: None)
    yield built.reader
    built.engine.dispose()


def test_what_is_taken_is_claimed(reader):
    """A service takes in exactly the types it claims, from the publishers it claims them of."""
    mine = [claim for claim in CLAIMS if claim.reader == reader.name]
    assert {type_ for claim in mine for type_ in claim.types} == {t for t in MODELS if reader.takes(t)}
    assert {claim.publisher for claim in mine} == set(reader.publishers)


def test_nobody_reads_itself():
    """A department needs no event of its own."""
    assert [] == [claim for claim in CLAIMS if claim.reader == claim.publisher]


def test_types_are_known_to_the_readers():
    """Every type that is published by the three departments has a reader."""
    read = {type_ for claim in CLAIMS for type_ in claim.types}
    assert {type_ for type_ in MODELS if not type_.startswith("evaluation.")} == read
