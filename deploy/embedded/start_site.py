"""The first page of the embedded county, and the page that moves its business clock."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI
from pydantic import Field

from services.monitoring.bootstrap import Monitoring
from shared.kernel.clock import BusinessClock, at_hour, day_of
from shared.kernel.errors import ConflictError
from shared.web.access import load_permissions
from shared.web.app import create_site
from shared.web.asking import Act, Ask, Done, View
from shared.web.forms import Form, Label
from shared.web.i18n import Words
from shared.web.section import Section
from shared.web.site import Gate, NavItem

_HERE = Path(__file__).parent
_MORNING = 9
section = Section("county")


class ClockRunsAloneError(ConflictError):
    """Raised when the county lives by the machine's own clock."""

    code = "clock_runs_alone"
    zh = "本系统使用机器时间，不能调整业务日期"
    en = "This county lives by the machine's clock; its day cannot be moved"


class MoveClockForm(Form):
    days: Annotated[int, Field(ge=1, le=92), Label("向后推进的天数", "Days to move forward")]


@section.page("/", "county.read", "county/start.html")
def start(ask: Ask[Monitoring]) -> View:
    """Show the four sites, the business day, and what this county is."""
    return View(
        Words("首页", "Start"), {"today": ask.today, "movable": isinstance(ask.service.clock, BusinessClock)}
    )


@section.action("/clock", "clock.move", Words("推进业务日期", "Move the business day"), MoveClockForm)
def move_clock(act: Act[Monitoring, object], form: MoveClockForm) -> Done:
    """Let the county live some days later; limits fall due, nothing else happens by itself."""
    clock = act.service.clock
    if not isinstance(clock, BusinessClock):
        raise ClockRunsAloneError
    day = day_of(clock()) + timedelta(days=form.days)
    clock.move_to(at_hour(day, _MORNING))
    return Done("/", f"业务日期已推进到 {day}", f"The business day is now {day}", {"today": day.isoformat()})


def create_start_site(monitoring: Monitoring, gate: Gate) -> FastAPI:
    """Return the site at the root of the county's address."""
    return create_site(
        "county",
        Words("县级首页", "County start"),
        monitoring,
        gate,
        [section],
        permissions=load_permissions("county", _HERE / "permissions.yaml"),
        templates=[_HERE / "templates"],
        nav=[NavItem(Words("首页", "Start"), "/", "county.read")],
    )
