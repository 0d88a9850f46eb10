import pytest

from bench.scale_figures import COUNTIES, DOCUMENT, Costs, costs, filled, levels, tables


def test_the_document_is_what_the_results_give():
    """docs/scale.md holds the tables that the kept results give; else: python -m bench scale."""
    text = DOCUMENT.read_text()
    assert filled(text, tables()) == text


def test_a_table_without_its_place_is_named():
    """A document that lost a mark is not silently left with an old table."""
    with pytest.raises(KeyError):
        filled("nothing here", {"levels": "| |"})


def test_a_county_worked_by_hand():
    """A county of 1,000 households and 20 events each, whose figures can be had without a machine."""
    cost = Costs(
        households=1_000,
        events=20_000,
        cpu_seconds=3_600,
        peak_gigabytes=0.5,
        carried_us=180,
        carried_single_us=360,
        verify_us=1_800,
        verify_independent_us=90,
        verify_megabytes_a_thousand=1,
        pack_bytes=1_000,
        journal_bytes=2_000,
        other_bytes=5_000,
    )
    rows = {
        line.split(" | ")[0].strip("| "): line.strip("| ").split(" | ")[1:]
        for line in levels(cost).splitlines()
    }
    assert ["1", "12", "107", "2,843", "1,000"] == rows["counties"]
    assert ["1.0", "12.0", "107.0", "2,843.0", "1,000.0"] == rows[
        "processor: the year on one machine each, hours"
    ]
    assert ["0.0", "0.2", "2.1", "56.9", "20.0"] == rows["events in packs, millions"]
    assert "10.00" == rows["processor: verifying packs, hours"][-1]
    assert "40.0" == rows["disk: journal and boards, GB a year"][-1]


def test_costs_are_of_what_was_measured():
    """No figure is nought or negative: two packs far enough apart, and a county, were measured."""
    cost = costs()
    assert cost.households >= 60_000
    assert [] == [name for name in Costs.__slots__ if getattr(cost, name) <= 0]
    assert 12 == COUNTIES["city"]
