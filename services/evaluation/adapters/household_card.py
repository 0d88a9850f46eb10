"""Household cards in SQL."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Connection, delete, select, text

from services.evaluation.adapters.tables import household_card
from services.evaluation.service_layer.canonical import canonical
from services.evaluation.service_layer.household_card import HouseholdCard
from shared.messaging.bulk import insert_new, upsert

_STREAMED = {"yield_per": 1_000}


class SqlCards:
    """The cards inside one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def for_change(self, household_ids: Iterable[str]) -> dict[str, HouseholdCard]:
        """Return the cards locked, those that did not exist yet as well.

        The empty row comes first: two workers with the same new household wait for
        each other here, in one order, and neither loses what the other folds.
        """
        wanted = sorted(household_ids)
        rows = [{"household_id": one, "area_code": "", "state": {}} for one in wanted]
        insert_new(self._connection, household_card, rows)
        query = (
            select(household_card)
            .where(household_card.c.household_id.in_(wanted))
            .order_by(household_card.c.household_id)
            .with_for_update()
        )
        return {row.household_id: HouseholdCard(*row) for row in self._connection.execute(query)}

    def put(self, cards: Iterable[HouseholdCard]) -> None:
        """Keep *cards*, which ``for_change`` has locked."""
        upsert(self._connection, household_card, [_row(card) for card in cards])

    def digest(self) -> str:
        """Return the SHA-256 over every card's canonical JSON, by household, one a line."""
        digest = hashlib.sha256()
        query = select(household_card).order_by(household_card.c.household_id)
        for row in self._connection.execute(query, execution_options=_STREAMED):
            digest.update(canonical([row.household_id, row.area_code, row.state]) + b"\n")
        return digest.hexdigest()

    def lock(self) -> None:
        """Keep every other writer away; SQLite's writing transaction does so by itself."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("LOCK TABLE household_card IN EXCLUSIVE MODE"))

    def replace_all(self, cards: Iterable[HouseholdCard]) -> None:
        """Forget every card and keep *cards*."""
        self._connection.execute(delete(household_card))
        self.put(cards)


def _row(card: HouseholdCard) -> dict[str, object]:
    return {"household_id": card.household_id, "area_code": card.area_code, "state": card.state}
