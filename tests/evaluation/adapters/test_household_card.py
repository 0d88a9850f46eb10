from concurrent.futures import ThreadPoolExecutor

import pytest

from services.evaluation.service_layer.replay import replay
from shared.messaging.intake import take_in
from tests.evaluation.samples import Year, of_others, sealed


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def test_two_workers_lose_nothing_of_one_household(kind, request, new_service, tmp_path):
    """Two workers take events of the same households at once: every card is the fold of its events."""
    url = request.getfixturevalue("database") if kind == "postgresql" else f"sqlite:///{tmp_path}/shared.db"
    workers = [new_service(url), new_service(url)]
    events = of_others(sealed([event for seed in range(6) for event in Year(seed).events]))
    batches = [events[start : start + 7] for start in range(0, len(events), 7)]

    def work(number):
        service = workers[number]
        for batch in batches[number::2]:
            assert [] == take_in(batch, service.uow(), service.reader, at=service.clock()).set_aside

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    replayed = replay(workers[0].uow())
    assert replayed.equal
    with workers[1].uow() as uow:
        assert {event.id for event in events} == {event.id for event in of_others(uow.journal.every())}
    for service in workers:
        service.engine.dispose()


def test_a_card_is_kept_as_it_was_folded(service, tell):
    """What is put comes back the same, and new households start empty."""
    tell(service, sealed(Year(3).events))
    with service.uow() as uow:
        cards = uow.cards.for_change(["h0", "new"])
        assert {"h0", "new"} == set(cards)
        assert {} == cards["new"].state
        uow.cards.put(cards.values())
        assert cards == uow.cards.for_change(["h0", "new"])


def test_the_digest_is_of_the_content(service, new_service, tell):
    """Two services with the same events have one digest, in whatever order they learned them."""
    other = new_service()
    tell(service, sealed(Year(3).events))
    tell(other, sealed(Year(3).events)[::-1])
    with service.uow() as one, other.uow() as two:
        assert one.cards.digest() == two.cards.digest()
