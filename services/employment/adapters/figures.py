"""What employment counts for the metrics: jobs, placements, measures; a statement for each."""

from datetime import date

from sqlalchemy import Connection, func, select

from services.employment.adapters.tables import job, measure, placement
from shared.observability.asked import Figure


def count_figures(connection: Connection, today: date) -> list[Figure]:
    """Return the figures of *today*."""
    count = select(func.count())
    jobs = count.select_from(job).where(job.c.ended_on.is_(None))
    placed = count.select_from(placement).where(placement.c.ended_on.is_(None), placement.c.ends_on >= today)
    answers = select(measure.c.answer, func.count()).group_by(measure.c.answer)
    return [
        Figure("jobs_open", "Jobs that have not ended", connection.execute(jobs).scalar_one()),
        Figure("placements_active", "Public-welfare posts held", connection.execute(placed).scalar_one()),
        *(
            Figure("measures", "Measures asked for, by answer", found, {"answer": answer})
            for answer, found in connection.execute(answers)
        ),
    ]
