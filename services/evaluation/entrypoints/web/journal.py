"""The journal on pages: one event with its causes and consequences, and a search."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.evaluation.adapters.read_models import JournalEntry, JournalSearch
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk, day_in, event_area
from services.evaluation.entrypoints.web.event_detail import detail_words
from services.evaluation.entrypoints.web.labels import FACTS, fact_words, publisher_badge
from services.evaluation.entrypoints.web.visibility import may_open
from shared.areas import areas
from shared.web.asking import Crumb, View
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("journal")

JOURNAL = Words("事件日志", "Journal")


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as lists show it."""

    id: str
    day: str
    fact: str
    words: Words
    detail: Words | None
    publisher: Badge
    household_id: str
    household_no: str
    area_code: str
    recorded_at: datetime


def event_rows(ask: EvaluationAsk, entries: list[JournalEntry]) -> list[EventRow]:
    """Return *entries* with what people call them and their households' numbers."""
    cards = ask.service.reads.cards(entry.household_id for entry in entries if entry.household_id)
    numbers = {key: card.state.get("household", {}).get("household_no", "") for key, card in cards.items()}
    return [
        EventRow(
            id=entry.id,
            day=entry.occurred_on,
            fact=entry.fact,
            words=fact_words(entry.fact),
            detail=detail_words(entry),
            publisher=publisher_badge(entry),
            household_id=entry.household_id,
            household_no=numbers.get(entry.household_id, ""),
            area_code=entry.area_code,
            recorded_at=entry.recorded_at,
        )
        for entry in entries
    ]


COLUMNS = (
    Column[EventRow]("发生日期", "Happened on", lambda row: row.day),
    Column[EventRow]("部门", "Department", lambda row: row.publisher),
    Column[EventRow]("事件", "Event", lambda row: row.words, link=lambda row: f"/events/{row.id}"),
    Column[EventRow]("内容", "Content", lambda row: row.detail),
    Column[EventRow]("户编号", "Household no.", lambda row: row.household_no or None),
    Column[EventRow]("入账时间", "Recorded", lambda row: row.recorded_at),
)


@section.page("/journal", "journal.read", "evaluation/journal.html")
def search_journal(
    ask: EvaluationAsk,
    fact: str = "",
    household: str = "",
    town: str = "",
    first: str = "",
    last: str = "",
    recorded_first: str = "",
    recorded_last: str = "",
) -> View:
    """Search every event by kind, household, town, and the days it happened or was recorded."""
    given = {
        "first": first,
        "last": last,
        "recorded_first": recorded_first,
        "recorded_last": recorded_last,
    }
    wanted = JournalSearch(fact, household, town, **{name: day_in(text) for name, text in given.items()})
    total = ask.service.reads.count(wanted)
    found = ask.service.reads.search(wanted, limit=ask.paging.size, offset=ask.paging.offset)
    kinds = ask.service.reads.facts_counted()
    data = {
        "given": {"fact": fact, "household": household, "town": town, **given},
        "kinds": [(name, f"{fact_words(name).pick(ask.language)} ({number})") for name, number in kinds],
        "towns": [(one.code, one.name) for one in areas().towns()],
        "known_kinds": len(FACTS),
    }
    return View(JOURNAL, data, Listing(COLUMNS, event_rows(ask, found), total, ask.paging))


_MATTERS = (
    "case_id",
    "clue_id",
    "measure_id",
    "change_id",
    "loan_id",
    "spell_id",
    "placement_id",
    "relapse_id",
)
"""What ties events of one household together beyond cause and effect."""


def _of_the_same_matter(ask: EvaluationAsk, entry: JournalEntry) -> list[JournalEntry]:
    """Return the household's other events about the same case, clue, measure, loan or job, first to last."""
    mine = {entry.envelope.data[name] for name in _MATTERS if entry.envelope.data.get(name)}
    if not mine or not entry.household_id:
        return []
    others = (other for other in ask.service.reads.timeline(entry.household_id) if other.id != entry.id)
    related = [one for one in others if mine & {one.envelope.data.get(name) for name in _MATTERS}]
    return related[::-1]


def _where_from(ask: EvaluationAsk, entry: JournalEntry) -> Crumb:
    """Return the way back: the journal for those who may search it, the household for a town or village."""
    if ask.officer.role in {"town", "village", "department"} and entry.household_id:
        return Crumb(Words("农户", "Household"), f"/households/{entry.household_id}")
    return Crumb(JOURNAL, "/journal")


def _opened(ask: EvaluationAsk, entries: Iterable[JournalEntry]) -> list[EventRow]:
    """Return those of *entries* the officer may open: that a trigger followed is told to the office alone."""
    return event_rows(ask, [entry for entry in entries if may_open(ask.officer, entry)])


@section.page("/events/{event_id}", "event.read", "evaluation/event.html", area_of=event_area)
def show_event(ask: EvaluationAsk, event_id: str) -> View:
    """Show one event whole, what led to it and what followed from it."""
    reads = ask.service.reads
    entry = reads.event(event_id)
    words = fact_words(entry.fact)
    data = {
        "row": event_rows(ask, [entry])[0],
        "type": entry.type,
        "source": entry.envelope.source,
        "told_at": entry.envelope.time,
        "correlation": entry.envelope.correlationid,
        "body": json.dumps(entry.envelope.data, ensure_ascii=False, indent=2, sort_keys=True),
        "causes": _opened(ask, reads.causes(entry)),
        "consequences": _opened(ask, reads.consequences(event_id)),
        "related": _opened(ask, _of_the_same_matter(ask, entry)),
    }
    return View(words, data, crumbs=(_where_from(ask, entry), Crumb(words)))
