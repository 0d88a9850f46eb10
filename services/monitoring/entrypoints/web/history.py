"""The history of a household: who changed what and when, and how it stood on any past day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from services.monitoring.adapters.household_version import (
    PastRow,
    TakeoverRow,
    Version,
    household_as_of,
    households_as_of,
    takeovers_of,
    versions_of,
)
from services.monitoring.adapters.read_models import head_of, place_names
from services.monitoring.domain.household import Household
from services.monitoring.entrypoints.web.case_action import OFFICE
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, household_area, read
from services.monitoring.entrypoints.web.field_words import (
    HELPER_WORDS,
    HOUSEHOLD_WORDS,
    LIVING_WORDS,
    MEMBER_WORDS,
    value_shown,
)
from services.monitoring.entrypoints.web.household_shown import facts, member_shown
from services.monitoring.entrypoints.web.labels import words_of
from services.monitoring.entrypoints.web.people import called, name_for, rows_for, sees_names
from shared.areas import areas
from shared.kernel.clock import COUNTY_ZONE, end_of
from shared.web.asking import Crumb, View, own_area
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.problems import NoSuchPageError
from shared.web.section import Section

section = Section("history")
HOUSEHOLDS = Crumb(Words("农户", "Households"), "/households")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that a version changed, in words. *of* is the member or helper, empty for the household."""

    of: Words
    field: Words
    before: Words
    after: Words


@dataclass(frozen=True, slots=True)
class VersionShown:
    """One version: when the office knew it, for which day, by whom, and what it changed."""

    version: int
    at: str
    recorded_on: date
    by: str
    first: bool
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class TakeoverShown:
    """A person taken over from or into the household. The reason, free text, is for the office."""

    words: Words
    reason: str
    by: str
    at: str


def changes_between(
    before: Household, after: Household, ask: MonitoringAsk, places: Mapping[str, str]
) -> Iterator[FieldChange]:
    """Yield what *after* changed, field by field: numbers masked, codes in words."""
    names = sees_names(ask.officer)
    yield from _fields(Words("", ""), HOUSEHOLD_WORDS, before, after, names=names, places=places)
    yield from _fields(Words("", ""), LIVING_WORDS, before.living, after.living, names=names)
    old: Mapping[str, Any] = {one.id: one for one in before.members}
    for one in after.members:
        who = name_for(ask.officer, one.name)
        here = Words(who, who)
        if one.id in old:
            yield from _fields(here, MEMBER_WORDS, old[one.id], one, names=names)
        else:
            came = words_of("member_added", one.joined_reason)
            yield FieldChange(here, Words("增加家庭成员", "Member added"), Words("—", "—"), came)
    helped: Mapping[str, Any] = {one.id: one for one in before.helpers}
    for helper in after.helpers:
        here = Words("帮扶责任人", "Helper")
        yield from _fields(here, HELPER_WORDS, helped.get(helper.id), helper, names=names)


def _fields(
    of: Words,
    words: Mapping[str, Words],
    before: object,
    after: object,
    *,
    names: bool,
    places: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[FieldChange]:
    for name, called_ in words.items():
        old, new = getattr(before, name, None), getattr(after, name)
        if old != new:
            was, is_ = (value_shown(name, one, names=names, places=places) for one in (old, new))
            yield FieldChange(of, called_, was, is_)


def day_asked(ask: MonitoringAsk, as_of: str) -> date:
    """Return the day a page asks about; there is no page of a day that is none, or has not come."""
    try:
        day = date.fromisoformat(as_of)
    except ValueError:
        raise NoSuchPageError from None
    if day > ask.today:
        raise NoSuchPageError
    return day


@section.page(
    "/households/{household_id}/history",
    "household.history",
    "monitoring/history.html",
    area_of=household_area,
)
def show_history(ask: MonitoringAsk, household_id: str, as_of: str = "") -> View:
    """Show who changed what and when; with *as_of*, how the household stood at the end of that day."""
    with read(ask) as connection:
        number, head = head_of(connection, household_id)
        found = versions_of(connection, household_id)
        taken = takeovers_of(connection, household_id)
        ids = {one.household.grid_id for one in found} | {one.household.resettlement_site_id for one in found}
        places = place_names(connection, [one for one in ids if one])
        day = day_asked(ask, as_of) if as_of else None
        past = household_as_of(connection, household_id, end_of(day)) if day else None
    here = called(ask.officer, number, head)
    title = Words("历史记录", "History")
    data = {
        "household_id": household_id,
        "versions": _shown(found, ask, places),
        "takeovers": [_taken(one, household_id, ask) for one in taken],
        "as_of": day,
        "past": facts(past, ask) if past else None,
        "members": [member_shown(one, ask) for one in past.present] if past else [],
    }
    return View(title, data, crumbs=(HOUSEHOLDS, Crumb(here, f"/households/{household_id}"), Crumb(title)))


def _shown(found: Sequence[Version], ask: MonitoringAsk, places: Mapping[str, str]) -> list[VersionShown]:
    shown = []
    for position, one in enumerate(found):
        before = found[position + 1].household if position + 1 < len(found) else None
        changed = () if before is None else tuple(changes_between(before, one.household, ask, places))
        first = before is None and one.version == 1
        shown.append(VersionShown(one.version, _time(one.known_at), one.recorded_on, one.by, first, changed))
    return shown


def _taken(one: TakeoverRow, household_id: str, ask: MonitoringAsk) -> TakeoverShown:
    into = one.to_household_id == household_id
    words = (
        Words("从其他农户转入一人", "A person was taken over into this household")
        if into
        else Words("一人被转入其他农户", "A person was taken over into another household")
    )
    reason = one.reason if ask.officer.role in OFFICE else ""
    return TakeoverShown(words, reason, one.by, _time(one.at))


def _time(instant: datetime) -> str:
    return instant.astimezone(COUNTY_ZONE).strftime("%Y-%m-%d %H:%M")


@section.page("/households/past", "household.history", "monitoring/households_past.html", area_of=own_area)
def list_past(ask: MonitoringAsk, as_of: str = "", area: str = "") -> View:
    """List the households of an area as the office knew them at the end of a past day."""
    day = day_asked(ask, as_of)
    inside = area if area in areas() and ask.officer.may_see(area) else ask.officer.area_code
    with read(ask) as connection:
        rows, total = households_as_of(
            connection, inside, end_of(day), limit=ask.paging.size, offset=ask.paging.offset
        )
    columns = (
        Column[PastRow](
            "户编号", "Number", lambda row: row.household_no, link=lambda row: _past_page(row, day)
        ),
        Column[PastRow]("户主", "Head", lambda row: row.head_name),
        Column[PastRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[PastRow]("人口", "Persons", lambda row: row.persons, "number"),
        Column[PastRow]("户类型", "Type", lambda row: words_of("household_type", row.household_type)),
        Column[PastRow]("脱贫户", "Lifted out", lambda row: row.lifted_out),
        Column[PastRow]("易地搬迁", "Relocated", lambda row: row.relocated),
    )
    listing = Listing(columns, rows_for(ask.officer, rows), total, ask.paging)
    title = Words(f"{day} 的农户登记", f"The registry on {day}")
    return View(title, {"as_of": day}, listing, crumbs=(HOUSEHOLDS, Crumb(title)))


def _past_page(row: PastRow, day: date) -> str:
    return f"/households/{row.household_id}/history?as_of={day}"
