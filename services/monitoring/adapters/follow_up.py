"""Where reopenings, return visits, escalations, check-lists and answers to informants are kept."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.records import Records
from services.monitoring.adapters.tables import (
    applications,
    cases,
    clue_reports,
    clues,
    eliminations,
    escalations,
    informant_answers,
    members,
    method_records,
    method_versions,
    reopenings,
    return_visits,
    verification_sheets,
)
from services.monitoring.domain.application import INFORMED_BY, Application, InformantAnswer
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.elimination_criteria import BY_HELP
from services.monitoring.domain.errors import ClueNotFoundError
from services.monitoring.domain.escalation import Escalation
from services.monitoring.domain.method import MethodRecord, MethodVersion
from services.monitoring.domain.reopening import Reopening
from services.monitoring.domain.return_visit import ReturnVisit
from services.monitoring.domain.screening_errors import (
    EscalationNotFoundError,
    MethodNotFoundError,
    ReopeningNotFoundError,
)
from services.monitoring.domain.verification_sheet import VerificationSheet

LABOUR = ("001", "002", "005")
"""Labour skills of those who can work, wholly or partly (100A14)."""


class Reopenings(Records[Reopening]):
    """The reopenings, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, reopenings, Reopening, ReopeningNotFoundError)

    def eliminated_without_labour(self) -> list[tuple[str, str, str]]:
        """Return case, household and village of each eliminated by help where nobody can work."""
        columns = cases.c
        labourer = (
            select(members.c.id)
            .where(
                members.c.household_id == columns.household_id,
                members.c.left_on.is_(None),
                or_(members.c.school_status.is_(None), members.c.school_status == ""),
                members.c.labour_skill.in_(LABOUR),
            )
            .exists()
        )
        by_help = (
            select(eliminations.c.id)
            .where(
                eliminations.c.case_id == columns.id,
                eliminations.c.state == "eliminated",
                eliminations.c.way == BY_HELP,
            )
            .exists()
        )
        query = select(columns.id, columns.household_id, columns.area_code).where(
            columns.state == str(CaseState.ELIMINATED), by_help, ~labourer
        )
        return [(row.id, row.household_id, row.area_code) for row in self._connection.execute(query)]


class ReturnVisits(Records[ReturnVisit]):
    """The return visits, on one transaction; only added to."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, return_visits, ReturnVisit, ReopeningNotFoundError)


class Escalations(Records[Escalation]):
    """The escalations, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, escalations, Escalation, EscalationNotFoundError)

    def end_others(self, running: Collection[tuple[str, str, date]], on: date) -> int:
        """End those that wait although their limit no longer runs; return how many."""
        columns = escalations.c
        query = select(columns.id, columns.timer_kind, columns.subject_id, columns.due_on).where(
            columns.answered_on.is_(None), columns.ended_on.is_(None)
        )
        known = frozenset(running)
        over = [
            row.id
            for row in self._connection.execute(query)
            if (row.timer_kind, row.subject_id, row.due_on) not in known
        ]
        for start in range(0, len(over), 500):
            part = over[start : start + 500]
            ended = update(escalations).where(columns.id.in_(part))
            self._connection.execute(ended.values(ended_on=on, version=columns.version + 1))
        return len(over)


class MethodVersions(Records[MethodVersion]):
    """The versions of check-lists, on one transaction; only added to."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, method_versions, MethodVersion, MethodNotFoundError)

    def latest(self) -> dict[str, MethodVersion]:
        """Return the version in use of each method the county has edited."""
        rows = self._connection.execute(select(method_versions).order_by(method_versions.c.number)).mappings()
        return {row["method"]: self.read(row) for row in rows}


class MethodRecords(Records[MethodRecord]):
    """The check-lists filled in, on one transaction; only added to."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, method_records, MethodRecord, MethodNotFoundError)


class VerificationSheets(Records[VerificationSheet]):
    """The sheets of checks at households, on one transaction; only added to."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, verification_sheets, VerificationSheet, ClueNotFoundError)


class Applications(Records[Application]):
    """The households' own applications, on one transaction; only added to."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, applications, Application, ClueNotFoundError)


class InformantAnswers(Records[InformantAnswer]):
    """The answers to informants, on one transaction; only added to."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, informant_answers, InformantAnswer, ClueNotFoundError)

    def is_due(self, clue_id: str) -> bool:
        """Say whether somebody who reported this clue must be told that nothing follows, and was not yet."""
        query = select(clues.c.id).where(clues.c.id == clue_id, answer_due())
        return self._connection.execute(query).first() is not None


def answer_due() -> ColumnElement[bool]:
    """Return the condition on ``clues``: closed without help, reported by somebody who waits, not answered.

    Without help means that nothing was found, or that the case it opened was rejected or closed.
    """
    informed = (
        select(clue_reports.c.id)
        .where(clue_reports.c.clue_id == clues.c.id, clue_reports.c.source.in_(INFORMED_BY))
        .exists()
    )
    answered = (
        select(informant_answers.c.id)
        .where(informant_answers.c.clue_id == clues.c.id, informant_answers.c.round == clues.c.round)
        .exists()
    )
    ended = (str(CaseState.REJECTED), str(CaseState.CLOSED))
    in_vain = select(cases.c.id).where(cases.c.id == clues.c.case_id, cases.c.state.in_(ended)).exists()
    return and_(clues.c.is_open.is_(False), or_(clues.c.outcome == "no_risk", in_vain), informed, ~answered)
