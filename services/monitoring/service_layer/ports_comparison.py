"""What the comparison with departments needs of the outside, as Protocols."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from services.monitoring.domain.comparison.case_comparison import CaseComparison
from services.monitoring.domain.comparison.department_list import DepartmentList
from services.monitoring.domain.comparison.difference import ComparisonDifference
from services.monitoring.domain.comparison.matching import NameKey, Registered
from services.monitoring.domain.comparison.push import Push
from services.monitoring.domain.comparison.warning import DepartmentWarning


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of a list as it is kept. *name* and *masked_number* only where the number found nobody."""

    list_id: str
    line: int
    matched: str
    reason: str
    person_id: str | None
    household_id: str | None
    area_code: str
    said: Mapping[str, Any] = field(repr=False)
    name: str = field(default="", repr=False)
    masked_number: str = field(default="", repr=False)


class DepartmentLists(Protocol):
    """Repository of lists with their rows. ``get`` raises DepartmentListNotFoundError."""

    def begin(self, one: DepartmentList) -> None:
        """Keep a list whose rows follow."""
        ...

    def keep_rows(self, rows: Sequence[KeptRow]) -> None: ...
    def finish(self, one: DepartmentList, *, replaces: bool) -> None:
        """Keep its counts; with *replaces* it becomes the list of its kind and month."""
        ...

    def forget(self, list_id: str, *, kept: str) -> None:
        """Let go of a list that turned out to be *kept* once more."""
        ...

    def supersede(self, list_id: str, by: str) -> None:
        """Note that another list came in its place."""
        ...

    def save(self, one: DepartmentList) -> None: ...
    def get(self, list_id: str) -> DepartmentList: ...
    def current(self, kind: str, month: str) -> DepartmentList | None:
        """Return the list of a kind and month that was not replaced."""
        ...

    def same(self, kind: str, month: str, digest: str) -> str | None:
        """Return the list of a kind and month with these very rows, for lists that add to one another."""
        ...

    def newest_month(self, kind: str) -> str: ...
    def row(self, list_id: str, line: int) -> KeptRow:
        """Return one row; raises ListRowNotFoundError."""
        ...

    def save_row(self, row: KeptRow) -> None: ...
    def incomes(self, year: int) -> list[tuple[str, str, date, str, int, int | None]]:
        """Return number, name, birth date and village of each head, with the income of *year* and before."""
        ...

    def absent(self, list_id: str, kind: str) -> list[Registered]:
        """Return who is entitled, insured or enrolled by the register and not on the list."""
        ...


class RegisterLookup(Protocol):
    """What the register says of many persons at once. *operating*: ask for the household's income too."""

    def by_number(
        self, numbers: Collection[str], *, operating: bool = False
    ) -> dict[str, list[Registered]]: ...
    def by_name(
        self, keys: Collection[NameKey], *, operating: bool = False
    ) -> dict[NameKey, list[Registered]]: ...
    def by_id(self, person_ids: Collection[str], *, operating: bool = False) -> dict[str, Registered]: ...


class DepartmentWarnings(Protocol):
    """Repository of warnings; many are taken and followed at once."""

    def take(self, warnings: Sequence[DepartmentWarning]) -> set[str]:
        """Keep the warnings not raised before and return their ids."""
        ...

    def raised_before(self, warning_ids: Collection[str]) -> set[str]: ...
    def of_clues(self, clue_ids: Collection[str]) -> list[DepartmentWarning]:
        """Return the warnings of these clues that wait to be checked."""
        ...

    def of_cases(self, case_ids: Collection[str]) -> list[DepartmentWarning]:
        """Return the warnings in these cases that wait for the county's decision."""
        ...

    def save_all(self, warnings: Iterable[DepartmentWarning]) -> None: ...
    def unpushed(self, department: str) -> list[str]:
        """Return the warnings of *department* whose results it was not told."""
        ...

    def put_in_push(self, warning_ids: Sequence[str], push_id: str) -> None: ...


class ComparisonDifferences(Protocol):
    """Repository of differences. ``get`` raises DifferenceNotFoundError."""

    def take(self, differences: Sequence[ComparisonDifference]) -> set[str]:
        """Keep those that are new: not found before, nor one open for the same person and matter."""
        ...

    def get(self, difference_id: str) -> ComparisonDifference: ...
    def save_all(self, differences: Iterable[ComparisonDifference]) -> None: ...
    def open_about(self, about: str) -> list[ComparisonDifference]: ...
    def open_of_households(self, household_ids: Collection[str]) -> list[ComparisonDifference]: ...
    def explained(self, about: str) -> set[tuple[str, str, str]]:
        """Return person, listed and registered of what was explained."""
        ...

    def unpushed(self, department: str) -> list[str]: ...
    def put_in_push(self, difference_ids: Sequence[str], push_id: str) -> None: ...
    def waiting_in_push(self, push_id: str) -> int:
        """Return how many of a push still wait for the department."""
        ...

    def push_of(self, difference_id: str) -> str | None: ...


class Pushes(Protocol):
    """Repository of pushes. ``get`` raises PushNotFoundError."""

    def add(self, push: Push) -> None: ...
    def get(self, push_id: str) -> Push: ...
    def save(self, push: Push) -> None: ...


class CaseComparisons(Protocol):
    """Repository of what departments are asked about cases. ``get`` raises CaseComparisonNotFoundError."""

    def add(self, asked: Sequence[CaseComparison]) -> None: ...
    def get(self, comparison_id: str) -> CaseComparison: ...
    def save(self, one: CaseComparison) -> None: ...
    def open_of(self, case_ids: Collection[str]) -> list[CaseComparison]: ...
    def of_case(self, case_id: str, round_: int) -> list[CaseComparison]: ...
    def sent(self, case_ids: Collection[str]) -> list[tuple[str, str, str, int, int]]:
        """Return case, household, village, round and number of persons of cases being compared."""
        ...


class ComparisonRepositories(Protocol):
    """The repositories of the comparison with departments, as a unit of work has them."""

    @property
    def register_lookup(self) -> RegisterLookup: ...
    @property
    def department_lists(self) -> DepartmentLists: ...
    @property
    def department_warnings(self) -> DepartmentWarnings: ...
    @property
    def differences(self) -> ComparisonDifferences: ...
    @property
    def pushes(self) -> Pushes: ...
    @property
    def case_comparisons(self) -> CaseComparisons: ...
