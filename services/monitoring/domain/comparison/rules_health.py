"""Warning rules on the lists of health insurance (医保), health (卫健) and disability (残联)."""

from services.monitoring.domain.comparison.row import (
    ChronicIllnessRow,
    DisabilityRow,
    InsuredRow,
    MedicalCostRow,
    SeriousIllnessRow,
)
from services.monitoring.domain.comparison.rule import Asked, rule


def step_reached(cost: int, threshold: int, step: int) -> int | None:
    """Return how many steps of *step* the *cost* is at or above *threshold*, from 0; None below it."""
    return None if cost < threshold else (cost - threshold) // step


def _inpatient(asked: Asked) -> tuple[str, ...] | None:
    row: MedicalCostRow = asked.row
    reached = step_reached(row.inpatient, asked.figures["threshold"], asked.figures["step"])
    # One warning a list, for the highest step: a list says how far the year has come.
    return None if reached is None else (asked.year, str(reached))


@rule("YB-01", "medical_cost")
def yb_01(asked: Asked) -> tuple[str, ...] | None:
    """Self-paid inpatient cost this year of a person of a lifted-out household."""
    return _inpatient(asked) if asked.person.lifted_out else None


@rule("YB-02", "medical_cost")
def yb_02(asked: Asked) -> tuple[str, ...] | None:
    """The same of another rural person."""
    return None if asked.person.lifted_out else _inpatient(asked)


@rule("YB-03", "medical_cost")
def yb_03(asked: Asked) -> tuple[str, ...] | None:
    """Self-paid outpatient cost of the month, with the benefits for chronic illness."""
    row: MedicalCostRow = asked.row
    return (str(asked.month),) if row.outpatient >= asked.figures["threshold"] else None


@rule("YB-04", "insured")
def yb_04(asked: Asked) -> tuple[str, ...] | None:
    """Somebody monitored, lifted out or on assistance is not insured this year."""
    row: InsuredRow = asked.row
    one = asked.person
    looked_after = one.monitored or one.lifted_out or one.low_income_aid or one.destitute_aid
    return (asked.year,) if looked_after and not row.insured else None


@rule("WJ-01", "serious_illness")
def wj_01(asked: Asked) -> tuple[str, ...] | None:
    """A newly confirmed serious illness."""
    row: SeriousIllnessRow = asked.row
    return (row.disease,)


@rule("WJ-02", "chronic_illness")
def wj_02(asked: Asked) -> tuple[str, ...] | None:
    """One of the four chronic diseases, not under contract."""
    row: ChronicIllnessRow = asked.row
    return None if row.contracted else ()


@rule("CL-01", "disability")
def cl_01(asked: Asked) -> tuple[str, ...] | None:
    """A certificate the register does not have, or one of the severest grades that it has with a lesser."""
    row: DisabilityRow = asked.row
    known = asked.person.disability_grade
    raised = row.grade in asked.figures["severe"] and known is not None and known > row.grade
    new = row.issued_on >= asked.month.plus(-asked.figures["new_months"]).first_day
    return (row.kind, row.grade) if new or raised else None
