"""The base of everything that decides: a version, and what happened to it."""

from dataclasses import dataclass, field

from shared.kernel.errors import StaleVersionError


@dataclass(kw_only=True)
class Aggregate:
    """Something with an identity that refuses, or changes and remembers a fact.

    *version* is the version read; saving refuses when the stored one has moved
    on. *facts* are private facts raised since it was read: the unit of work
    turns them into published events when the aggregate is saved.
    """

    version: int = 0
    facts: list[object] = field(default_factory=list, compare=False, repr=False)

    def expect_version(self, seen: int | None) -> None:
        """Refuse to act on something that has changed since the person saw it; None asks nothing."""
        if seen is not None and seen != self.version:
            raise StaleVersionError

    def raise_fact(self, fact: object) -> None:
        """Remember *fact* until the aggregate is saved."""
        self.facts.append(fact)
