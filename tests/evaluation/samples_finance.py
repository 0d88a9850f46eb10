"""Events about money, projects, assets for the years made by chance: samples with other figures."""

import json
from datetime import date, timedelta
from functools import lru_cache

from shared.contracts.claims import FOLDER
from shared.contracts.registry import MODELS

_LEVELS = ("county", "town", "village")
_REVIEWS = ("compliance", "feasibility", "science")
_COURSES: tuple[tuple[str, str, str, dict[str, tuple[object, ...]]], ...] = (
    ("announcement_due", "announcement_checked", "announcement_id", {"passed": (True, False)}),
    ("asset_problem_found", "asset_problem_closed", "problem_id", {}),
    ("keeper_pay_due", "keeper_paid", "pay_id", {}),
    (
        "station_income_recorded",
        "station_income_distributed",
        "income_id",
        {"by_rule": (True, False), "announced": (True, False)},
    ),
    ("firm_project_applied", "firm_project_decided", "firm_project_id", {"recognised": (True, False)}),
    ("firm_project_decided", "firm_project_landed", "firm_project_id", {}),
    ("association_loan_applied", "association_loan_granted", "association_loan_id", {}),
    (
        "association_loan_applied",
        "association_loan_refused",
        "association_loan_id",
        {"reason": ("withdrawn", "use")},
    ),
)


@lru_cache
def _sample(name):
    return json.loads((FOLDER / "finance" / "samples" / f"{name}.v1.json").read_text("utf-8"))["data"]


def event(name, day, **about):
    """Return the finance event *name* of *day*: its sample with *about* instead."""
    data = {**_sample(name), "occurred_on": day.isoformat(), **about}
    return MODELS[f"finance.{name}.v1"].model_validate(data)


def add_finance(year, household, where):
    """Add to *year* what happens to the money, projects and places of the household's village."""
    area = {"area_code": where["area_code"]}
    _fund(year, f"{household}f", area)
    _project(year, f"{household}p", area)
    _asset(year, f"{household}a", area)
    _facility(year, f"{household}c", area)
    for number, (opened, closed, key, further) in enumerate(_COURSES):
        _course(year, opened, closed, {key: f"{household}{number}", **area}, further)


def _course(year, opened, closed, about, further):
    day = year.day()
    if "due_on" in MODELS[f"finance.{opened}.v1"].model_fields:
        due = {"due_on": (day + timedelta(days=year.chance.randint(0, 40))).isoformat()}
    else:
        due = {}
    year.add(event(opened, day, **due, **about))
    for _ in range(year.chance.randint(0, 2)):
        told = {name: year.chance.choice(values) for name, values in further.items()}
        year.add(event(closed, year.day(day), **about, **told))


def _fund(year, fund, area):
    source = year.chance.choice(["central", "county", "county", "cooperation"])
    about = {"source": source, "industry": year.maybe(), "amount_fen": 1000, **area}
    year.add(event("fund_arranged", year.day(last=date(2022, 4, 1)), fund_id=fund, **about))
    if year.maybe(0.2):
        year.add(event("fund_withdrawn", year.day(), fund_id=fund, **area))
        return
    for name in ("fund_issued", "fund_paid"):
        for _ in range(year.chance.randint(0, 2)):
            year.add(event(name, year.day(), fund_id=fund, amount_fen=500, **area))


def _project(year, project, area):
    about = {"project_id": project, **area}
    reviews = year.chance.sample(_REVIEWS, year.chance.randint(1, 3))
    papers = year.chance.choice([reviews, _REVIEWS])
    year.add(event("project_entered", year.day(), reviews=reviews, papers=papers, **about))
    funding = {"funding": year.chance.choice(["bridging", "cooperation"]), "industry": year.maybe()}
    year.add(event("project_arranged", year.day(), due_on="2022-03-31", **funding, **about))
    for name in ("project_benefit_agreed", "project_started", "project_accepted", "project_completed"):
        if year.maybe():
            year.add(event(name, year.day(), **about))
    if year.maybe(0.2):
        year.add(event("project_dropped", year.day(), **about))


def _asset(year, asset, area):
    kind = year.chance.choice(["operating", "public"])
    about = {"asset_id": asset, **area}
    year.add(event("asset_formed", year.day(), kind=kind, project_year=2021, **about))
    for name in ("asset_registered", "asset_handed_over", "asset_audited", "asset_sampled"):
        if year.maybe():
            year.add(event(name, year.day(), **about))
    if year.maybe(0.1):
        year.add(event("asset_disposed", year.day(), **about))
    if year.maybe():
        quarter = {"inspection_id": f"{asset}i", "quarter": f"2022Q{year.chance.randint(1, 4)}"}
        year.add(event("asset_inspection_filed", year.day(), **quarter, area_code="610327"))


def _facility(year, facility, area):
    about = {"facility_id": facility, **area}
    year.add(event("facility_listed", year.day(), **about))
    for _ in range(year.chance.randint(0, 2)):
        levels = year.chance.sample(_LEVELS, year.chance.randint(1, 3))
        year.add(event("facility_keepers_named", year.day(), levels=levels, **about))
    if year.maybe():
        year.add(event("facility_sampled", year.day(), passed=year.maybe(), **about))
    if year.maybe(0.1):
        year.add(event("facility_removed", year.day(), **about))
