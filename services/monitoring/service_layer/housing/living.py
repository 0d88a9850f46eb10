"""What the registry says of a house, kept by who knows it: the appraisal, the list, the safe end."""

from dataclasses import replace
from datetime import date
from typing import Any

from services.monitoring.domain.living import DANGEROUS_GRADES
from services.monitoring.service_layer.ports import UnitOfWork


def note_grade(household_id: str, grade: str, on: date, uow: UnitOfWork) -> None:
    """Let the registry say the grade that was appraised, and whether the house is dangerous."""
    _note(household_id, on, uow, house_grade=grade, house_dangerous=grade in DANGEROUS_GRADES)


def note_listed(household_id: str, on: date, uow: UnitOfWork) -> None:
    """Let the registry say that the dangerous house is in the plan of rebuilding."""
    _note(household_id, on, uow, house_grade="D", house_dangerous=True, house_in_plan=True)


def note_safe(household_id: str, on: date, uow: UnitOfWork) -> None:
    """Let the registry say that people live safely; the grade of the house they live in now is not known."""
    _note(household_id, on, uow, house_grade=None, house_dangerous=False, house_in_plan=None)


def _note(household_id: str, on: date, uow: UnitOfWork, **said: Any) -> None:  # noqa: ANN401  (fields of living)
    household = uow.households.get(household_id)
    living = replace(household.living, **said)
    if living == household.living:
        return
    household.correct({"living": living}, on=on)
    uow.households.save(household)
