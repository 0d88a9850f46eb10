import pytest

from shared.contracts.claims import Claim, broken, claims
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


@pytest.mark.parametrize("publisher", ["employment", "finance"])
def test_monitoring_has_a_timeline(publisher):
    """Monitoring claims of every type of the two departments when and to whom it happened."""
    claim = of("monitoring", publisher)
    assert sorted(model.type for model in published(publisher)) == sorted(claim.types)
    for fields in claim.types.values():
        assert {"occurred_on", "household_id"} <= set(fields)


def test_nobody_reads_itself():
    """A department needs no event of its own."""
    assert [] == [claim for claim in CLAIMS if claim.reader == claim.publisher]


def test_types_are_known_to_the_readers():
    """Every type that is published by the three departments has a reader."""
    read = {type_ for claim in CLAIMS for type_ in claim.types}
    assert {type_ for type_ in MODELS if not type_.startswith("evaluation.")} == read
