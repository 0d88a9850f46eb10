import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.reporting.errors import BadSeedError, NothingToSampleError, SampleDrawnError
from services.evaluation.domain.reporting.sample import ListedReport, ReportSample, digest_of, draw, frozen

DAY = date(2022, 8, 1)
LISTS = st.lists(
    st.builds(ListedReport, st.sampled_from(["610327109", "县卫健局", "县教体局"]), st.uuids().map(str)),
    min_size=1,
    max_size=40,
    unique_by=lambda one: one.task_id,
)


def sample(reports, share="0.1"):
    quota: dict[str, Any] = {"share": Decimal(share), "least": 1, "confirmed": False}
    return ReportSample.freeze(reports, sample_id="s1", title="抽查", on=DAY, **quota)


@given(reports=LISTS, data=st.data())
def test_order_is_irrelevant(reports, data):
    """However the reports come, list, digest and draw are the same."""
    other = data.draw(st.permutations(reports))
    assert digest_of(frozen(reports)) == digest_of(frozen(other))
    assert draw(reports, "seed1", Decimal("0.1"), 1) == draw(other, "seed1", Decimal("0.1"), 1)


@given(reports=LISTS)
def test_the_draw_can_be_repeated_without_this_code(reports):
    """Written out once more from the document: of each reporter the lowest hashes, a tenth rounded up."""
    expected = set()
    for reporter in {one.reporter for one in reports}:
        mine = [one.task_id for one in reports if one.reporter == reporter]
        mine.sort(key=lambda task_id: hashlib.sha256(f"seed1|{task_id}".encode()).hexdigest())
        expected |= set(mine[: -(-len(mine) // 10)])
    assert expected == set(sample(reports).draw("seed1", DAY))


def test_every_reporter_is_drawn_from():
    """At least one report of each unit is checked."""
    reports = [ListedReport(unit, f"{unit}-{number}") for unit in ("a", "b") for number in range(3)]
    drawn = draw(reports, "seed1", Decimal("0.01"), 1)
    assert ["a", "b"] == [one.reporter for one in drawn]


def test_a_second_draw_is_refused():
    """Drawing until it suits would be no sample."""
    one = sample([ListedReport("a", "1")])
    one.draw("seed1", DAY)
    with pytest.raises(SampleDrawnError):
        one.draw("seed2", DAY)


@pytest.mark.parametrize("seed", ["", "abc", "a b c d", "种子种子", "x" * 65])
def test_a_seed_is_plain(seed):
    """A seed is 4 to 64 digits and letters, so that everybody writes the same bytes."""
    with pytest.raises(BadSeedError):
        sample([ListedReport("a", "1")]).draw(seed, DAY)


def test_nothing_to_check():
    """An empty list is no sample."""
    with pytest.raises(NothingToSampleError):
        sample([])
