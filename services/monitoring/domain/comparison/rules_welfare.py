"""Warning rules on the lists of education (教体) and civil affairs (民政), of petitions and of incomes."""

from services.monitoring.domain.comparison.row import (
    AssistanceRow,
    IncomeRow,
    PetitionRow,
    SchoolAidRow,
    SchoolRollRow,
)
from services.monitoring.domain.comparison.rule import Asked, rule
from shared.kernel.period import age_on


@rule("JT-01", "school_aid")
def jt_01(asked: Asked) -> tuple[str, ...] | None:
    """Fees less all aid of a pupil of a public senior-secondary or vocational school, per school year."""
    row: SchoolAidRow = asked.row
    heavy = row.fees - row.aid > asked.figures["threshold"]
    return (row.school_year,) if heavy and row.stage in asked.figures["stages"] else None


@rule("JT-02", "school_roll")
def jt_02(asked: Asked) -> tuple[str, ...] | None:
    """A child of compulsory age who is not enrolled or not attending."""
    row: SchoolRollRow = asked.row
    first, last = asked.figures["ages"]
    of_age = first <= age_on(asked.person.born_on, asked.last_day) <= last
    return () if of_age and not (row.enrolled and row.attending) else None


@rule("MZ-01", "low_income_aid", "destitute_aid", "temporary_relief")
def mz_01(asked: Asked) -> tuple[str, ...] | None:
    """Assistance newly approved or stopped, of somebody who is not monitored."""
    row: AssistanceRow = asked.row
    return () if row.status in asked.figures["statuses"] and not asked.person.monitored else None


@rule("MZ-02", "low_income_margin", scope="household")
def mz_02(asked: Asked) -> tuple[str, ...] | None:
    """On the list of low-income margin or rigid spending."""
    return asked.year, str((asked.month.number + 2) // 3)


@rule("XF-01", "petition", scope="household")
def xf_01(asked: Asked) -> tuple[str, ...] | None:
    """A petition about hardship."""
    row: PetitionRow = asked.row
    return (row.petition_no,) if row.hardship else None


@rule("XZ-01", "income", scope="household")
def xz_01(asked: Asked) -> tuple[str, ...] | None:
    """A lifted-out household earns less than the year before, or any household less than the focus line."""
    row: IncomeRow = asked.row
    fell = asked.person.lifted_out and row.net_before is not None and row.net < row.net_before
    return (asked.year,) if fell or row.net < asked.figures["threshold"] else None
