"""A batch of households that is written whole or not at all, and what each of them is refused for."""

from collections import Counter
from collections.abc import Mapping, Sequence

from services.monitoring.domain.errors import (
    DuplicateHouseholdNoError,
    DuplicateIdNumberError,
    HouseholdNotFoundError,
)
from services.monitoring.domain.household import Household
from services.monitoring.domain.member import masked
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.errors import ConflictError, Refusal

MOST = 1_000


class BatchRefusedError(ConflictError):
    """Raised when some of a batch is refused; nothing is written. *refusals* are by position in the batch."""

    code = "batch_refused"
    zh = "{count}户未通过检查，本批未登记任何一户"
    en = "{count} households are refused, and nothing of the batch is recorded"

    def __init__(self, refusals: Mapping[int, Refusal]) -> None:
        super().__init__(count=len(refusals))
        self.refusals = refusals


class BatchTooLargeError(ConflictError):
    """Raised when a batch has more households than one transaction may hold."""

    code = "batch_too_large"
    zh = "一批最多{most}户"
    en = "A batch has at most {most} households"


class Batch:
    """What is refused of a batch so far; :meth:`end` raises when anything is."""

    def __init__(self, size: int) -> None:
        if size > MOST:
            raise BatchTooLargeError(most=MOST)
        self.refusals: dict[int, Refusal] = {}

    def refuse(self, position: int, refusal: Refusal) -> None:
        """Note what the household at *position* is refused for; the first reason stays."""
        self.refusals.setdefault(position, refusal)

    def refuse_known_numbers(self, numbers: Sequence[str], uow: UnitOfWork) -> None:
        """Refuse household numbers that are on record, or twice in the batch."""
        known = uow.households.known_numbers(numbers)
        times = Counter(numbers)
        for position, number in enumerate(numbers):
            if number in known or times[number] > 1:
                self.refuse(position, DuplicateHouseholdNoError(household_no=number))

    def one_of(self, found: dict[str, Household], household_id: str) -> Household:
        """Return the household of that id; raises HouseholdNotFoundError."""
        if household_id not in found:
            raise HouseholdNotFoundError
        return found[household_id]

    def refuse_known_people(self, households: Mapping[int, Household], uow: UnitOfWork) -> None:
        """Refuse households, by position, in which somebody is who is present in another one too."""
        holders: dict[str, str] = uow.households.holders_of(
            [one.identity for household in households.values() for one in household.present if one.identity]
        )
        in_batch: dict[str, str] = {}
        ours = {household.household_no: household for household in households.values()}
        for position, household in households.items():
            for identity in [one.identity for one in household.present if one.identity]:
                holder = in_batch.setdefault(identity, household.household_no)
                if holder == household.household_no:
                    # Of a household that is in the batch, only what the batch makes of it counts.
                    holder = holders.get(identity, holder)
                    holder = household.household_no if holder in ours else holder
                if holder != household.household_no:
                    self.refuse(position, DuplicateIdNumberError(household_no=masked(holder)))

    def end(self) -> None:
        """Raise BatchRefusedError when anything was refused."""
        if self.refusals:
            raise BatchRefusedError(dict(sorted(self.refusals.items())))
