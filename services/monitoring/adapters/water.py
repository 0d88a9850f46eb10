"""Where water works, tests, rounds, checks and problems are kept."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.process import Processes, Records
from services.monitoring.adapters.tables_household import households
from services.monitoring.adapters.tables_water import (
    water_checks,
    water_problems,
    water_round_towns,
    water_rounds,
    water_tests,
    water_works,
)
from services.monitoring.domain.water.criteria import Judged
from services.monitoring.domain.water.problem import WaterProblem, WaterProblemNotFoundError
from services.monitoring.domain.water.quality_test import WaterTest, WaterTestNotFoundError
from services.monitoring.domain.water.survey_round import (
    TownClosing,
    TownRoundClosedError,
    WaterCheck,
    WaterRound,
    WaterRoundNotFoundError,
)
from services.monitoring.domain.water.works import WaterWorks, WaterWorksNotFoundError
from shared.kernel.clock import Clock
from shared.messaging.bulk import among, insert_new


class Water:
    """Everything of safe water, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect, clock: Clock) -> None:
        self._connection = connection
        self.works = Records(connection, collect, water_works, WaterWorks, WaterWorksNotFoundError)
        self.tests = Processes(connection, collect, clock, water_tests, WaterTest, WaterTestNotFoundError)
        self.rounds = Records(connection, collect, water_rounds, WaterRound, WaterRoundNotFoundError)
        self.problems = Processes(
            connection, collect, clock, water_problems, WaterProblem, WaterProblemNotFoundError, _open_key
        )

    def latest_round(self) -> WaterRound | None:
        """Return the round that began last, or None before the first."""
        query = select(water_rounds).order_by(water_rounds.c.first_on.desc()).limit(1)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else self.rounds.of(row)

    def add_checks(self, checks: Sequence[WaterCheck]) -> list[WaterCheck]:
        """Keep the *checks* not kept before, in one statement, and return those."""
        new = insert_new(self._connection, water_checks, [_check_row(one) for one in checks])
        return [one for one in checks if one.id in new]

    def check_of(self, check_id: str) -> WaterCheck:
        """Return a check that was kept."""
        query = select(water_checks).where(water_checks.c.id == check_id)
        row = dict(self._connection.execute(query).mappings().one())
        judged = Judged(**{one.name: row.pop(one.name) for one in fields(Judged)})
        del row["safe"]
        return WaterCheck(**row, judged=judged)

    def coverage(self, round_id: str, town: str) -> tuple[int, int]:
        """Return how many households a town has and how many of them the round has reached."""
        there = select(func.count()).select_from(households).where(inside(households.c.area_code, town))
        # By where the household lives now: one that has moved counts in its new town, once.
        reached = (
            select(func.count(func.distinct(water_checks.c.household_id)))
            .join(households, households.c.id == water_checks.c.household_id)
            .where(water_checks.c.round_id == round_id, inside(households.c.area_code, town))
        )
        return self._connection.execute(there).scalar_one(), self._connection.execute(reached).scalar_one()

    def closed_towns(self, round_id: str) -> frozenset[str]:
        """Return the towns that have closed a round."""
        query = select(water_round_towns.c.town).where(water_round_towns.c.round_id == round_id)
        return frozenset(self._connection.execute(query).scalars())

    def close_town(self, closing: TownClosing) -> None:
        """Keep a town's end of a round; refuses a second."""
        row = {name: value for name, value in asdict(closing).items() if name != "number"}
        try:
            self._connection.execute(water_round_towns.insert().values(**row))
        except IntegrityError as error:
            raise TownRoundClosedError from error

    def open_problems(self, household_ids: Collection[str]) -> list[WaterProblem]:
        """Return the problems of these households that are not closed."""
        columns = water_problems.c
        query = select(water_problems).where(
            among(self._connection, columns.household_id, list(household_ids)), columns.open_key.is_not(None)
        )
        rows = self._connection.execute(query.order_by(columns.found_on, columns.id)).mappings()
        return [self.problems.of(row) for row in rows]


def _open_key(one: WaterProblem) -> dict[str, str | None]:
    return {"open_key": f"{one.household_id}:{one.criterion}" if one.is_open else None}


def _check_row(check: WaterCheck) -> dict[str, Any]:
    row = asdict(check)
    judged = row.pop("judged")
    return {**row, **judged, "safe": check.judged.safe}
