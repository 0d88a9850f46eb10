"""The four criteria of safe water (T/CHES 18-2018, domain 7.4): judged by eye, or from what was measured."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Literal

from services.monitoring.domain.water.policy import Tier
from shared.kernel.errors import InvalidInputError

Judgement = Literal["met", "basic", "not"]
CRITERIA = ("quantity", "quality", "convenience", "assurance")
_DAYS_OF_A_YEAR = 366


class MeasuredValueError(InvalidInputError):
    """Raised when a measured value cannot be true: a negative one, or more dry days than a year has."""

    code = "measured_value"
    zh = "测量值不合理：{field}"
    en = "This cannot have been measured: {field}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured, None for what was not.

    *litres* a head and day; *minutes* and metres of one trip to the water; *dry_days*
    without any water in a year. *lab_passed* is a laboratory's report (CMA or the
    county's); *looks_clean* is looking, smelling and tasting, which is enough for
    scattered supply and never makes more than ``basic``.
    """

    litres: Decimal | None = None
    piped: bool | None = None
    minutes: int | None = None
    horizontal: int | None = None
    vertical: int | None = None
    dry_days: int | None = None
    lab_passed: bool | None = None
    looks_clean: bool | None = None

    def __post_init__(self) -> None:
        for name in ("litres", "minutes", "horizontal", "vertical", "dry_days"):
            value = getattr(self, name)
            if value is not None and (value < 0 or (name == "dry_days" and value > _DAYS_OF_A_YEAR)):
                raise MeasuredValueError(field=name)

    def document(self) -> dict[str, Any]:
        """Return the values that were measured, as JSON keeps them."""
        return {
            name: str(value) if isinstance(value, Decimal) else value
            for name, value in asdict(self).items()
            if value is not None
        }


@dataclass(frozen=True, slots=True)
class Judged:
    """The four judgements; the water is safe when none is ``not`` (T/CHES 18-2018)."""

    quantity: Judgement = "met"
    quality: Judgement = "met"
    convenience: Judgement = "met"
    assurance: Judgement = "met"

    @property
    def safe(self) -> bool:
        return not self.failing

    @property
    def failing(self) -> tuple[str, ...]:
        return tuple(name for name in CRITERIA if getattr(self, name) == "not")


def judge(seen: Judged, measured: Measured, basic: Tier, met: Tier) -> Judged:
    """Return the judgements: from the measured value where there is one, else as *seen*."""
    return Judged(
        quantity=_at_least(measured.litres, basic.litres, met.litres) or seen.quantity,
        quality=_quality(measured) or seen.quality,
        convenience=_convenience(measured, basic, met) or seen.convenience,
        assurance=_at_most(measured.dry_days, basic.dry_days, met.dry_days) or seen.assurance,
    )


def _at_least(value: Decimal | None, basic: Decimal, met: Decimal) -> Judgement | None:
    if value is None:
        return None
    return "met" if value >= met else "basic" if value >= basic else "not"


def _at_most(value: int | None, basic: int, met: int) -> Judgement | None:
    if value is None:
        return None
    return "met" if value <= met else "basic" if value <= basic else "not"


def _quality(measured: Measured) -> Judgement | None:
    if measured.lab_passed is not None:
        return "met" if measured.lab_passed else "not"
    if measured.looks_clean is not None:
        return "basic" if measured.looks_clean else "not"
    return None


def _convenience(measured: Measured, basic: Tier, met: Tier) -> Judgement | None:
    """Any one of piped, time, way or height is enough: the standard joins them by "or"."""
    if measured.piped:
        return "met"
    found = [
        _at_most(measured.minutes, basic.minutes, met.minutes),
        _at_most(measured.horizontal, basic.horizontal, met.horizontal),
        _at_most(measured.vertical, basic.vertical, met.vertical),
    ]
    best: tuple[Judgement, ...] = ("met", "basic", "not")
    return next((one for one in best if one in found), None)
