"""Where eliminations are kept, every step they took, and what else stands in their way."""

from dataclasses import fields
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from services.monitoring.adapters.case import NOTICE, VOTE
from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import changes, clues
from services.monitoring.adapters.tables_case import elimination_steps, eliminations
from services.monitoring.domain.elimination import Elimination, EliminationState, Snapshot, Stepped
from services.monitoring.domain.elimination_criteria import SAFEGUARD_CHANGES, Findings
from services.monitoring.domain.elimination_errors import EliminationNotFoundError
from shared.kernel.clock import Clock
from shared.kernel.errors import StaleVersionError
from shared.persistence.versioned import add_version, save_version

_FIELDS = tuple(one.name for one in fields(Elimination) if one.name not in ("version", "facts"))
_FINDINGS: TypeAdapter[Findings | None] = TypeAdapter(Findings | None)
_SNAPSHOT: TypeAdapter[Snapshot | None] = TypeAdapter(Snapshot | None)


class Eliminations:
    """The eliminations of all cases, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect, clock: Clock) -> None:
        self._connection = connection
        self._collect = collect
        self._clock = clock

    def add(self, elimination: Elimination) -> None:
        """Keep a new elimination; when somebody proposes one for the same case just now, try again."""
        try:
            add_version(self._connection, eliminations, _row(elimination))
        except IntegrityError as error:
            raise StaleVersionError from error
        self._kept(elimination)
        elimination.version = 1

    def save(self, elimination: Elimination) -> None:
        """Keep the elimination unless somebody else saved it since it was read."""
        save_version(self._connection, eliminations, _row(elimination), read=elimination.version)
        self._kept(elimination)
        elimination.version += 1

    def get(self, elimination_id: str) -> Elimination:
        """Return the elimination; raises EliminationNotFoundError."""
        query = select(eliminations).where(eliminations.c.id == elimination_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise EliminationNotFoundError
        return elimination_from(row)

    def open_of(self, case_id: str) -> Elimination | None:
        """Return the case's elimination that is being dealt with, or None."""
        query = select(eliminations).where(eliminations.c.open_case == case_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return elimination_from(row) if row is not None else None

    def open_changes(self, household_id: str) -> tuple[str, ...]:
        """Return the household's changes that break a safeguard and that nobody has put right."""
        query = select(changes.c.id).where(
            changes.c.household_id == household_id,
            changes.c.kind.in_(SAFEGUARD_CHANGES),
            changes.c.resolved_on.is_(None),
        )
        return tuple(self._connection.execute(query.order_by(changes.c.id)).scalars())

    def open_clues(self, household_id: str) -> tuple[str, ...]:
        """Return the household's clues that nobody has checked."""
        query = select(clues.c.id).where(clues.c.household_id == household_id, clues.c.is_open)
        return tuple(self._connection.execute(query.order_by(clues.c.id)).scalars())

    def _kept(self, elimination: Elimination) -> None:
        steps = [_step_row(fact) for fact in elimination.facts if isinstance(fact, Stepped)]
        if steps:
            at = self._clock()
            self._connection.execute(elimination_steps.insert(), [{**step, "at": at} for step in steps])
        self._collect(elimination)


def elimination_from(row: Any) -> Elimination:  # noqa: ANN401  (a row of ``eliminations`` as a mapping)
    """Return the elimination a row keeps."""
    return Elimination(
        **{name: row[name] for name in _FIELDS}
        | {
            "version": row["version"],
            "state": EliminationState(row["state"]),
            "findings": _FINDINGS.validate_python(row["findings"]),
            "vote": VOTE.validate_python(row["vote"]),
            "notice": NOTICE.validate_python(row["notice"]),
            "snapshot": _SNAPSHOT.validate_python(row["snapshot"]),
        }
    )


def _row(elimination: Elimination) -> dict[str, Any]:
    return {name: getattr(elimination, name) for name in _FIELDS} | {
        "open_case": elimination.case_id if elimination.is_open else None,
        "state": str(elimination.state),
        "findings": _FINDINGS.dump_python(elimination.findings, mode="json"),
        "vote": VOTE.dump_python(elimination.vote, mode="json"),
        "notice": NOTICE.dump_python(elimination.notice, mode="json"),
        "snapshot": _SNAPSHOT.dump_python(elimination.snapshot, mode="json"),
    }


def _step_row(fact: Stepped) -> dict[str, Any]:
    return {
        "elimination_id": fact.elimination_id,
        "sequence": fact.sequence,
        "state": str(fact.state),
        "occurred_on": fact.acting.on,
        "by": fact.acting.by,
        "note": fact.acting.note,
    }
