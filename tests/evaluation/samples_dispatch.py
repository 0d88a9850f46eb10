"""Events of dispatch and field work for the years made by chance."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shared.contracts.evaluation.v1 import dispatch, field_work

LEADS = ("县农业农村局", "县水利局")


def add_dispatch(year, household, where):
    """Add to *year* what a town, its resident team and the lead departments do; ids carry *household*."""
    _owed(year, household, where)
    _undertakings(year, household, where)
    _sites(year, household, where)
    _training(year, household, where)
    _register(year, household, where)


def _owed(year, household, where):
    town, lead = where["area_code"][:9], year.chance.choice(LEADS)
    for scope, unit in (("action", lead), ("town", town)):
        start = year.day(last=date(2022, 11, 1))
        about: dict[str, Any] = {
            "report_id": f"{household}{scope}",
            "scope": scope,
            "unit": unit,
            "month": "202203",
        }
        due = start + timedelta(days=30)
        year.add(dispatch.ProgressDue(occurred_on=start, due_on=due, **about))
        for number in range(1, year.chance.randint(0, 2) + 1):
            told: dict[str, Any] = {"number": number, "tasks_due": 2, "tasks_done": 1}
            filed_on = year.day(start)
            year.add(dispatch.ProgressFiled(occurred_on=filed_on, **about, **told))
            if scope == "town" and number == 1:
                year.add(dispatch.ProgressReturned(occurred_on=filed_on, **about, number=number))
    start = year.day(last=date(2022, 9, 1))
    about = {"duty_id": f"{household}q", "action": "a01", "unit": lead, "quarter": "2022Q1"}
    due = start + timedelta(days=90)
    year.add(dispatch.QuarterMeetingDue(occurred_on=start, due_on=due, **about))
    if year.maybe():
        year.add(dispatch.QuarterMeetingHeld(occurred_on=year.day(start), meeting_id="m", **about))


def _undertakings(year, household, where):
    town = where["area_code"][:9]
    for kind in ("decision", "site_task", "project", "complaint"):
        start = year.day()
        about: dict[str, Any] = {"undertaking_id": f"{household}{kind}", "kind": kind, "area_code": town}
        unit, lead = year.chance.choice([town, *LEADS]), year.chance.choice(LEADS)
        due = start + timedelta(days=20)
        year.add(dispatch.UndertakingMade(occurred_on=start, unit=unit, lead=lead, due_on=due, **about))
        if year.maybe():
            year.add(dispatch.UndertakingDone(occurred_on=year.day(start), **about))
        elif year.maybe(0.3):
            year.add(dispatch.UndertakingDropped(occurred_on=year.day(start), **about))


def _sites(year, household, where):
    for level in ("county", "city"):
        about: dict[str, Any] = {
            "site_id": f"{household}{level}",
            "action": "a01",
            "lead": LEADS[0],
            "level": level,
        }
        about["area_code"] = where["area_code"]
        planned_on = year.day(last=date(2022, 3, 1))
        start = year.add(dispatch.SitePlanned(occurred_on=planned_on, year=2022, **about))
        for number in range(1, year.chance.randint(0, 2) + 1):
            start = year.add(dispatch.SiteRegistered(occurred_on=year.day(start), number=number, **about))
            parts = {name: year.maybe(0.8) for name in ("standard", "responsible", "rule", "date_set")}
            year.add(dispatch.SiteElementsSet(occurred_on=year.day(start), number=number, **parts, **about))
            if number == 1 and year.maybe(0.7):
                start = year.add(dispatch.SiteWithdrawn(occurred_on=year.day(start), number=number, **about))


def _training(year, household, where):
    town = where["area_code"][:9]
    organiser: dict[str, Any] = {"class_id": f"{household}k", "unit": "县委组织部"}
    start = year.day(last=date(2022, 10, 1))
    due = start + timedelta(days=60)
    year.add(field_work.TrainingClassPlanned(occurred_on=start, due_on=due, **organiser))
    if year.maybe(0.8):
        method = year.chance.choice(["on_site", "online", "exchange", "classroom"])
        held = year.day(start)
        year.add(field_work.TrainingClassHeld(occurred_on=held, method=method, attended=1, **organiser))
    else:
        year.add(field_work.TrainingClassCancelled(occurred_on=year.day(start), **organiser))
    for kind, how in (("cadre", "standing"), ("cadre", "new"), ("resident", "standing")):
        about: dict[str, Any] = {"cadre_id": f"{household}{kind}{how}", "unit": town, "kind": kind}
        about["area_code"] = where["area_code"]
        start = year.day(last=date(2022, 8, 1))
        due = start + timedelta(days=30) if how == "new" else None
        enrolled: dict[str, Any] = {**about, "how": how, "due_on": due}
        year.add(field_work.CadreEnrolled(occurred_on=start, **enrolled))
        for _ in range(year.chance.randint(0, 2)):
            passed = year.chance.choice([None, True, False])
            day = year.day(start, start + timedelta(days=120))
            year.add(field_work.TrainingAttended(occurred_on=day, class_id="k", passed=passed, **about))
        if year.maybe(0.2):
            year.add(field_work.CadreLeft(occurred_on=year.day(start), **about))


def _register(year, household, where):
    area, town = {"area_code": where["area_code"]}, where["area_code"][:9]
    account: dict[str, Any] = {"account_id": f"{household}acc", **area}
    opening: dict[str, Any] = {"year": 2022, "opening": Decimal(10)}
    start = year.add(field_work.PointAccountOpened(occurred_on=date(2022, 1, 1), **opening, **account))
    for sequence in range(1, year.chance.randint(0, 3) + 1):
        told: dict[str, Any] = {"sequence": sequence, "reason": "visit", "balance": Decimal(0)}
        points = Decimal(year.chance.randint(-8, 3) or 1)
        year.add(field_work.PointsEntered(occurred_on=year.day(start), points=points, **told, **account))
    resident, home = f"{household}residentstanding", f"{household}home"
    for number in range(year.chance.randint(2, 8)):
        kind = year.chance.choice(["article", "typical_case", "volunteer_activity", "home_check"])
        _entry(year, f"{household}e{number}", kind, town, area, about=home)
    _entry(year, home, "home", town, area)
    for number, month in enumerate(year.chance.sample(range(1, 13), 4)):
        day = date(2022, month, 28)
        about: dict[str, Any] = {
            "entry_id": f"{household}at{number}",
            "unit": town,
            "about": resident,
            **area,
        }
        quantity = year.chance.randint(15, 26)
        told = {"month": f"2022{month:02}", "quantity": quantity}
        year.add(field_work.WorkEntered(occurred_on=day, kind="attendance", **told, **about))
        if year.maybe(0.3):
            check = {**about, "entry_id": f"{household}sc{number}", "passed": year.maybe()}
            year.add(field_work.WorkEntered(occurred_on=day, kind="spot_check", **check))


def _entry(year, entry_id, kind, town, area, about=""):
    given: dict[str, Any] = {"entry_id": entry_id, "kind": kind, "unit": town, **area}
    given["about"] = about if kind == "home_check" else ""
    told: dict[str, Any] = {
        "level": year.chance.choice(["county", "city", "province"]),
        "field": year.chance.choice(["consolidation", "construction", "governance", "social"]),
        "passed": year.maybe(),
    }
    start = year.add(field_work.WorkEntered(occurred_on=year.day(), **told, **given))
    if year.maybe(0.15):
        year.add(field_work.WorkWithdrawn(occurred_on=year.day(start), **given))
