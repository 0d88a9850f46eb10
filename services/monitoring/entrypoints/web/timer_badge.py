"""A timer as a coloured mark."""

from services.monitoring.domain.timer import Timer, TimerState
from shared.web.i18n import Words
from shared.web.paging import Badge

_BADGES = {
    TimerState.BLUE: Badge("blue", Words("未到期", "open")),
    TimerState.YELLOW: Badge("yellow", Words("即将到期", "due soon")),
    TimerState.RED: Badge("red", Words("已逾期", "overdue")),
    TimerState.DONE: Badge("green", Words("按时完成", "done in time")),
    TimerState.LATE: Badge("red", Words("逾期完成", "done late")),
}


def timer_badge(one: Timer) -> Badge:
    """Return the mark of a timer's state."""
    return _BADGES[one.state]
