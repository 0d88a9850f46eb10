"""The dated figures and code lists of the ledger; none of them was confirmed by a paper of the county."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.evaluation.domain.ledger.errors import UnknownLedgerCodeError, UnknownLedgerUnitError
from services.evaluation.domain.ledger.state import Level, Stage
from shared.parameters.figure import DatedFigure

Codes = Mapping[str, Mapping[str, object]]
"""Code → ``zh``, ``en`` and, of a category, ``special``: whether it belongs to the special drive (I38-2)."""


@dataclass(frozen=True, slots=True)
class LedgerPolicy:
    """*units* are those assessed: town codes, official names of departments. Days are calendar days."""

    units: frozenset[str]
    near_days: DatedFigure[int]
    silence_days: DatedFigure[int]
    plan_days: DatedFigure[int]
    confirm_days: DatedFigure[int]
    check_days: DatedFigure[int]
    look_back_days: DatedFigure[int]
    recurrence_months: DatedFigure[int]
    notice_at: DatedFigure[int]
    trigger_at: DatedFigure[int]
    chain: DatedFigure[Mapping[str, Sequence[str]]]
    categories: DatedFigure[Codes]
    causes: DatedFigure[Codes]
    sample_findings: DatedFigure[Mapping[str, Mapping[str, str]]]

    def require_unit(self, unit: str) -> None:
        """Raise unless *unit* is assessed."""
        if unit not in self.units:
            raise UnknownLedgerUnitError(unit=unit[:64])

    def require_category(self, code: str, on: date) -> None:
        """Raise unless *code* is a category on that day."""
        if code not in self.categories.on(on):
            raise UnknownLedgerCodeError(what_zh="类别", what_en="Category", value=code[:32])

    def require_cause(self, code: str, on: date) -> None:
        """Raise unless *code* is a cause on that day; empty is not known yet."""
        if code and code not in self.causes.on(on):
            raise UnknownLedgerCodeError(what_zh="原因", what_en="Cause", value=code[:32])

    def is_special(self, category: str, on: date) -> bool:
        """Say whether problems of *category* belong to the drive against corruption and poor work style."""
        return bool(self.categories.on(on)[category].get("special", False))

    def stages(self, level: Level, unit: str, lead_unit: str, on: date) -> tuple[Stage, ...]:
        """Return the re-checks a close-out passes, in their order.

        A department that answers for the problem itself does not re-check it as a department.
        """
        every = tuple(Stage(stage) for stage in self.chain.on(on)[level])
        a_department_leads = bool(lead_unit) and lead_unit != unit and not lead_unit.isdigit()
        return tuple(stage for stage in every if stage is not Stage.DEPARTMENT or a_department_leads)
