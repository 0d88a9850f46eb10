"""Warning rules on work and wages, the lists of the employment department (人社)."""

from services.monitoring.domain.comparison.row import EmploymentRow, WageRow
from services.monitoring.domain.comparison.rule import Asked, rule
from shared.kernel.period import add_months


@rule("RS-01", "employment")
def rs_01(asked: Asked) -> tuple[str, ...] | None:
    """Somebody lifted out or monitored has been without work for a month by the end of the list's month.

    A job the employment service itself reports as lost raises the same warning at
    once (``service_layer/comparison/lost_job.py``).
    """
    row: EmploymentRow = asked.row
    looked_after = asked.person.lifted_out or asked.person.monitored
    if row.working or row.stopped_on is None or not looked_after:
        return None
    long_enough = add_months(row.stopped_on, asked.figures["months"]) <= asked.last_day
    return (str(asked.month),) if long_enough else None


@rule("RS-02", "wage")
def rs_02(asked: Asked) -> tuple[str, ...] | None:
    """The month's wage fell by a large share against the mean of the three months before."""
    row: WageRow = asked.row
    fell = row.mean_before > 0 and row.mean_before - row.wage >= row.mean_before * asked.figures["share"]
    return (str(asked.month),) if fell else None
