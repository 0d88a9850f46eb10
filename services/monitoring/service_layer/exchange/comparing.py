"""The preview: each row of a file against the registry, a few thousand at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.monitoring.domain.exchange.cell import CellProblem
from services.monitoring.domain.exchange.import_job import Outcome
from services.monitoring.domain.exchange.registry_row import RegistryRow
from services.monitoring.domain.household import MONITORED
from services.monitoring.service_layer.ports_exchange import (
    KnownHousehold,
    KnownPerson,
    KnownRegistry,
    StagedRow,
)

TWICE = CellProblem("twice_in_file", "同一证件号码在本表中出现多次", "stands more than once in this table")
HOUSEHOLD_DIFFERS = CellProblem(
    "household_differs",
    "同一户的各行户信息不一致",
    "differs from another row of the same household",
)
ELSEWHERE = CellProblem(
    "person_elsewhere",
    "此人已登记在另一户；请先核实，在农户页面办理减员后再导入",
    "is on record in another household; check, and record that the person has left it first",
)
NEW_MEMBER = CellProblem(
    "new_member",
    "该户台账中没有此人；新增成员须选择原因，请在农户页面办理",
    "is not on record in this household; add the person on its page, where the reason is given",
)
NO_VILLAGE = CellProblem(
    "village_missing", "新登记的户须填写乡镇和行政村", "a new household needs its village"
)
NO_HOUSEHOLD = CellProblem(
    "household_unknown",
    "台账中没有这一户，请先导入人口名单",
    "is not on record; import the list of its people first",
)
OUTSIDE = CellProblem("outside_area", "不在您的辖区", "lies outside your area")
_NO_MORE_TYPE = ("household_type", "lifted_out")


@dataclass
class Comparison:
    """What the rows of one file amount to. Its memory grows by some bytes a row, for finding doubles."""

    imports: KnownRegistry
    own_area: str
    unchanged: int = 0
    _people: set[int] = field(default_factory=set)
    _households: dict[int, int] = field(default_factory=dict)

    def take(self, rows: Sequence[RegistryRow]) -> Iterator[StagedRow]:
        """Yield those rows that would change something, or are wrong."""
        households = self.imports.known_households({row.household_no for row in rows if row.household_no})
        people = self.imports.known_people({row.identity for row in rows if row.identity})
        for row in rows:
            staged = self._compared(row, households.get(row.household_no), people.get(row.identity))
            if staged.outcome == "unchanged":
                self.unchanged += 1
            else:
                yield staged

    def _compared(
        self, row: RegistryRow, household: KnownHousehold | None, person: KnownPerson | None
    ) -> StagedRow:
        problems = [*row.problems, *self._contradictions(row, household, person)]
        first = self._is_first(row, problems)
        if problems:
            return _failed(row, problems)
        if household is None:
            return StagedRow(
                row.number, row.household_no, "new", person={**row.person, "person_no": row.person_no},
                household=row.household,
            )  # fmt: skip
        new_household, old_household = self._changes(_settled(row.household, household), household.values)
        if not first:
            new_household, old_household = {}, {}
        new_person: dict[str, Any] = {}
        old_person: dict[str, Any] = {}
        if person is not None:
            said = {
                name: value for name, value in row.person.items() if name not in ("id_number", "document")
            }
            if row.person_no:
                said["person_no"] = row.person_no
            new_person, old_person = self._changes(said, person.values)
        outcome: Outcome = "changed" if new_household or new_person else "unchanged"
        return StagedRow(
            row.number,
            row.household_no,
            outcome,
            household.id,
            household.version,
            person.id if person else None,
            person=new_person,
            household=new_household,
            before={**old_household, **old_person},
        )

    def _changes(
        self, said: Mapping[str, Any], known: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what differs, new and old. Of a telephone only whether it differs is known."""
        new: dict[str, Any] = {}
        old: dict[str, Any] = {}
        for name, value in said.items():
            before = known.get(name)
            if name == "phone":
                if self.imports.phone_hash(value) != before:
                    new[name], old[name] = value, None
            elif value != before:
                new[name], old[name] = value, before
        return new, old

    def _contradictions(
        self, row: RegistryRow, household: KnownHousehold | None, person: KnownPerson | None
    ) -> Iterable[tuple[str, CellProblem]]:
        if household is not None and not str(household.values["area_code"]).startswith(self.own_area):
            yield "household_no", OUTSIDE
        elif person is not None and person.household_no != row.household_no:
            yield "id_number", ELSEWHERE
        elif household is not None and row.person and person is None:
            yield "id_number", NEW_MEMBER
        elif household is None and not row.person:
            yield "household_no", NO_HOUSEHOLD
        elif household is None and "area_code" not in row.household and not row.problems:
            yield "village_name", NO_VILLAGE
        if row.identity:
            identity = hash(row.identity)
            if identity in self._people:
                yield "id_number", TWICE
            self._people.add(identity)

    def _is_first(self, row: RegistryRow, problems: list[tuple[str, CellProblem]]) -> bool:
        """Whether no row of this household came before; what it says of the household must be the same."""
        said = hash(tuple(sorted((name, str(value)) for name, value in row.household.items())))
        before = self._households.setdefault(hash(row.household_no), said)
        if before != said:
            problems.append(("household_no", HOUSEHOLD_DIFFERS))
        first = hash((row.household_no, "first")) not in self._people
        self._people.add(hash((row.household_no, "first")))
        return first


def _settled(said: Mapping[str, Any], household: KnownHousehold) -> Mapping[str, Any]:
    """Leave the type of a monitored household alone: only its case changes it."""
    if household.household_type in MONITORED:
        return {name: value for name, value in said.items() if name not in _NO_MORE_TYPE}
    return said


def _failed(row: RegistryRow, problems: Sequence[tuple[str, CellProblem]]) -> StagedRow:
    said = tuple((name, one.code, one.zh, one.en) for name, one in problems)
    return StagedRow(row.number, row.household_no[:32], "failed", problems=said)
