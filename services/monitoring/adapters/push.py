"""Where pushes to departments, and what departments are asked about cases, are kept."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, func, select

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import case_comparisons, cases, members, pushes
from services.monitoring.domain.case_steps import ComparisonState
from services.monitoring.domain.comparison.case_comparison import (
    CaseComparison,
    CheckAnswer,
    ComparisonAnswer,
    RequestState,
)
from services.monitoring.domain.comparison.errors import CaseComparisonNotFoundError, PushNotFoundError
from services.monitoring.domain.comparison.push import Push
from shared.messaging.bulk import among, insert_new
from shared.persistence.versioned import add_version, save_version

_PUSH = tuple(one.name for one in fields(Push) if one.name not in ("facts", "version"))
_ASKED = tuple(one.name for one in fields(CaseComparison) if one.name not in ("facts", "version"))


class Pushes:
    """All pushes, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, push: Push) -> None:
        add_version(self._connection, pushes, {name: getattr(push, name) for name in _PUSH})
        self._collect(push)
        push.version = 1

    def get(self, push_id: str) -> Push:
        """Return the push; raises PushNotFoundError."""
        row = self._connection.execute(select(pushes).where(pushes.c.id == push_id)).mappings().first()
        if row is None:
            raise PushNotFoundError
        return Push(**row)

    def save(self, push: Push) -> None:
        row = {name: getattr(push, name) for name in _PUSH}
        save_version(self._connection, pushes, row, read=push.version)
        self._collect(push)
        push.version += 1


class CaseComparisons:
    """What departments are asked about cases, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, asked: Sequence[CaseComparison]) -> None:
        """Keep what was not asked before and tell the departments."""
        rows = [_row(one) | {"version": 1} for one in asked]
        new = insert_new(self._connection, case_comparisons, rows)
        for one in asked:
            if one.id in new:
                self._collect(one)
                one.version = 1

    def get(self, comparison_id: str) -> CaseComparison:
        """Return the request; raises CaseComparisonNotFoundError."""
        query = select(case_comparisons).where(case_comparisons.c.id == comparison_id)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise CaseComparisonNotFoundError
        return case_comparison_from(row)

    def save(self, one: CaseComparison) -> None:
        save_version(self._connection, case_comparisons, _row(one), read=one.version)
        self._collect(one)
        one.version += 1

    def open_of(self, case_ids: Collection[str]) -> list[CaseComparison]:
        columns = case_comparisons.c
        query = select(case_comparisons).where(
            among(self._connection, columns.case_id, sorted(case_ids)),
            columns.state == str(RequestState.ASKED),
        )
        rows = self._connection.execute(query.order_by(columns.id)).mappings()
        return [case_comparison_from(row) for row in rows]

    def of_case(self, case_id: str, round_: int) -> list[CaseComparison]:
        columns = case_comparisons.c
        query = select(case_comparisons).where(columns.case_id == case_id, columns.round == round_)
        rows = self._connection.execute(query.order_by(columns.department)).mappings()
        return [case_comparison_from(row) for row in rows]

    def sent(self, case_ids: Collection[str]) -> list[tuple[str, str, str, int, int]]:
        """Return case, household, village, round and persons of those of the cases that are compared."""
        counted = (
            select(func.count())
            .select_from(members)
            .where(members.c.household_id == cases.c.household_id, members.c.left_on.is_(None))
            .scalar_subquery()
        )
        query = select(cases.c.id, cases.c.household_id, cases.c.area_code, cases.c.round, counted).where(
            among(self._connection, cases.c.id, sorted(case_ids)),
            cases.c.comparison == str(ComparisonState.COMPARING),
        )
        return [tuple(row) for row in self._connection.execute(query)]


def case_comparison_from(row: Any) -> CaseComparison:  # noqa: ANN401  (a row's mapping)
    """Return the request a row keeps."""
    answers = {
        check: CheckAnswer(ComparisonAnswer(one["answer"]), one["person_id"], one["note"])
        for check, one in row["answers"].items()
    }
    told = {name: row[name] for name in (*_ASKED, "version")}
    return CaseComparison(
        **told | {"answers": answers, "checks": tuple(row["checks"]), "state": RequestState(row["state"])}
    )


def _row(one: CaseComparison) -> dict[str, Any]:
    answers = {
        check: {"answer": str(answer.answer), "person_id": answer.person_id, "note": answer.note}
        for check, answer in one.answers.items()
    }
    return {name: getattr(one, name) for name in _ASKED} | {
        "answers": answers,
        "checks": list(one.checks),
        "state": str(one.state),
    }
