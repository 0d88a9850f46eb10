"""The sheet of a check at the household (防返贫动态监测核查表): who went, what was judged (1.1)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from shared.kernel.aggregate import Aggregate
from shared.kernel.money import Fen
from shared.parameters.figure import FigureInForce


@dataclass(frozen=True, slots=True)
class Judged:
    """The four parts: income, compliant self-paid spending, outstanding difficulty, ability to cope.

    *difficulties* are codes of ``difficulty``; *income_above_line* None means nobody knew.
    """

    income_above_line: bool | None
    self_paid_fen: Fen
    difficulties: tuple[str, ...]
    able_to_cope: bool | None

    @property
    def complete(self) -> bool:
        return self.income_above_line is not None and self.able_to_cope is not None


@dataclass(kw_only=True)
class VerificationSheet(Aggregate):
    """Kept with the clue it decided. *visitors* are the officials who went, as the village wrote them."""

    id: str
    clue_id: str
    household_id: str
    area_code: str
    made_on: date
    visitors: tuple[str, ...] = field(repr=False)
    income_above_line: bool | None
    self_paid_fen: Fen
    difficulties: tuple[str, ...]
    able_to_cope: bool | None
    outcome: str
    made_by: str = ""

    def warnings(self, least_visitors: FigureInForce[int]) -> list[tuple[str, str]]:
        """Return what is thin about the sheet, in both languages; none of it refuses anybody."""
        found = []
        if len(self.visitors) < least_visitors.value:
            found.append(
                (
                    f"入户核实人员不足 {least_visitors.value} 人",
                    f"fewer than {least_visitors.value} people went there",
                )
            )
        if self.income_above_line is None or self.able_to_cope is None:
            found.append(("四项综合研判未填全", "the four-part judgement is incomplete"))
        return found


def visitors_in(text: str) -> tuple[str, ...]:
    """Return the visitors written into one field, separated by commas, spaces or new lines."""
    plain = text
    for sign in "，、,;；\n\r\t ":
        plain = plain.replace(sign, "|")
    return _distinct([one for one in plain.split("|") if one])


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
