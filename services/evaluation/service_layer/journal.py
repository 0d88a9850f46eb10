"""What happens when events come in: they are journaled for ever, and the households' cards follow."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from services.evaluation.service_layer.household_card import HouseholdCard, fold
from services.evaluation.service_layer.ports import UnitOfWork
from shared.contracts.envelope import Envelope
from shared.contracts.registry import MODELS, read


def record_events(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Journal *events*, and fold those of known types into the cards.

    A type nobody has published yet is journaled as it is: when its model exists, a
    replay takes it in. A known type whose body breaks its contract is refused,
    because a journal is for ever.
    """
    for event in events:
        if event.type in MODELS:
            read(event)
    new = uow.journal.append(events, at=uow.clock())
    by_household = _by_household(new)
    cards = uow.cards.for_change(by_household)
    for household_id, mine in by_household.items():
        for event in mine:
            cards[household_id].apply(event)
    uow.cards.put(cards.values())


def rebuilt_cards(uow: UnitOfWork) -> list[HouseholdCard]:
    """Return the cards that the journal makes, without looking at those kept."""
    by_household = _by_household(uow.journal.every())
    return [fold(household_id, events) for household_id, events in by_household.items()]


def _by_household(events: Iterable[Envelope]) -> dict[str, list[Envelope]]:
    groups: dict[str, list[Envelope]] = defaultdict(list)
    for event in events:
        household_id = event.data.get("household_id")
        if household_id and event.type in MODELS:
            groups[household_id].append(event)
    return dict(groups)
