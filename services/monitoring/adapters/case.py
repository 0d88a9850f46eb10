"""Where cases are kept, and every step they took."""

from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables_case import case_steps, cases
from services.monitoring.domain.case import Case
from services.monitoring.domain.case_errors import CaseNotFoundError
from services.monitoring.domain.case_facts import Advanced
from services.monitoring.domain.case_steps import CaseState, ComparisonState
from services.monitoring.domain.publicity import Notice, Vote
from shared.kernel.clock import Clock
from shared.kernel.errors import StaleVersionError
from shared.persistence.versioned import add_version, save_version

_FIELDS = tuple(one.name for one in fields(Case) if one.name not in ("version", "facts"))
VOTE: TypeAdapter[Vote | None] = TypeAdapter(Vote | None)
NOTICE: TypeAdapter[Notice | None] = TypeAdapter(Notice | None)


class Cases:
    """The cases of all households, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect, clock: Clock) -> None:
        self._connection = connection
        self._collect = collect
        self._clock = clock

    def add(self, case: Case) -> None:
        """Keep a new case; when somebody opens one for the same household just now, try again."""
        try:
            add_version(self._connection, cases, _row(case))
        except IntegrityError as error:
            raise StaleVersionError from error
        self._kept(case)
        case.version = 1

    def save(self, case: Case) -> None:
        """Keep the case unless somebody else saved it since it was read."""
        try:
            save_version(self._connection, cases, _row(case), read=case.version)
        except IntegrityError as error:
            raise StaleVersionError from error
        self._kept(case)
        case.version += 1

    def get(self, case_id: str) -> Case:
        """Return the case; raises CaseNotFoundError."""
        row = self._connection.execute(select(cases).where(cases.c.id == case_id)).mappings().one_or_none()
        if row is None:
            raise CaseNotFoundError
        return case_from(row)

    def open_of(self, household_id: str) -> Case | None:
        """Return the household's open case, or None."""
        query = select(cases).where(cases.c.open_household == household_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return case_from(row) if row is not None else None

    def latest_of(self, household_id: str) -> Case | None:
        """Return the case opened last for the household, whatever became of it."""
        query = (
            select(cases)
            .where(cases.c.household_id == household_id)
            .order_by(cases.c.opened_on.desc(), cases.c.open_household.is_(None), cases.c.id)
            .limit(1)
        )
        row = self._connection.execute(query).mappings().one_or_none()
        return case_from(row) if row is not None else None

    def _kept(self, case: Case) -> None:
        steps = [_step_row(fact) for fact in case.facts if isinstance(fact, Advanced)]
        if steps:
            at = self._clock()
            self._connection.execute(case_steps.insert(), [{**step, "at": at} for step in steps])
        self._collect(case)


def case_from(row: Any) -> Case:  # noqa: ANN401  (a row of ``cases`` as a mapping)
    """Return the case a row of ``cases`` keeps."""
    return Case(
        **{name: row[name] for name in _FIELDS}
        | {
            "version": row["version"],
            "risks": tuple(row["risks"]),
            "clue_ids": tuple(row["clue_ids"]),
            "hits": tuple(row["hits"]),
            "state": CaseState(row["state"]),
            "comparison": ComparisonState(row["comparison"]),
            "vote": VOTE.validate_python(row["vote"]),
            "notice": NOTICE.validate_python(row["notice"]),
        }
    )


def _row(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in _FIELDS} | {
        "open_household": case.household_id if case.is_open else None,
        "state": str(case.state),
        "comparison": str(case.comparison),
        "vote": VOTE.dump_python(case.vote, mode="json"),
        "notice": NOTICE.dump_python(case.notice, mode="json"),
    }


def _step_row(fact: Advanced) -> dict[str, Any]:
    return {
        "case_id": fact.case.case_id,
        "sequence": fact.sequence,
        "step": str(fact.step),
        "from_state": fact.from_state,
        "to_state": fact.to_state,
        "occurred_on": fact.acting.on,
        "by": fact.acting.by,
        "note": fact.acting.note,
    }
