"""A cadre in scope of training, or a member of a resident team: known by a number, never by name (21, 33)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.evaluation.domain.field_work.errors import FieldWorkStepError, OutsideTownError
from shared.kernel.aggregate import Aggregate

CADRE_KINDS: Mapping[str, tuple[str, str]] = {
    "cadre": ("干部", "Cadre"),
    "resident": ("驻村队员", "Member of a resident team"),
}
HOW: Mapping[str, tuple[str, str]] = {
    "standing": ("在岗", "in post"),
    "new": ("新任职", "new in post"),
    "rotated": ("新轮换", "rotated"),
}


@dataclass(frozen=True, slots=True)
class Enrolled:
    cadre: "Cadre"


@dataclass(frozen=True, slots=True)
class Left:
    cadre: "Cadre"
    on: date


@dataclass(kw_only=True)
class Cadre(Aggregate):
    """*number* is what the unit calls the post-holder by; names stay in the organisation department's files.

    Of a new or rotated post, *train_by* is the day by which training is due.
    """

    id: str
    number: str
    kind: str
    unit: str
    area_code: str
    how: str
    since: date
    train_by: date | None
    limit_confirmed: bool
    left_on: date | None = None

    @classmethod
    def enrol(  # noqa: PLR0913  (what a post-holder is known by)
        cls,
        *,
        cadre_id: str,
        number: str,
        kind: str,
        unit: str,
        area_code: str,
        how: str,
        since: date,
        train_by: date | None,
        limit_confirmed: bool,
    ) -> "Cadre":
        """Return somebody newly enrolled; a member of a resident team has a village."""
        if kind == "resident" and len(area_code) != 12:  # noqa: PLR2004
            raise OutsideTownError
        cadre = cls(
            id=cadre_id,
            number=number,
            kind=kind,
            unit=unit,
            area_code=area_code,
            how=how,
            since=since,
            train_by=None if how == "standing" else train_by,
            limit_confirmed=limit_confirmed,
        )
        cadre.raise_fact(Enrolled(cadre))
        return cadre

    def leave(self, *, on: date) -> None:
        """Note the last day in post; refuses a day before the first."""
        if self.left_on is not None or on < self.since:
            raise FieldWorkStepError(
                state_zh="已离任" if self.left_on else "尚未到岗",
                state_en="out of post",
                step_zh="离任",
                step_en="taken off",
            )
        self.left_on = on
        self.raise_fact(Left(self, on))
