"""What the commands on the rectification ledger need of the outside."""

from typing import Protocol

from services.evaluation.domain.ledger.problem import Problem
from services.evaluation.domain.ledger.problem_list import ProblemList
from services.evaluation.domain.ledger.recurrence import Likes


class Problems(Protocol):
    """Repository of problems; ``get`` raises UnknownProblemError."""

    def get(self, problem_id: str) -> Problem: ...
    def add(self, problem: Problem) -> None: ...
    def save(self, problem: Problem) -> None: ...
    def knows(self, problem_id: str) -> bool: ...

    def next_number(self, year: int) -> str:
        """Return the number after the last of *year*, such as ``2022-0017``."""
        ...

    def likes(self, problem: Problem, unit: str, category: str, cause: str) -> Likes:
        """Return what is known of problems of this unit, category and cause.

        Other problems' closings, also those a reopening has taken back since, and the
        days on which any of them, *problem* included, came back and it counted. Without a
        cause nothing is alike but *problem* itself.
        """
        ...


class ProblemLists(Protocol):
    """Repository of lists that were sent in to be imported; ``get`` raises UnknownProblemListError."""

    def get(self, list_id: str) -> ProblemList: ...
    def add(self, problem_list: ProblemList) -> None: ...
    def save(self, problem_list: ProblemList) -> None: ...


class LedgerRepositories(Protocol):
    """The repositories of the ledger, on one transaction."""

    @property
    def problems(self) -> Problems: ...
    @property
    def problem_lists(self) -> ProblemLists: ...
