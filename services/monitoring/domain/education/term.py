"""A school term: the year and 1 (spring) or 2 (autumn)."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from services.monitoring.domain.guarantee_errors import TermError

_SPRING_MONTH, _AUTUMN_MONTH = 2, 9
_AUTUMN = 2
_LENGTH = 5
_OLDEST, _NEWEST = 2000, 2100


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """Spring runs from February to August, autumn from September to January of the next year."""

    year: int
    half: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the term written ``20222``; raises TermError."""
        if len(text) != _LENGTH or not text.isascii() or not text.isdigit():
            raise TermError(term=text[:10])
        year, half = int(text[:4]), int(text[4])
        if not _OLDEST <= year <= _NEWEST or half not in (1, 2):
            raise TermError(term=text)
        return cls(year, half)

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the term *day* lies in."""
        if day.month >= _AUTUMN_MONTH:
            return cls(day.year, 2)
        return cls(day.year, 1) if day.month >= _SPRING_MONTH else cls(day.year - 1, 2)

    @property
    def first_day(self) -> date:
        return date(self.year, _SPRING_MONTH if self.half == 1 else _AUTUMN_MONTH, 1)

    @property
    def before(self) -> "Term":
        """The term before this one."""
        return Term(self.year, 1) if self.half == _AUTUMN else Term(self.year - 1, _AUTUMN)

    @property
    def zh(self) -> str:
        return f"{self.year}年{'春' if self.half == 1 else '秋'}季学期"

    @property
    def en(self) -> str:
        return f"{'spring' if self.half == 1 else 'autumn'} term {self.year}"

    def __str__(self) -> str:
        return f"{self.year}{self.half}"
