"""The audit trail of a site's service: a page to look through, with export, for county and operators."""

from datetime import MAXYEAR, MINYEAR, date
from typing import Any

from shared.audit.finding import Entry, Wanted, newest
from shared.audit.verify import Verified, verify
from shared.kernel.clock import at_hour, end_of
from shared.persistence.engine import reading
from shared.web.asking import Act, Ask, Done, View
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

_OUTCOMES = {
    "done": Badge("green", Words("已办理", "done")),
    "refused": Badge("red", Words("被拒绝", "refused")),
    "locked": Badge("red", Words("已锁定", "locked")),
}
_ORIGINS = {
    "web": Words("网页", "page"),
    "api": Words("接口", "API"),
    "command line": Words("命令行", "command line"),
    "system": Words("系统", "system"),
}
_BROKEN = {
    "changed": Words("被改动", "changed"),
    "removed": Words("被删除", "removed"),
    "inserted": Words("被插入", "inserted"),
    "reordered": Words("被调换", "reordered"),
    "truncated": Words("末尾被截去", "the tail was cut off"),
    "rewritten": Words("被整体重写", "written anew"),
    "head": Words("链头不符", "the head does not fit"),
}


def audit_trail() -> Section:
    """Return the section; its site has ``audit.read`` in permissions.yaml."""
    section = Section("audit", prefix="/audit")
    section.page("", "audit.read", "audit.html")(_list_entries)
    section.action("/verify", "audit.verify", Words("核验全链", "Verify the chain"), permission="audit.read")(
        _verify_chain
    )
    return section


def _list_entries(
    ask: Ask[Any],
    account: str = "",
    action: str = "",
    about: str = "",
    outcome: str = "",
    since: str = "",
    until: str = "",
) -> View:
    """List what was done on this site, the last first: by whom, what, about what."""
    first, last = _day(since), _day(until)
    wanted = Wanted(
        account.strip(),
        action.strip(),
        about.strip(),
        outcome if outcome in _OUTCOMES else "",
        None if first is None else at_hour(first, 0),
        None if last is None else end_of(last),
    )
    with reading(ask.service.engine) as connection:
        rows, total = newest(connection, wanted, limit=ask.paging.size, offset=ask.paging.offset)
    search = {"account": account, "action": action, "about": about, "outcome": outcome}
    data = {
        "search": {**search, "since": since, "until": until},
        "outcomes": [(key, badge.words.pick(ask.language)) for key, badge in _OUTCOMES.items()],
    }
    return View(Words("审计记录", "Audit trail"), data, Listing(_COLUMNS, rows, total, ask.paging))


def _verify_chain(act: Act[Any, Any], _form: object) -> Done:
    """Recompute the chain of this service."""
    found = verify(act.service.engine)
    zh, en = _said(found)
    body = {"count": found.count, "whole": found.finding is None, "hash": found.last.hash}
    if found.finding is not None:
        body |= {"kind": found.finding.kind, "seq": found.finding.seq, "until": found.finding.until}
    return Done("/audit", zh, en, body)


def _said(found: Verified) -> tuple[str, str]:
    if found.finding is None:
        return f"{found.count} 条记录完整无缺", f"{found.count} entries, the chain is whole"
    words, seq = _BROKEN[found.finding.kind], found.finding.seq
    return f"第 {seq} 条起{words.zh}", f"From entry {seq}: {words.en}"


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    # The first and the last day of the calendar have no midnight in every zone.
    return day if MINYEAR < day.year < MAXYEAR else None


_COLUMNS: tuple[Column[Entry], ...] = (
    Column("序号", "No.", lambda one: one.seq, "number"),
    Column("时间", "When", lambda one: one.at),
    Column("岗位", "Role", lambda one: one.role),
    Column("单位", "Unit", lambda one: one.unit or None),
    Column("账户编号", "Account", lambda one: one.account_id or None),
    Column("事项", "Action", lambda one: one.action),
    Column("对象", "About", lambda one: f"{one.object_kind} {one.object_id}".strip() or None),
    Column("结果", "Outcome", lambda one: _OUTCOMES.get(one.outcome, one.outcome)),
    Column("来源", "From", lambda one: _ORIGINS.get(one.origin, one.origin)),
    Column("请求编号", "Request", lambda one: one.request_id or None),
)
