"""What is found at relocated households: a return to the old place, a house too small, nobody in work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, Self

from services.monitoring.domain.matter import Matter
from services.monitoring.domain.relocation.errors import FloorAreaError, NotEnoughAskedError
from services.monitoring.domain.relocation.policy import RelocationPolicy
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import derived_id
from shared.kernel.period import add_days
from shared.parameters.figure import DatedFigure

ReturnKind = Literal["old_house", "two_places", "elder_returned"]


def _limit(figure: DatedFigure[int], on: date) -> dict[str, object]:
    entry = figure.entry_on(on)
    return {"opened_on": on, "due_on": add_days(on, entry.value), "limit_confirmed": entry.confirmed}


@dataclass(kw_only=True)
class RelocationReturn(Matter):
    """A relocated household lives in its old place, in two, or its elders do (回流)."""

    ways: ClassVar[tuple[str, ...]] = ("back",)

    household_id: str
    site_id: str
    kind: ReturnKind

    @classmethod
    def found(cls, policy: RelocationPolicy, *, on: date, **told: object) -> Self:
        finding = cls(**_limit(policy.return_days, on), **told)  # type: ignore[arg-type]  # as above
        finding.open()
        return finding


@dataclass(kw_only=True)
class HousingShortage(Matter):
    """A relocated family outgrew its house: *persons* on *floor_area* square metres."""

    ways: ClassVar[tuple[str, ...]] = ("extended", "exchanged", "rented", "bought", "divided")

    household_id: str
    site_id: str
    persons: int
    floor_area: int

    @classmethod
    def found(cls, policy: RelocationPolicy, *, on: date, floor_area: int, **told: object) -> Self:
        """Return the shortage; how much room is too little is for the people who looked to say."""
        if floor_area <= 0:
            raise FloorAreaError
        limit = _limit(policy.housing_days, on)
        shortage = cls(**limit, floor_area=floor_area, **told)  # type: ignore[arg-type]  # as above
        shortage.open()
        return shortage


@dataclass(kw_only=True)
class ZeroEmployment(Matter):
    """A relocated household with *willing* labourers, none of whom is in work (item 16)."""

    ways: ClassVar[tuple[str, ...]] = ("employed", "not_willing", "left")

    household_id: str
    willing: int

    @classmethod
    def seen(cls, policy: RelocationPolicy, *, household_id: str, on: date, **told: object) -> Self:
        """Return the spell; seen twice on a day it has the same id."""
        spell_id = derived_id("zero_employment", household_id, on.isoformat())
        limit = _limit(policy.zero_employment_days, on)
        spell = cls(id=spell_id, household_id=household_id, **limit, **told)  # type: ignore[arg-type]  # as above
        spell.open()
        return spell


@dataclass(frozen=True, slots=True)
class LabourSurveyed:
    """A relocated household's labourers were asked."""

    survey: "LabourSurvey"


@dataclass(kw_only=True)
class LabourSurvey(Aggregate):
    """Who of a relocated household can work and would, in one *half* of a year (20221 is the first of 2022).

    A household asked twice in a half has one survey: the later answer stands.
    """

    id: str
    household_id: str
    area_code: str
    half: str
    labourers: int
    surveyed: int
    willing: int
    surveyed_on: date
    surveyed_by: str = ""

    @classmethod
    def made(cls, *, on: date, **told: object) -> Self:
        """Return the survey; refuses more willing than asked and more asked than there are."""
        survey = cls(id="", half=half_of(on), surveyed_on=on, **told)  # type: ignore[arg-type]  # as above
        survey.id = derived_id("labour_survey", survey.household_id, survey.half)
        if not 0 <= survey.willing <= survey.surveyed <= survey.labourers:
            raise NotEnoughAskedError
        survey.raise_fact(LabourSurveyed(survey))
        return survey


def half_of(day: date) -> str:
    """Return the half-year of *day*: 20221 or 20222."""
    return f"{day.year}{1 if day.month <= 6 else 2}"  # noqa: PLR2004  (June)


def too_small(persons: int, floor_area: int, policy: RelocationPolicy, day: date) -> bool:
    """Say whether *persons* have less floor than the line of the *day*; no persons want no room."""
    return persons > 0 and floor_area < persons * policy.floor_area_per_person.on(day)


@dataclass(frozen=True, slots=True)
class Willing:
    """What decides about zero employment of one household, as far as it is known on a day."""

    household_id: str
    area_code: str
    willing: int
    able: int
    """Members on record who can work by age and labour skill."""
    working: int
    spell_id: str | None
    """The open spell, or None."""


def way_out(one: Willing) -> str | None:
    """Return how an open spell of *one* ends, or None while it goes on."""
    if one.working:
        return "employed"
    if not one.able:
        return "left"
    return None if one.willing else "not_willing"


def is_zero(one: Willing) -> bool:
    """Say whether nobody works where somebody can and would."""
    return bool(one.willing and one.able and not one.working)


def to_open(seen: Sequence[Willing]) -> list[Willing]:
    """Return those for whom a spell begins."""
    return [one for one in seen if one.spell_id is None and is_zero(one)]


def to_close(seen: Sequence[Willing]) -> list[tuple[Willing, str]]:
    """Return those whose spell ends, with how."""
    ended = ((one, way_out(one)) for one in seen if one.spell_id is not None)
    return [(one, way) for one, way in ended if way is not None]
