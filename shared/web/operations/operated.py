"""What the operator's pages need of a service, and what they call things."""

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import Any, Protocol, get_args

from shared.kernel.clock import at_hour, end_of
from shared.kernel.errors import InvalidInputError
from shared.messaging.intake import Reader
from shared.messaging.set_aside import Search, State
from shared.persistence.unit_of_work import InTransaction
from shared.web.asking import Crumb, WebService
from shared.web.i18n import Words
from shared.web.paging import Badge

MESSAGES = Words("消息处理", "Messages")
HOME = Crumb(MESSAGES, "/operations")

KINDS: Mapping[str, Badge] = {
    "refused": Badge("yellow", Words("违反规则", "refused by a rule")),
    "invalid": Badge("yellow", Words("格式不符", "breaks its contract")),
    "defect": Badge("red", Words("程序缺陷", "met a defect")),
    "garbage": Badge("grey", Words("不是事件", "no event")),
}
ENDINGS: Mapping[str, Badge] = {
    "": Badge("red", Words("待处理", "waiting")),
    "retried": Badge("green", Words("已重新处理", "taken in")),
    "corrected": Badge("green", Words("已更正", "corrected")),
    "resolved": Badge("blue", Words("已人工办结", "resolved by hand")),
    "expired": Badge("grey", Words("已过期", "expired")),
}
STATES: Mapping[State, Words] = {
    "waiting": Words("待处理", "waiting"),
    "resolved": Words("已办结", "dealt with"),
    "all": Words("全部", "all"),
}


class Operated(WebService, Protocol):
    """A service whose messages are operated."""

    @property
    def reader(self) -> Reader[Any]: ...
    def uow(self, with_it: InTransaction | None = None) -> Any: ...  # noqa: ANN401  (each service has its own)


class NotASearchError(InvalidInputError):
    """Raised when a search names a state or a day that there is not."""

    code = "not_a_search"
    zh = "查询条件“{text}”无效；日期请按 2022-12-31 的样式填写"
    en = "“{text}” cannot be searched for; write days as 2022-12-31"


def kind_badge(kind: str) -> Badge:
    """Return the mark of a kind of fault."""
    return KINDS.get(kind, Badge("grey", Words(kind, kind)))


def search_for(given: Mapping[str, str]) -> Search:
    """Return the search that a page's query asks for; raises NotASearchError."""
    state = given.get("state") or "waiting"
    if state not in get_args(State):
        raise NotASearchError(text=state[:20])
    since, until = _day(given.get("since", "")), _day(given.get("until", ""))
    exact = {name: given.get(name, "") for name in ("kind", "code", "type", "reader", "subject", "text")}
    return Search(
        state=next(one for one in get_args(State) if one == state),
        since=at_hour(since, 0) if since else None,
        until=end_of(until) if until else None,
        **exact,
    )


def age_words(since: datetime | None, now: datetime) -> Words | None:
    """Return how long something has waited, roughly; None when nothing waits."""
    if since is None:
        return None
    waited = max(now - since, timedelta(0))
    for length, zh, en in ((86400, "天", "d"), (3600, "小时", "h"), (60, "分钟", "min")):
        if waited.total_seconds() >= length:
            number = int(waited.total_seconds() // length)
            return Words(f"{number} {zh}", f"{number} {en}")
    return Words(f"{waited.seconds} 秒", f"{waited.seconds} s")


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotASearchError(text=text[:20]) from None
    # The first and the last day of the calendar have no midnight in every zone.
    if not MINYEAR < day.year < MAXYEAR:
        raise NotASearchError(text=text[:20])
    return day
