from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.inspection_sample import InspectionSample, Pool, Size, in_drawn_order
from services.evaluation.domain.supervision_errors import NothingToDrawError

DAY = date(2022, 5, 20)
SIZE = Size(2, 20, 5)


def pool(villages=4, registered=30, others=10, **before):
    names = [f"v{number}" for number in range(villages)]
    return Pool(
        {name: [f"{name}r{number}" for number in range(registered)] for name in names},
        {name: [f"{name}o{number}" for number in range(others)] for name in names},
        **before,
    )


def draw(of, seed="s", size=SIZE):
    return InspectionSample.draw(sample_id="x", month="202205", seed=seed, on=DAY, pool=of, size=size)


def test_two_villages_with_twenty_and_five_each():
    """The draw has the numbers of the rule."""
    sample = draw(pool())
    assert 2 == len(sample.villages)
    for village in sample.villages:
        mine = [one for one in sample.households if one.village == village]
        assert 20 == sum(one.registered for one in mine)
        assert 5 == sum(not one.registered for one in mine)


@given(seed=st.text(min_size=1, max_size=20))
def test_the_same_seed_draws_the_same(seed):
    """Whoever has the seed draws the same sample, whatever the order of the register."""
    of = pool()
    turned = Pool(
        {key: list(reversed(found)) for key, found in reversed(list(of.registered.items()))},
        {key: list(reversed(found)) for key, found in reversed(list(of.others.items()))},
    )
    assert draw(of, seed) == draw(turned, seed)


@given(seed=st.text(max_size=10), names=st.sets(st.text(max_size=5)))
def test_an_order_holds_every_name_once(seed, names):
    """Drawing is only an order."""
    assert names == set(in_drawn_order(sorted(names), seed))
    assert len(names) == len(in_drawn_order(sorted(names), seed))


def test_nothing_twice_while_there_is_anything_else():
    """The second month takes the other two villages; the third begins again with other households."""
    first = draw(pool(), "1")
    second = draw(pool(villages_before=frozenset(first.villages)), "2")
    assert not set(first.villages) & set(second.villages)
    drawn = frozenset(one.household_id for one in first.households)
    only = Pool(
        {village: pool().registered[village] for village in first.villages},
        {village: pool().others[village] for village in first.villages},
        frozenset(first.villages),
        drawn,
    )
    third = draw(only, "3", Size(2, 10, 5))
    assert not drawn & {one.household_id for one in third.households}


def test_a_small_village_gives_all_it_has():
    """Fewer households than wanted are all drawn."""
    assert 2 * (3 + 1) == len(draw(pool(2, 3, 1)).households)


def test_nothing_to_draw_from():
    """Without a village nothing is drawn."""
    with pytest.raises(NothingToDrawError):
        draw(Pool({}, {}))
