import tracemalloc
from time import perf_counter

import pytest
from sqlalchemy import insert, select, update

from shared.audit import head_of
from shared.audit.chain import digest_of
from shared.audit.tables import entries, head
from shared.audit.verify import Anchor, Finding, verify


def row_of(engine, seq):
    with engine.connect() as connection:
        return dict(connection.execute(select(entries).where(entries.c.seq == seq)).mappings().one())


def moved(start, by):
    """Return statements that give every entry from *start* on another number, none twice on the way."""
    away = f"UPDATE audit_entry SET seq = seq + 1000 WHERE seq >= {start}"
    return away, f"UPDATE audit_entry SET seq = seq - 1000 + {by} WHERE seq >= 1000"


def insert_after(engine, previous):
    row = row_of(engine, 6) | {"seq": 5, "account_id": "somebody-else", "previous": previous}
    return insert(entries).values(row | {"hash": digest_of(row)})


def set_head(engine, seq):
    return update(head).values(seq=seq, hash=row_of(engine, seq)["hash"])


def test_an_untouched_chain_is_whole(engine, entered):
    """Nothing is found in a chain that was only appended to, and its last entry is its head."""
    entered(engine, 12)
    found = verify(engine)
    with engine.connect() as connection:
        assert (12, None, head_of(connection)) == (found.count, found.finding, found.last)


@pytest.mark.parametrize("number", [0, -7])
def test_an_entry_before_the_first_is_named(engine, entered, number):
    """A chain begins with 1: whatever stands before it was put there, however it is sealed."""
    entered(engine, 3)
    with engine.begin() as connection:
        connection.execute(insert(entries).values(row_of(engine, 1) | {"seq": number}))
    assert Finding("inserted", number, number) == verify(engine).finding


def test_an_empty_chain_is_whole(local):
    """A trail without an entry is in order."""
    assert (0, None) == (verify(local).count, verify(local).finding)


@pytest.mark.parametrize(
    "change",
    [
        "unit = '城关镇 '",
        "at = '2022-06-15 04:00:05.123456+00:00'",
        "role = 'county'",
        "details = replace(details, 'ok', 'ko')",
        "hash = 'f' || substr(hash, 2)",
    ],
)
def test_a_changed_entry_is_named(local, entered, past_the_guards, change):
    """One byte of one entry that is another is found, and the entry named."""
    entered(local, 12)
    past_the_guards(local, f"UPDATE audit_entry SET {change} WHERE seq = 7")
    assert Finding("changed", 7, 7) == verify(local).finding


def test_an_entry_changed_and_sealed_again_is_named(local, entered, past_the_guards):
    """Whoever also computes the changed entry's own digest is given away by the next one."""
    entered(local, 12)
    row = row_of(local, 7) | {"account_id": "somebody-else"}
    changed = update(entries).where(entries.c.seq == 7).values(row | {"hash": digest_of(row)})
    past_the_guards(local, changed)
    assert Finding("changed", 7, 7) == verify(local).finding


def test_an_entry_fitted_to_a_changed_one_is_named(local, entered, past_the_guards):
    """Pointing the next entry at the new digest does not help: what it was sealed after is under its seal."""
    entered(local, 12)
    row = row_of(local, 7) | {"account_id": "somebody-else"}
    forged = digest_of(row)
    past_the_guards(
        local,
        update(entries).where(entries.c.seq == 7).values(row | {"hash": forged}),
        update(entries).where(entries.c.seq == 8).values(previous=forged),
    )
    assert Finding("changed", 8, 8) == verify(local).finding


def test_removed_entries_are_named(engine, entered, past_the_guards):
    """A gap in the numbers is what was removed, from and until."""
    entered(engine, 12)
    past_the_guards(engine, "DELETE FROM audit_entry WHERE seq IN (5, 6)")
    assert Finding("removed", 5, 6) == verify(engine).finding


def test_a_removed_entry_is_named_though_the_others_moved_up(local, entered, past_the_guards):
    """Closing the gap in the numbers hides nothing: each entry was sealed with its own."""
    entered(local, 12)
    past_the_guards(local, "DELETE FROM audit_entry WHERE seq = 5", *moved(6, -1))
    assert Finding("removed", 5, 5) == verify(local).finding


def test_an_inserted_entry_is_named(engine, entered, past_the_guards):
    """An entry put between, rightly sealed after the one before it, is named; the others are not blamed."""
    entered(engine, 12)
    before = row_of(engine, 4)["hash"]
    past_the_guards(engine, *moved(5, 1))
    past_the_guards(engine, insert_after(engine, before))
    assert Finding("inserted", 5, 5) == verify(engine).finding


def test_an_inserted_entry_with_no_seal_of_its_own_is_named(local, entered, past_the_guards):
    """An entry put between with a made-up digest is named as inserted, not as changed."""
    entered(local, 12)
    past_the_guards(local, *moved(5, 1))
    row = row_of(local, 6) | {"seq": 5, "account_id": "somebody-else", "hash": "a" * 64}
    past_the_guards(local, insert(entries).values(row))
    assert Finding("inserted", 5, 5) == verify(local).finding


def test_swapped_entries_are_named(engine, entered, past_the_guards):
    """Two entries that changed places are named as put in another order."""
    entered(engine, 12)
    past_the_guards(
        engine,
        "UPDATE audit_entry SET seq = 1005 WHERE seq = 5",
        "UPDATE audit_entry SET seq = 5 WHERE seq = 6",
        "UPDATE audit_entry SET seq = 6 WHERE seq = 1005",
    )
    assert Finding("reordered", 5, 6) == verify(engine).finding


def test_a_tail_cut_off_is_named(engine, entered, past_the_guards):
    """The newest entries that are gone are counted off by the head."""
    entered(engine, 12)
    past_the_guards(engine, "DELETE FROM audit_entry WHERE seq > 9")
    assert Finding("truncated", 10, 12) == verify(engine).finding


def test_a_tail_cut_off_with_its_head_needs_the_anchor(local, entered, past_the_guards):
    """Who also sets the head back is found by the head somebody keeps elsewhere, and by that alone."""
    entered(local, 12)
    anchor = Anchor(12, row_of(local, 12)["hash"])
    past_the_guards(local, "DELETE FROM audit_entry WHERE seq > 9", set_head(local, 9))
    assert None is verify(local).finding
    assert Finding("truncated", 10, 12) == verify(local, anchor).finding


def test_a_chain_written_anew_needs_the_anchor(local, entered, past_the_guards):
    """Who computes every digest anew after a change is found by the anchor."""
    entered(local, 12)
    anchor, previous = Anchor(12, row_of(local, 12)["hash"]), row_of(local, 6)["hash"]
    for seq in range(7, 13):
        row = row_of(local, seq) | {"previous": previous, "unit": "别处"}
        previous = digest_of(row)
        past_the_guards(local, update(entries).where(entries.c.seq == seq).values(row | {"hash": previous}))
    past_the_guards(local, set_head(local, 12))
    assert None is verify(local).finding
    assert Finding("rewritten", 1, 12) == verify(local, anchor).finding


def test_an_older_anchor_goes_on_holding(local, entered):
    """What is appended after the anchor was taken is no fault."""
    entered(local, 5)
    anchor = Anchor(5, row_of(local, 5)["hash"])
    entered(local, 5)
    assert (10, None) == (verify(local, anchor).count, verify(local, anchor).finding)


def test_entries_beyond_the_head_are_named(local, entered, past_the_guards):
    """An entry written past the head did not come through the service."""
    entered(local, 12)
    previous = row_of(local, 12)["hash"]
    row = row_of(local, 12) | {"seq": 13, "previous": previous}
    past_the_guards(local, insert(entries).values(row | {"hash": digest_of(row)}))
    assert Finding("inserted", 13, 13) == verify(local).finding


@pytest.fixture(name="long_chain")
def _long_chain(local, entered, past_the_guards):
    """Make a chain of so many entries without a statement for each."""

    def make(count):
        entered(local, 1)
        row = row_of(local, 1)
        rows = []
        for seq in range(2, count + 1):
            row = {**row, "seq": seq, "previous": row["hash"]}
            row["hash"] = digest_of(row)
            rows.append(row)
        with local.begin() as connection:
            connection.execute(insert(entries), rows)
        past_the_guards(local, set_head(local, count))
        return local

    return make


def test_verifying_takes_little_memory(long_chain):
    """Five thousand entries are verified within 8 MB: no more than a thousand are held at once."""
    engine = long_chain(5_000)
    tracemalloc.start()
    try:
        assert 5_000 == verify(engine).count
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.chaos
@pytest.mark.long
def test_a_long_chain_takes_seconds(long_chain):
    """100,000 entries are verified within 30 seconds."""
    engine = long_chain(100_000)
    started = perf_counter()
    found = verify(engine)
    assert perf_counter() - started < 30
    assert (100_000, None) == (found.count, found.finding)
