"""Inspections, orders, triggers and notices for the years made by chance."""

from datetime import timedelta

from shared.contracts.evaluation.v1 import notice, supervision
from shared.kernel.clock import at_hour

UNITS = ("610327109", "610327100", "县人社局", "县乡村振兴局")


def add_supervision(year, name):
    """Add to *year* what the supervision office does to units, under ids that begin with *name*."""
    for number in range(year.chance.randint(1, 3)):
        unit = year.chance.choice(UNITS)
        where = {"unit": unit, "area_code": unit if unit.isdigit() else ""}
        _inspection(year, f"{name}i{number}", where)
        _order(year, f"{name}o{number}", where)
        _trigger(year, f"{name}t{number}", where)
        paper = year.chance.choice(["1号", "2号", None])
        level = year.chance.choice(["county", "city"])
        year.add(
            notice.NoticeIssued(
                occurred_on=year.day(), notice_id=f"{name}n{number}", level=level, document_no=paper, **where
            )
        )


def _inspection(year, key, where):
    day = year.day()
    kind = year.chance.choice(["planned", "unannounced"])
    about = {"inspection_id": key, **where}
    due_on = day + timedelta(days=10)
    year.add(
        supervision.InspectionPlanned(
            occurred_on=day, kind=kind, due_on=due_on, team="一组", subjects=15, **about
        )
    )
    if year.maybe():
        year.add(supervision.InspectionFiled(occurred_on=year.day(day), subjects=15, problems=0, **about))


def _order(year, key, where):
    day = year.day()
    about = {"order_id": key, **where}
    due = at_hour(day + timedelta(days=1), 18)
    year.add(supervision.OrderIssued(occurred_on=day, due_at=due, origin="leader", **about))
    reply = 0
    while year.maybe():
        reply += 1
        day += timedelta(days=year.chance.randint(0, 2))
        at = at_hour(day, 17)
        year.add(supervision.OrderAnswered(occurred_on=day, answered_at=at, reply=reply, **about))
        if year.maybe(0.4):
            year.add(
                supervision.OrderSentBack(
                    occurred_on=day,
                    sent_back_at=at,
                    reply=reply,
                    due_at=at_hour(day + timedelta(days=1), 18),
                    **about,
                )
            )
            continue
        if year.maybe():
            year.add(supervision.OrderClosed(occurred_on=day, closed_at=at, reply=reply, **about))
        break
    if year.maybe(0.1):
        year.add(supervision.OrderWithdrawn(occurred_on=day, **about))


def _trigger(year, key, where):
    day = year.day()
    about = {"trigger_id": key, **where}
    year.add(
        supervision.AccountabilityTriggered(
            occurred_on=day,
            kind="order_overdue",
            about_id=f"{key}o",
            times=3,
            cause_events=(f"{key}e",),
            rule_confirmed=False,
            **about,
        )
    )
    if year.maybe():
        decision = year.chance.choice(["confirmed", "confirmed", "rejected"])
        year.add(supervision.AccountabilityDecided(occurred_on=day, decision=decision, **about))
        if decision == "confirmed" and year.maybe():
            year.add(
                supervision.AccountabilityReferred(
                    occurred_on=year.day(day), referred_to="县纪委监委", **about
                )
            )
