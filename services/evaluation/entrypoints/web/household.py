"""A household across all services: its figures and its timeline."""

from datetime import date
from typing import Any

from services.evaluation.adapters.read_models import CardSummary, JournalEntry
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk, household_area
from services.evaluation.entrypoints.web.event_detail import detail_words
from services.evaluation.entrypoints.web.labels import (
    SERVICES,
    code_words,
    fact_words,
    publisher_badge,
    same,
)
from shared.areas import areas
from shared.kernel.money import yuan_text
from shared.web.asking import Crumb, TimelineEntry, View
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("household", prefix="/households")


def _timeline_entry(ask: EvaluationAsk, entry: JournalEntry) -> TimelineEntry:
    root = str(ask.request.scope.get("root_path", ""))
    return TimelineEntry(
        at=date.fromisoformat(entry.occurred_on),
        words=fact_words(entry.fact),
        detail=detail_words(entry),
        link=f"{root}/events/{entry.id}",
        badge=publisher_badge(entry),
        event_ids=(entry.id,),
    )


def _facts(card: CardSummary) -> list[tuple[Words, object]]:
    """Return what the card knows, in words."""
    state: dict[str, Any] = card.state
    household = state.get("household", {})
    income = state.get("income")
    open_jobs = [job for job in state.get("jobs", {}).values() if "ended_on" not in job]
    loans = state.get("loans", {}).values()
    facts: list[tuple[Words, object]] = [
        (Words("户编号", "Household no."), household.get("household_no")),
        (Words("所在村", "Village"), _area(card.area_code)),
        (Words("户类型", "Kind"), code_words("household_type", household["type"]) if household else None),
        (Words("人口", "People"), household.get("people")),
        (Words("在岗务工人数", "Running jobs"), len(open_jobs)),
        (Words("小额信贷笔数", "Loans"), sum("disbursed_on" in loan for loan in loans)),
        (Words("累计事件", "Events"), sum(state.get("counts", {}).values())),
    ]
    if income:
        yuan = f"{yuan_text(income['net_per_head_fen'])}"
        facts.append((Words("人均纯收入（元）", "Net income a head (yuan)"), same(yuan)))
    return facts


def _area(code: str) -> Words | None:
    known = areas()
    return same(known.full_name(code) if code in known else code) if code else None


@section.page("/{household_id}", "household.read", "evaluation/household.html", area_of=household_area)
def show_household(ask: EvaluationAsk, household_id: str, service: str = "") -> View:
    """Show a household's figures and everything that happened to it, in all services."""
    card = ask.service.reads.card(household_id)
    entries = ask.service.reads.timeline(household_id)
    shown = [entry for entry in entries if service in {"", entry.envelope.publisher}]
    part = shown[ask.paging.offset : ask.paging.offset + ask.paging.size]
    number = str(card.state.get("household", {}).get("household_no") or household_id[:8])
    data = {
        "household_id": household_id,
        "facts": _facts(card),
        "entries": [_timeline_entry(ask, entry) for entry in part],
        "total": len(shown),
        "pages": max(1, -(-len(shown) // ask.paging.size)),
        "number": ask.paging.number,
        "services": [(name, words.pick(ask.language)) for name, words in SERVICES.items()],
        "given": service,
        "monitored": any(
            "identified_on" in case and "eliminated_on" not in case
            for case in card.state.get("cases", {}).values()
        ),
        "area_code": card.area_code,
    }
    title = Words(f"农户 {number}", f"Household {number}")
    return View(title, data, crumbs=(Crumb(Words("考评排名", "Scoreboard"), "/"), Crumb(title)))
