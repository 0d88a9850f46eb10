"""Identifiers."""

import uuid

from shared.kernel.ids import SeededIds, derived_id, random_ids


def test_a_consequence_keeps_its_id():
    """The same parts give the same id, other parts another, wherever the border between them lies."""
    assert derived_id("a", "bc") == derived_id("a", "bc")
    assert derived_id("a", "bc") != derived_id("ab", "c")


def test_a_derived_id_is_a_uuid():
    """It is the version 5 UUID of the parts in our namespace, so that others can compute it."""
    namespace = uuid.UUID("7d0bd0a8-54fb-5f3e-9d0b-6f0f2e5a4c11")
    for n in range(200):
        assert str(uuid.uuid5(namespace, f"{n}\x1f险")) == derived_id(str(n), "险")


def test_seeded_ids_repeat_with_the_seed():
    """A simulation can be played again with the same ids, and never gives one twice."""
    first, again, other = SeededIds("1"), SeededIds("1"), SeededIds("2")
    ids = [first() for _ in range(100)]
    assert ids == [again() for _ in range(100)]
    assert 100 == len(set(ids))
    assert ids[0] != other()


def test_random_ids_differ():
    """Two people's acts never share an id."""
    assert random_ids() != random_ids()
