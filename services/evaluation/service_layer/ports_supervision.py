"""What the commands on inspections, orders, interviews and accountability need of the outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from services.evaluation.domain.accountability import RecurrenceFound, Trigger
from services.evaluation.domain.inspection import Inspection
from services.evaluation.domain.inspection_sample import InspectionSample, Pool
from services.evaluation.domain.interview import Interview
from services.evaluation.domain.order import Order, OrderReply


class Triggers(Protocol):
    """Repository of triggers; ``get`` raises TriggerNotFoundError."""

    def add_new(self, trigger: Trigger) -> bool:
        """Keep it unless it is kept already, and say whether it was new; only then is it told of."""
        ...

    def save(self, trigger: Trigger) -> None: ...
    def get(self, trigger_id: str) -> Trigger: ...
    def recurrences_without_trigger(self) -> Sequence[RecurrenceFound]:
        """Return the recurrences the ledger marks as a trigger and for which none was proposed yet."""
        ...


class Orders(Protocol):
    """Repository of orders; ``get`` raises OrderNotFoundError."""

    def add(self, order: Order) -> None: ...
    def save(self, order: Order) -> None: ...
    def keep(self, reply: OrderReply) -> None: ...
    def get(self, order_id: str) -> Order: ...
    def next_number(self, year: int) -> str:
        """Return the number of the next letter of *year*."""
        ...

    def overdue_without_trigger(self, until: datetime) -> Sequence[Order]:
        """Return the orders owed, due not after *until*, for which no trigger was proposed."""
        ...

    def events_of(self, orders: Sequence[Order]) -> dict[str, tuple[str, ...]]:
        """Return the journalled events of each order, in the order they were recorded."""
        ...


class Inspections(Protocol):
    """Repository of inspections; ``get`` raises InspectionNotFoundError."""

    def add(self, inspection: Inspection) -> None: ...
    def save(self, inspection: Inspection) -> None: ...
    def get(self, inspection_id: str) -> Inspection: ...


class InspectionSamples(Protocol):
    """Repository of the monthly draws."""

    def add(self, sample: InspectionSample) -> None: ...
    def of_month(self, month: str) -> InspectionSample | None: ...
    def pool(self) -> Pool:
        """Return every household by village, and what was drawn before."""
        ...


class Interviews(Protocol):
    """Repository of interviews and reminders; a record stays as it is."""

    def add(self, interview: Interview) -> None: ...


class SupervisionRepositories(Protocol):
    """The repositories of supervision, on one transaction."""

    @property
    def triggers(self) -> Triggers: ...
    @property
    def orders(self) -> Orders: ...
    @property
    def inspections(self) -> Inspections: ...
    @property
    def inspection_samples(self) -> InspectionSamples: ...
    @property
    def interviews(self) -> Interviews: ...
