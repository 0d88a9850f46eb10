"""A household toilet rebuilt with public money since 2013 (domain 10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from services.monitoring.domain.errors import InvalidDayError
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import ConflictError, InvalidInputError, NotFoundError
from shared.kernel.money import Fen

FIRST_YEAR = 2013


class ToiletNotFoundError(NotFoundError):
    code = "toilet_not_found"
    zh = "没有找到这座户厕"
    en = "There is no such toilet"


class ToiletNumberTakenError(ConflictError):
    code = "toilet_number_taken"
    zh = "户厕编号 {toilet_no} 已登记"
    en = "A toilet with the number {toilet_no} is on record"


class ToiletYearError(InvalidInputError):
    """Raised for a toilet rebuilt before the survey's first year, or in a year to come."""

    code = "toilet_year"
    zh = "改厕年度应在{first}年至今年之间"
    en = "The year of rebuilding lies between {first} and this year"


@dataclass(kw_only=True)
class RebuiltToilet(Aggregate):
    """One toilet. *kind* is a code of ``toilet_kind``, *place* of ``toilet_place``; *subsidy* in fen."""

    id: str
    toilet_no: str
    household_id: str
    area_code: str
    kind: str
    place: str
    built_year: int
    seats: int = 1
    subsidy: Fen = 0
    usable: bool = True
    recorded_on: date

    @classmethod
    def record(cls, **told: Any) -> Self:  # noqa: ANN401  (the fields above)
        """Return a toilet newly on record; refuses a year outside the survey."""
        toilet = cls(**told)
        toilet._check()
        return toilet

    def correct(self, changes: Mapping[str, Any], *, on: date) -> None:
        """Put right what is recorded, by field name."""
        if on < self.recorded_on:
            raise InvalidDayError(day=on.isoformat())
        before = dict(vars(self))
        vars(self).update(changes)
        self.recorded_on = on
        try:
            self._check()
        except BaseException:
            vars(self).update(before)
            raise

    def _check(self) -> None:
        if not FIRST_YEAR <= self.built_year <= self.recorded_on.year:
            raise ToiletYearError(first=FIRST_YEAR)
