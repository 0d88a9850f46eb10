"""What the routes of this site are given: the days asked for, and how the area of a thing is found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from services.evaluation.adapters.unit_of_work import EvaluationUnitOfWork
from services.evaluation.bootstrap import Evaluation
from services.evaluation.domain.errors import DayNotReachedError
from services.evaluation.domain.scoreboard import Scoreboard
from services.evaluation.entrypoints.web.visibility import may_open, unit_of
from shared.areas import COUNTY
from shared.kernel.errors import InvalidInputError, NotFoundError
from shared.web.asking import Act, Ask
from shared.web.forms import Choice

EvaluationAsk = Ask[Evaluation]
EvaluationAct = Act[Evaluation, EvaluationUnitOfWork]


class NotADayError(InvalidInputError):
    """Raised when a page is asked for a day that is none."""

    code = "not_a_day"
    zh = "“{text}”不是日期，请按 2022-12-31 的样式填写"
    en = "“{text}” is not a day; write it as 2022-12-31"


@dataclass(frozen=True, slots=True)
class Days:
    """The days a page speaks of, and how its links keep to them."""

    as_of: date
    known_at: date
    today: date

    @property
    def hindsight(self) -> bool:
        """Whether more is known than was known on the day judged."""
        return self.known_at != self.as_of

    @property
    def late(self) -> str:
        """Return the search for what had happened but was not known on the day judged."""
        wanted = {
            "last": self.as_of.isoformat(),
            "recorded_first": (self.as_of + timedelta(days=1)).isoformat(),
            "recorded_last": self.known_at.isoformat(),
        }
        return f"/journal?{urlencode(wanted)}"

    @property
    def query(self) -> str:
        """Return what is put behind a path so that the next page speaks of the same days."""
        given = {"as_of": self.as_of.isoformat()}
        if self.hindsight:
            given["known_at"] = self.known_at.isoformat()
        return f"?{urlencode(given)}"


def day_in(text: str) -> date | None:
    """Return the day written as *text*, None when nothing is; raises NotADayError."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotADayError(text=text[:20]) from None
    # The first and the last day of the calendar have no midnight in every zone.
    if not MINYEAR < day.year < MAXYEAR:
        raise NotADayError(text=text[:20])
    return day


def past_day(text: str, today: date) -> date | None:
    """Return the day written as *text* if it has come; raises NotADayError and DayNotReachedError.

    Nobody can know a day to come, and counting up to a far year would keep everybody waiting.
    """
    day = day_in(text)
    if day is not None and day > today:
        raise DayNotReachedError(day=day.isoformat())
    return day


def days_of(ask: EvaluationAsk, as_of: str, known_at: str) -> Days:
    """Return the days asked for; without any, today as it stands."""
    judged = past_day(as_of, ask.today) or ask.today
    return Days(judged, past_day(known_at, ask.today) or judged, ask.today)


def board_of(ask: EvaluationAsk, days: Days) -> Scoreboard:
    """Return the scoreboard of *days*."""
    return ask.service.scores.board(days.as_of, days.known_at)


def path_to(*parts: str) -> str:
    """Return a path of this site; names of departments are Chinese and are escaped."""
    return "/" + "/".join(quote(part, safe="") for part in parts)


def unit_area(_ask: EvaluationAsk, given: Mapping[str, Any]) -> str | None:
    """A town's lines lie in the town, a department's in the county; a department sees its own alone."""
    unit_id = str(given["unit_id"])
    known = {unit.id: unit for unit in _ask.service.units()}
    if unit_id not in known or (_ask.officer.role == "department" and unit_of(_ask.officer) != unit_id):
        return None
    return unit_id if known[unit_id].group == "town" else COUNTY


def household_area(ask: EvaluationAsk, given: Mapping[str, Any]) -> str | None:
    """A household lies where its newest snapshot says."""
    try:
        return ask.service.reads.card(str(given["household_id"])).area_code or None
    except NotFoundError:
        return None


def event_area(ask: EvaluationAsk, given: Mapping[str, Any]) -> str | None:
    """An event lies where its household was; one the officer may not open is not there."""
    try:
        entry = ask.service.reads.event(str(given["event_id"]))
    except NotFoundError:
        return None
    if not may_open(ask.officer, entry):
        return None
    # A department is asked about by its name, and its own event may lie in no place or in any town.
    return ask.officer.area_code


def unit_choices(ask: EvaluationAsk) -> Iterable[Choice]:
    """Return every unit that is assessed, for a form."""
    for unit in ask.service.units():
        yield Choice(unit.id, unit.name, unit.name)
