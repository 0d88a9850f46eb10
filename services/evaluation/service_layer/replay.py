"""Rebuild every projection from the journal, and prove that nothing was different."""

from dataclasses import dataclass

from services.evaluation.service_layer.journal import rebuilt_cards
from services.evaluation.service_layer.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Replayed:
    """The digests of all projections before and after; equal unless something had gone wrong."""

    households: int
    before: str
    after: str

    @property
    def equal(self) -> bool:
        return self.before == self.after


def replay(uow: UnitOfWork) -> Replayed:
    """Throw the projections away and fold the journal again, in one transaction."""
    with uow:
        uow.cards.lock()
        before = uow.cards.digest()
        cards = rebuilt_cards(uow)
        uow.cards.replace_all(cards)
        after = uow.cards.digest()
        uow.commit()
    return Replayed(len(cards), before, after)
