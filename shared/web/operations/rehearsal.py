"""Dry runs: what taking events in again would change, before anybody does it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from shared.messaging.dry_run import MOST, DryRun, Fate, dry_run
from shared.messaging.set_aside import ids_of
from shared.persistence.engine import reading
from shared.web.asking import Ask, Crumb, View
from shared.web.i18n import Words
from shared.web.operations.operated import HOME, Operated, kind_badge, search_for
from shared.web.paging import Badge
from shared.web.section import Section

DRY_RUN = Words("试运行", "Dry run")
FATES: Mapping[Fate, Badge] = {
    "taken": Badge("green", Words("会被接收", "would be taken in")),
    "repeated": Badge("blue", Words("早已接收，会办结", "is known, would be settled")),
    "at_fault": Badge("red", Words("仍会失败", "would fail again")),
    "not_waiting": Badge("grey", Words("不在待处理之列，或不是事件", "does not wait, or is no event")),
}


def add_rehearsals(section: Section) -> None:
    """Add the dry run of a search and of one event; they hold locks, so they count as dear."""
    section.page("/dry-run", "operations.retry", "operations/dry_run.html", heavy=True)(_show_of_search)
    section.page("/{event_id}/dry-run", "operations.retry", "operations/dry_run.html", heavy=True)(
        _show_of_one
    )


def _show_of_search(  # noqa: PLR0913, PLR0917  (the fields of the search, as FastAPI reads them)
    ask: Ask[Operated],
    kind: str = "",
    code: str = "",
    type: str = "",  # noqa: A002  (the name in the address)
    reader: str = "",
    subject: str = "",
    text: str = "",
    since: str = "",
    until: str = "",
) -> View:
    """Say what taking in again all that waits and is found would change; at most a thousand."""
    given = {"kind": kind, "code": code, "type": type, "reader": reader, "subject": subject, "text": text}
    given |= {"since": since, "until": until}
    with reading(ask.service.engine) as connection:
        found = ids_of(connection, search_for(given))
    return _view(ask, found[:MOST], len(found), given)


def _show_of_one(ask: Ask[Operated], event_id: str) -> View:
    """Say what taking in this event again would change."""
    return _view(ask, [event_id], 1, {}, event_id)


def _view(
    ask: Ask[Operated], ids: Sequence[str], total: int, given: dict[str, str], event_id: str = ""
) -> View:
    run = dry_run(ask.service.uow, ask.service.reader, ids, at=ask.service.clock())
    counted = Counter(one.fate for one in run.events)
    data = {
        "event_id": event_id,
        "given": given,
        "total": total,
        "tried": len(ids),
        "fates": [(FATES[fate], counted[fate]) for fate in FATES if counted[fate]],
        "faults": _faults(run),
        "changes": run.changes,
        "told": Counter(one.type for one in run.told),
    }
    crumbs = [HOME, Crumb(DRY_RUN)]
    if event_id:
        crumbs.insert(1, Crumb(Words("待处理消息", "Event set aside"), f"/operations/{event_id}"))
    return View(DRY_RUN, data, crumbs=tuple(crumbs))


def _faults(run: DryRun) -> list[dict[str, object]]:
    """Return what would fail, by cause with an example of each."""
    counted = Counter((one.kind, one.code, one.reason) for one in run.events if one.fate == "at_fault")
    example = {(one.kind, one.code, one.reason): one.event_id for one in run.events}
    return [
        {
            "kind": kind_badge(key[0]),
            "code": key[1],
            "reason": key[2],
            "count": count,
            "example": example[key],
        }
        for key, count in counted.most_common(50)
    ]
