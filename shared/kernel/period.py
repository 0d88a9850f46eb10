"""Months and spans of days as the plan counts them."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; the national record keeps identification as YYYYMM."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    def plus(self, months: int) -> "Month":
        """Return the month *months* later (earlier when negative)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def since(self, earlier: "Month") -> int:
        """Return how many months lie from *earlier* to this one."""
        return (self.year - earlier.year) * 12 + self.number - earlier.number

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    def __str__(self) -> str:
        return f"{self.year:04d}{self.number:02d}"


@dataclass(frozen=True, slots=True)
class Days:
    """The days from *first* to *last*, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __len__(self) -> int:
        return max(0, (self.last - self.first).days + 1)


def add_days(day: date, days: int) -> date:
    """Return the day *days* after *day*."""
    return day + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """Return the same day of the month *months* later, or that month's last day."""
    month = Month.of(day).plus(months)
    return min(
        date(month.year, month.number, min(day.day, 28)) + timedelta(days=max(0, day.day - 28)),
        month.last_day,
    )


def age_on(born_on: date, day: date) -> int:
    """Return full years of age on *day*."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def reference_period(identified_on: date) -> Days:
    """Return the 12 whole months ending with the month before *identified_on*.

    Source: domain 2.3 (A12, A13): identified 2021-06 gives 2020-06-01 to 2021-05-31.
    """
    month = Month.of(identified_on)
    return Days(month.plus(-12).first_day, month.plus(-1).last_day)
