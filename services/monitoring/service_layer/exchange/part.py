"""Commands that begin and end a transaction of their own, made part of a larger one, or only rehearsed."""

from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self, cast

from services.monitoring.domain.household import Household
from services.monitoring.service_layer.ports import Households, UnitOfWork


def part_of(uow: UnitOfWork) -> UnitOfWork:
    """Return *uow*, begun already, so that a command's commit only hands over what it tells.

    Whatever the command wrote is kept when *uow* itself is committed, and not before.
    """
    return cast("UnitOfWork", _Part(uow))


def rehearsal_on(uow: UnitOfWork) -> UnitOfWork:
    """Return *uow*, begun already, so that commands on households check everything and write nothing."""
    return cast("UnitOfWork", _Rehearsal(uow))


class _Part:
    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (whatever the unit of work has)
        return getattr(self._uow, name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        return None

    def commit(self) -> None:
        self._uow.flush()


class _Rehearsal(_Part):
    def __init__(self, uow: UnitOfWork) -> None:
        super().__init__(uow)
        self.households = _Unwritten(uow.households)

    def commit(self) -> None:
        """Keep nothing."""


class _Unwritten:
    """The households on record; what is added or saved is forgotten."""

    def __init__(self, real: Households) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (whatever the repository has)
        return getattr(self._real, name)

    def add_many(self, households: Sequence[Household]) -> None:
        """Forget them."""

    def save_many(self, households: Sequence[Household]) -> None:
        """Forget them."""

    def take_along(self, household: Household) -> None:
        """Leave everything where it is."""
