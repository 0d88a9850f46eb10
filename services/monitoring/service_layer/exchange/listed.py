"""A department's list out of a file: each row as the comparison takes it, or what is wrong with it.

For callers that have an open table themselves::

    rows = list_rows(typed_rows(table, wanted), wanted, village_named)      # raises at the first wrong row
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from services.monitoring.domain.comparison.row import ROWS, Row, columns_of
from services.monitoring.domain.exchange.cell import CellProblem
from services.monitoring.domain.exchange.format import FileFormat, TypedRow
from services.monitoring.domain.exchange.import_errors import FailedRowsError
from services.monitoring.service_layer.ports_exchange import StagedRow

VillageOf = Callable[[str, str], str | None]

NOBODY = CellProblem(
    "nobody_named",
    "没有身份证号，姓名、出生日期、所在村又不齐全，无法对应到人",
    "has no ID number, and not name, birth date and village either: nobody can be found by it",
)


def list_rows(rows: Iterable[TypedRow], wanted: FileFormat, village_of: VillageOf) -> Iterator[Row]:
    """Yield the rows as the comparison takes them; raises FailedRowsError at the first that is wrong."""
    for row in rows:
        if row.problems or problem_of(row, village_of):
            raise FailedRowsError(failed=1)
        yield row_of(row, wanted, village_of)


def wrong_list_rows(
    rows: Iterable[TypedRow], wanted: FileFormat, village_of: VillageOf
) -> Iterator[StagedRow]:
    """Yield what is wrong, row by row."""
    for row in rows:
        problems = list(row.problems)
        nobody = problem_of(row, village_of) if wanted.list_kind else None
        if nobody is not None and not problems:
            problems.append(("id_number", nobody))
        if problems:
            said = tuple((name, one.code, one.zh, one.en) for name, one in problems)
            yield StagedRow(row.number, "", "failed", problems=said)


def problem_of(row: TypedRow, village_of: VillageOf) -> CellProblem | None:
    """Return NOBODY when the row cannot be about anybody."""
    values = row.values
    by_name = values.get("name") and values.get("born_on") and _area(row, village_of)
    return None if values.get("id_number") or by_name else NOBODY


def row_of(row: TypedRow, wanted: FileFormat, village_of: VillageOf) -> Row:
    """Return the row of the comparison's kind; what is blank has the kind's own default."""
    if wanted.key == "work_away":
        return _work(row, village_of)
    kind = ROWS[wanted.list_kind]
    given: dict[str, Any] = {
        one.name: value
        for one in columns_of(wanted.list_kind)
        if (value := row.values.get(one.name)) is not None
    }
    return kind(**given | {"area_code": _area(row, village_of)})


def _work(row: TypedRow, village_of: VillageOf) -> Row:
    """Return the monthly watch of work as the list of employment: who ended has no work since then."""
    values: Mapping[str, Any] = row.values
    ended = values.get("ended_on")
    return ROWS["employment"](
        id_number=values.get("id_number") or "",
        name=values.get("name") or "",
        area_code=_area(row, village_of),
        working=bool(values.get("working")) and ended is None,
        stopped_on=ended,
    )  # type: ignore[call-arg]  # a kind's own columns


def _area(row: TypedRow, village_of: VillageOf) -> str:
    code = row.values.get("area_code")
    if code:
        return str(code)
    town, village = row.values.get("town_name"), row.values.get("village_name")
    return (village_of(str(town), str(village)) or "") if town and village else ""
