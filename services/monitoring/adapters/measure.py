"""Where plans, measures and the answers to them are kept; answers of other departments in one statement."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import IntegrityError

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables_case import measure_answers, measures, plans
from services.monitoring.domain.measure import Answer, Measure, MeasureStatus, Plan, PlanRef
from services.monitoring.domain.measure_errors import MeasureNotFoundError, PlanNotFoundError
from shared.kernel.errors import StaleVersionError
from shared.messaging.bulk import among, insert_new, upsert
from shared.persistence.versioned import add_version, save_version

_MEASURE = (
    "id",
    "risk",
    "category",
    "code",
    "department",
    "service",
    "person_id",
    "replaces",
    "requested_on",
    "due_on",
)
_FINAL = (MeasureStatus.DECLINED, MeasureStatus.WITHDRAWN, MeasureStatus.DELIVERED)


class Plans:
    """The plans of all cases, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, plan: Plan) -> None:
        """Keep a new plan; when somebody plans for the same case just now, try again."""
        try:
            add_version(self._connection, plans, _row(plan))
        except IntegrityError as error:
            raise StaleVersionError from error
        self._keep_measures(plan)
        self._collect(plan)
        plan.version = 1

    def save(self, plan: Plan) -> None:
        """Keep the plan unless somebody else saved it since it was read."""
        save_version(self._connection, plans, _row(plan), read=plan.version)
        self._keep_measures(plan)
        self._collect(plan)
        plan.version += 1

    def get(self, case_id: str) -> Plan:
        """Return the plan of a case with every answer given; raises PlanNotFoundError."""
        plan = self.find(case_id)
        if plan is None:
            raise PlanNotFoundError
        return plan

    def find(self, case_id: str) -> Plan | None:
        """Return the plan of a case, or None when there is none yet."""
        row = self._connection.execute(select(plans).where(plans.c.id == case_id)).mappings().one_or_none()
        return Plan(**row, measures=_measures_of(self._connection, case_id)) if row is not None else None

    def of_measure(self, measure_id: str) -> Plan:
        """Return the plan that has the measure; raises MeasureNotFoundError."""
        query = select(measures.c.case_id).where(measures.c.id == measure_id)
        case_id = self._connection.execute(query).scalar()
        if case_id is None:
            raise MeasureNotFoundError
        return self.get(case_id)

    def requests(self, measure_ids: Collection[str]) -> dict[str, tuple[PlanRef, Measure]]:
        """Return those measures, as they were requested, with their plans; no answers."""
        query = (
            select(measures, plans.c.household_id, plans.c.area_code)
            .join(plans, plans.c.id == measures.c.case_id)
            .where(measures.c.id.in_(measure_ids), measures.c.requested_on.is_not(None))
        )
        return {
            row["id"]: (
                PlanRef(row["case_id"], row["household_id"], row["area_code"]),
                Measure(**{name: row[name] for name in _MEASURE}),
            )
            for row in self._connection.execute(query).mappings()
        }

    def asked_for(self, household_ids: Sequence[str], choices: Sequence[str]) -> dict[str, list[str]]:
        """Return, by case, the measures of these households that wait for an answer given here.

        *choices* are written ``100A46-001``.
        """
        if not household_ids:
            return {}
        answered = select(measure_answers.c.id).where(
            measure_answers.c.measure_id == measures.c.id,
            measure_answers.c.status.in_([str(status) for status in _FINAL]),
        )
        query = (
            select(measures.c.case_id, measures.c.id)
            .join(plans, plans.c.id == measures.c.case_id)
            .where(
                among(self._connection, plans.c.household_id, list(household_ids)),
                (measures.c.category + "-" + measures.c.code).in_(choices),
                measures.c.service == "monitoring",
                measures.c.requested_on.is_not(None),
                ~answered.exists(),
            )
            .order_by(measures.c.case_id, measures.c.position)
        )
        found: dict[str, list[str]] = {}
        for row in self._connection.execute(query):
            found.setdefault(row.case_id, []).append(row.id)
        return found

    def take_answers(self, answers: Sequence[tuple[str, Answer]]) -> None:
        """Keep the answers not kept before; each is (measure id, answer)."""
        rows = [_answer_row(measure_id, answer) for measure_id, answer in answers]
        insert_new(self._connection, measure_answers, rows)

    def _keep_measures(self, plan: Plan) -> None:
        kept = [measure.id for measure in plan.measures]
        gone = delete(measures).where(measures.c.case_id == plan.id, measures.c.id.not_in(kept))
        self._connection.execute(gone)
        rows = [
            {name: getattr(measure, name) for name in _MEASURE} | {"case_id": plan.id, "position": position}
            for position, measure in enumerate(plan.measures)
        ]
        upsert(self._connection, measures, rows)
        self.take_answers([(m.id, answer) for m in plan.measures for answer in m.answers])


def _measures_of(connection: Connection, case_id: str) -> tuple[Measure, ...]:
    answers: dict[str, list[Answer]] = {}
    given = (
        select(measure_answers)
        .join(measures, measures.c.id == measure_answers.c.measure_id)
        .where(measures.c.case_id == case_id)
        .order_by(measure_answers.c.id)
    )
    for row in connection.execute(given):
        answer = Answer(row.id, MeasureStatus(row.status), row.occurred_on, row.reason, row.note)
        answers.setdefault(row.measure_id, []).append(answer)
    query = select(measures).where(measures.c.case_id == case_id).order_by(measures.c.position)
    return tuple(
        Measure(**{name: row[name] for name in _MEASURE}, answers=tuple(answers.get(row["id"], ())))
        for row in connection.execute(query).mappings()
    )


def _row(plan: Plan) -> dict[str, Any]:
    return {"id": plan.id, "household_id": plan.household_id, "area_code": plan.area_code}


def _answer_row(measure_id: str, answer: Answer) -> dict[str, Any]:
    return {
        "id": answer.id,
        "measure_id": measure_id,
        "status": str(answer.status),
        "occurred_on": answer.on,
        "reason": answer.reason,
        "note": answer.note,
    }
