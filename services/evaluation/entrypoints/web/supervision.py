"""What is overdue county-wide, and what the pages of supervision share: units, countdowns, words."""

from datetime import datetime, timedelta

from services.evaluation.adapters.read_models_owed import Kind
from services.evaluation.adapters.read_models_supervision import (
    find_inspections,
    find_triggers,
)
from services.evaluation.domain.accountability import TriggerState
from services.evaluation.domain.inspection import Inspection
from services.evaluation.domain.order import STATE_WORDS as ORDER_WORDS
from services.evaluation.domain.order import Order, OrderState
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk, path_to
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.owed import (
    KINDS,
    UnitLate,
    debts_of,
    kinds_of,
    page_of_late,
    units_late,
)
from services.evaluation.entrypoints.web.visibility import unit_of
from shared.kernel.clock import day_of
from shared.kernel.period import Days
from shared.persistence.engine import reading
from shared.web.asking import View
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing, Paging
from shared.web.section import Section

section = Section("supervision", prefix="/supervision")

ORIGINS = {
    "inspection": Words("督查发现", "inspection"),
    "problem": Words("问题整改", "problem of the ledger"),
    "meeting": Words("会议议定", "decision of a meeting"),
    "dispatch": Words("月调度", "dispatch"),
    "leader": Words("领导批示交办", "asked by the leading group"),
}
ABOUT = {
    "order": Words("督办函", "order"),
    "problem": Words("台账问题", "problem of the ledger"),
    "inspection": Words("督查", "inspection"),
    "trigger": Words("问责线索", "trigger"),
}
_PATHS = {
    "order": "/orders",
    "problem": "/ledger/problems",
    "inspection": "/inspections",
    "trigger": "/triggers",
}
_MOST = 200


def own_unit(ask: EvaluationAsk) -> str:
    """Return the unit an officer sees and answers for; empty for who sees every unit."""
    return unit_of(ask.officer)


def about_path(kind: str, about_id: str) -> str:
    """Return the page of what something is about."""
    return f"{_PATHS[kind]}/{about_id}"


def about_link(ask: EvaluationAsk, unit: str, kind: str, about_id: str) -> str:
    """Return the same for who may open it, empty for nothing: triggers and other units' are shut."""
    mine = own_unit(ask)
    shut = mine and (kind == "trigger" or mine != unit)
    return "" if not kind or shut else about_path(kind, about_id)


def left_words(due_at: datetime, now: datetime) -> Words:
    """Return how long is left, or since when it is over, to the minute."""
    late = now > due_at
    minutes = abs(due_at - now) // timedelta(minutes=1)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    zh = (f"{days}天" if days else "") + (f"{hours}小时" if days or hours else "") + f"{minutes}分"
    en = (f"{days} d " if days else "") + (f"{hours} h " if days or hours else "") + f"{minutes} min"
    return Words(f"已超期{zh}", f"{en} overdue") if late else Words(f"还剩{zh}", f"{en} left")


def order_badge(ask: EvaluationAsk, order: Order) -> Badge:
    """Return the state of an order; while a reply is owed, the countdown in its colour."""
    now = ask.service.clock()
    words = Words(*ORDER_WORDS[order.state])
    if order.state in (OrderState.ISSUED, OrderState.RETURNED):
        left = left_words(order.due_at, now)
        text = Words(f"{words.zh}，{left.zh}", f"{words.en}, {left.en}")
        if order.overdue(now):
            return Badge("red", text)
        near = timedelta(hours=ask.service.supervision.order_near_hours.on(day_of(now)))
        return Badge("yellow" if order.due_at - now <= near else "blue", text)
    if order.state is OrderState.CLOSED:
        late = Words("已办结（逾期）", "closed (late)")
        return Badge("green", words) if order.in_time else Badge("yellow", late)
    return Badge("grey" if order.state is OrderState.WITHDRAWN else "blue", words)


def _late_column(kind: Kind) -> Column[UnitLate]:
    return Column[UnitLate](
        KINDS[kind].zh,
        KINDS[kind].en,
        lambda row: row.late.get(kind),
        "number",
        link=lambda row: page_of_late(kind, row.unit) if kind in row.late else "",
    )


_COLUMNS = (
    Column[UnitLate](
        "单位", "Unit", lambda row: unit_words(row.unit), link=lambda row: path_to("units", row.unit)
    ),
    *(_late_column(kind) for kind in KINDS),
    Column[UnitLate]("合计", "Together", lambda row: row.total, "number"),
)


@section.page("", "supervision.read", "evaluation/supervision.html")
def overdue(ask: EvaluationAsk) -> View:
    """Show the leading group what is overdue in the county, unit by unit, and what waits for a decision."""
    year = Days(ask.today.replace(month=1, day=1), ask.today - timedelta(days=1))
    found = debts_of(ask)
    units = units_late(found)
    with reading(ask.service.engine) as connection:
        late: list[Inspection] = []
        if year.first <= year.last:
            for state in ("planned", "under_way"):
                late += find_inspections(connection, year, state=state, limit=_MOST, offset=0)[0]
        _, proposed = find_triggers(connection, state=TriggerState.PROPOSED, limit=1, offset=0)
        _, confirmed = find_triggers(connection, state=TriggerState.CONFIRMED, limit=1, offset=0)
    paging = ask.paging
    part = units[paging.offset : paging.offset + paging.size]
    data = {
        "kinds": kinds_of(found),
        "units": len(units),
        "late": late,
        "proposed": proposed,
        "confirmed": confirmed,
        "unit_name": {one.unit: unit_words(one.unit) for one in late},
    }
    title = Words("全县超期事项", "Overdue in the county")
    return View(title, data, Listing(_COLUMNS, part, len(units), paging))


def whole(paging: Paging) -> dict[str, int]:
    """Return the part of a list that is asked for, as the read models take it."""
    return {"limit": paging.size, "offset": paging.offset}
