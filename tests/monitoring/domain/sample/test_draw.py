"""The draw: anyone with list and seed gets the same households."""

import hashlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.domain.sample.draw import Listed, Quota, digest_of, draw, frozen, rank

QUOTAS = {"monitored": Quota(Decimal("0.05"), 5), "other": Quota(Decimal("0.01"))}


def households(count, town="610327109", stratum="other"):
    return [Listed(f"h{number:05d}", town, stratum) for number in range(count)]


@pytest.mark.parametrize(
    ("count", "drawn"), [(0, 0), (3, 3), (5, 5), (6, 5), (100, 5), (101, 6), (120, 6), (121, 7)]
)
def test_five_per_cent_and_five_at_least(count, drawn):
    """Of a town's monitored households a twentieth, rounded up; five at least where there are five."""
    assert drawn == Quota(Decimal("0.05"), 5).of(count)


@pytest.mark.parametrize(("count", "drawn"), [(0, 0), (1, 1), (100, 1), (101, 2), (60_000, 600)])
def test_one_per_cent(count, drawn):
    """A hundredth is rounded up, and exact where it is whole."""
    assert drawn == Quota(Decimal("0.01")).of(count)


def test_the_published_algorithm_in_other_words():
    """Sorting by SHA-256 of seed, bar and id, done here by hand, gives the sample."""
    listed = households(300)
    by_hand = sorted(
        (one.household_id for one in listed),
        key=lambda id_: hashlib.sha256(f"2022-lottery|{id_}".encode()).hexdigest(),
    )[:3]
    assert by_hand == [one.household_id for one in draw(listed, "2022-lottery", QUOTAS)]


def test_each_town_and_stratum_by_itself():
    """Towns do not share a quota, and a stratum without one is left out."""
    listed = [
        *households(200, "610327109"),
        *households(10, "610327100", "monitored"),
        *households(4, "610327100", "eliminated"),
    ]
    drawn = draw(listed, "seed", QUOTAS)
    counts = {(one.town, one.stratum) for one in drawn}
    assert (7, {("610327109", "other"), ("610327100", "monitored")}) == (len(drawn), counts)


def test_another_seed_draws_others():
    """Two seeds do not give the same sample."""
    listed = households(2000)
    assert set(draw(listed, "seed1", QUOTAS)) != set(draw(listed, "seed2", QUOTAS))


@given(st.permutations(households(60)), st.text("abc123", min_size=4, max_size=8))
def test_the_order_of_the_list_does_not_matter(shuffled, seed):
    """However the list is ordered, its digest and the sample are the same."""
    listed = households(60)
    assert digest_of(frozen(listed)) == digest_of(frozen(shuffled))
    assert draw(listed, seed, QUOTAS) == draw(shuffled, seed, QUOTAS)


def test_the_digest_tells_a_household_more():
    """One household more, or another stratum, is another digest."""
    listed = households(3)
    other = [*listed[:2], Listed("h00002", "610327109", "monitored")]
    digests = {digest_of(frozen(one)) for one in (listed, listed[:2], other)}
    assert 3 == len(digests)


def test_a_rank():
    """A rank is the hexadecimal SHA-256 anyone can compute."""
    assert hashlib.sha256(b"2022|h1").hexdigest() == rank("2022", "h1")
