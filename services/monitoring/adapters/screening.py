"""Where screening rounds, judgements and samples are kept."""

import zlib
from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, select

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.records import Records
from services.monitoring.adapters.tables import (
    cases,
    households,
    judgements,
    sample_inspections,
    sample_lists,
    sampled_households,
    screening_rounds,
    visits,
)
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.sample.draw import Listed, Stratum, frozen
from services.monitoring.domain.sample.inspection import SampledHousehold, SampleInspection
from services.monitoring.domain.screening.judgement import Judgement
from services.monitoring.domain.screening.round import Coverage, ScreeningRound
from services.monitoring.domain.screening_errors import RoundNotFoundError, SampleNotFoundError
from services.monitoring.domain.visit import NOT_REACHED

_TOWN = 9


class ScreeningRounds(Records[ScreeningRound]):
    """The screening rounds, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, screening_rounds, ScreeningRound, RoundNotFoundError)

    def on(self, first: date, last: date) -> ScreeningRound | None:
        """Return a round that has any day from *first* to *last*, whether it is closed or not."""
        columns = screening_rounds.c
        query = select(screening_rounds).where(columns.first_on <= last, columns.last_on >= first)
        row = self._connection.execute(query.order_by(columns.first_on).limit(1)).mappings().first()
        return self.read(row) if row is not None else None

    def coverage(self, round_id: str, area_code: str = "") -> Coverage:
        """Return how far the round came among the households that live in *area_code* now."""
        where = inside(households.c.area_code, area_code)
        total = select(func.count()).select_from(households).where(where)
        return Coverage(
            self._connection.execute(total).scalar_one(),
            self._connection.execute(
                select(func.count()).select_from(households).where(where, reached_in(round_id))
            ).scalar_one(),
        )


def reached_in(round_id: str) -> ColumnElement[bool]:
    """Return the condition that somebody spoke to the household of the row in this round."""
    columns = visits.c
    return households.c.id.in_(
        select(columns.household_id).where(columns.round_id == round_id, columns.result != NOT_REACHED)
    )


class Judgements(Records[Judgement]):
    """The judgements of households, on one transaction; only added to."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, judgements, Judgement, RoundNotFoundError)


class Samples(Records[SampleInspection]):
    """The sample inspections with their frozen lists, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, sample_inspections, SampleInspection, SampleNotFoundError)

    def classified(self, eliminated_since: date) -> list[Listed]:
        """Return every household as it is listed today: monitored, eliminated since, or other."""
        monitored = (str(CaseState.IDENTIFIED), str(CaseState.MONITORED))
        columns = cases.c
        open_case = and_(columns.open_household == households.c.id, columns.state.in_(monitored))
        query = select(households.c.id, households.c.area_code, columns.id.label("case_id")).outerjoin(
            cases, open_case
        )
        eliminated = set(
            self._connection.execute(
                select(columns.household_id).where(
                    columns.state == str(CaseState.ELIMINATED), columns.eliminated_on >= eliminated_since
                )
            ).scalars()
        )
        return [
            Listed(row.id, row.area_code[:_TOWN], _stratum(row.id, row.case_id, eliminated))
            for row in self._connection.execute(query)
        ]

    def keep_list(self, inspection_id: str, listed: Sequence[Listed]) -> None:
        body = "".join(f"{one.line}\n" for one in frozen(listed)).encode()
        row = {"inspection_id": inspection_id, "lines": zlib.compress(body)}
        self._connection.execute(sample_lists.insert().values(row))

    def list_of(self, inspection_id: str) -> list[Listed]:
        """Return the frozen list of an inspection, in its order."""
        return read_list(list_text(self._connection, inspection_id))


class SampledHouseholds(Records[SampledHousehold]):
    """The households drawn, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, sampled_households, SampledHousehold, SampleNotFoundError)

    def left_of(self, inspection_id: str) -> int:
        """Return how many households of an inspection wait."""
        columns = sampled_households.c
        query = select(func.count()).select_from(sampled_households)
        waiting = query.where(columns.inspection_id == inspection_id, columns.inspected_on.is_(None))
        return self._connection.execute(waiting).scalar_one()


def list_text(connection: Connection, inspection_id: str) -> str:
    """Return the frozen list as it is published: one line a household; raises SampleNotFoundError."""
    query = select(sample_lists.c.lines).where(sample_lists.c.inspection_id == inspection_id)
    packed = connection.execute(query).scalar()
    if packed is None:
        raise SampleNotFoundError
    return zlib.decompress(packed).decode()


def read_list(text: str) -> list[Listed]:
    """Return the households of a published list: town, stratum and id, separated by commas."""
    listed = []
    for line in text.splitlines():
        town, stratum, household_id = line.strip().split(",")
        listed.append(Listed(household_id, town, stratum))
    return listed


def _stratum(household_id: str, case_id: str | None, eliminated: set[str]) -> Stratum:
    if case_id is not None:
        return Stratum.MONITORED
    return Stratum.ELIMINATED if household_id in eliminated else Stratum.OTHER
