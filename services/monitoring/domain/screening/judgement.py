"""What was judged of one household in a round: should it be identified (新纳入对象排查判定, domain 3.4)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from services.monitoring.domain.screening_errors import JudgementContradictsError, JudgementIncompleteError
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import Fen


@dataclass(frozen=True, slots=True)
class Judged:
    """A household was judged."""

    judgement: "Judgement"


def income_band(net_per_head: Fen | None, *, line: Fen, focus_income: Fen) -> str:
    """Return the band of 2.1: 01 below the line, 02 below *focus_income*, 03 above; empty: unknown."""
    if net_per_head is None:
        return ""
    if net_per_head < line:
        return "01"
    return "02" if net_per_head < focus_income else "03"


@dataclass(kw_only=True)
class Judgement(Aggregate):
    """*include* is what is to be done: start the identification. *able_to_cope* is asked where a risk is."""

    id: str
    household_id: str
    area_code: str
    round_id: str | None
    made_on: date
    focus: tuple[str, ...]
    income_band: str
    risks: tuple[str, ...]
    able_to_cope: bool
    unable_reason: str
    include: bool
    made_by: str = ""
    note: str = field(default="", repr=False)

    @classmethod
    def make(cls, *, risk_exists: bool, **made: object) -> Self:
        """Return the judgement; refuses one that is incomplete, or contradicts itself without a reason."""
        one = cls(**made)  # type: ignore[arg-type]  # the fields above, from one caller
        if risk_exists != bool(one.risks) or (risk_exists and one.able_to_cope == bool(one.unable_reason)):
            raise JudgementIncompleteError
        follows = risk_exists and not one.able_to_cope
        if one.include != follows and not one.note.strip():
            raise JudgementContradictsError
        if one.include and not one.risks:
            raise JudgementIncompleteError
        one.raise_fact(Judged(one))
        return one
