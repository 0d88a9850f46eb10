"""Events about registers, guarantees and places for the years made by chance: samples with other figures."""

import json
from datetime import date, timedelta
from functools import lru_cache

from services.evaluation.domain.counted.register import COMPARED_WITH
from shared.contracts.claims import FOLDER
from shared.contracts.registry import MODELS

_COURSES = (
    ("report_due", "report_submitted", "report_id"),
    ("data_error_found", "data_error_fixed", "error_id"),
    ("comparison_difference_found", "comparison_difference_closed", "difference_id"),
    ("student_aid_due", "student_aid_paid", "entitlement_id"),
    ("assistance_due", "assistance_decided", "entitlement_id"),
    ("relief_applied", "relief_decided", "relief_id"),
    ("house_alert_raised", "house_appraised", "alert_id"),
    ("rebuild_listed", "rebuild_advanced", "rebuild_id"),
    ("water_problem_found", "water_problem_closed", "problem_id"),
    ("toilet_problem_found", "toilet_problem_closed", "problem_id"),
    ("facility_task_planned", "facility_task_done", "task_id"),
    ("relocation_return_found", "relocation_return_ended", "finding_id"),
    ("relocation_housing_found", "relocation_housing_solved", "shortage_id"),
    ("dispute_opened", "dispute_closed", "dispute_id"),
)
_FURTHER: dict[str, dict[str, tuple[object, ...]]] = {
    "report_due": {"kind": ("weekly", "monthly", "quarterly")},
    "data_error_found": {"origin": ("rule", "person", "check_back")},
    "student_aid_due": {"kind": ("aid", "yulu")},
    "assistance_decided": {"granted": (True, False)},
    "relief_decided": {"granted": (True, False), "eligible": (True, False)},
    "rebuild_advanced": {"stage": ("built", "accepted", "occupied")},
}


@lru_cache
def _sample(name):
    return json.loads((FOLDER / "monitoring" / "samples" / f"{name}.v1.json").read_text("utf-8"))["data"]


def event(name, day, **about):
    """Return the monitoring event *name* of *day*: its sample with *about* instead."""
    data = {**_sample(name), "occurred_on": day.isoformat(), **about}
    return MODELS[f"monitoring.{name}.v1"].model_validate(data)


def add_registers(year, household, where):
    """Add to *year* what happens to the household's things, and to its village's."""
    _courses(year, household, where)
    _teaching(year, household, where)
    _allowances(year, household, where)
    _works(year, household, where)
    _village(year, household, where)
    _office(year, household, where)


def _courses(year, household, where):
    for opened, closed, key in _COURSES:
        for number in range(year.chance.randint(0, 2)):
            start = year.day()
            about = {key: f"{household}{opened}{number}", "due_on": start + timedelta(days=20), **where}
            chosen = {name: year.chance.choice(values) for name, values in _FURTHER.get(opened, {}).items()}
            year.add(event(opened, start, **about, **chosen))
            if year.maybe():
                chosen |= {n: year.chance.choice(values) for n, values in _FURTHER.get(closed, {}).items()}
                about.pop("due_on")
                year.add(event(closed, year.day(start), **about, **chosen))
    if year.maybe(0.3):
        problem = f"{household}toilet_problem_found0"
        year.add(event("toilet_problem_reopened", year.day(), problem_id=problem, **where))
    if year.maybe(0.3):
        about = {"entitlement_id": f"{household}student_aid_due0"}
        year.add(event("student_aid_withdrawn", year.day(), **about, **where))
    if year.maybe():
        year.add(event("report_returned", year.day(), report_id=f"{household}report_due0", **where))


def _teaching(year, household, where):
    pupil = f"{household}t"
    start = year.add(event("home_teaching_began", year.day(last=date(2022, 6, 1)), pupil_id=pupil, **where))
    for number in range(year.chance.randint(0, 12)):
        about = {"pupil_id": pupil, "visit_id": f"{pupil}{number}"}
        year.add(
            event("home_teaching_visited", year.day(start, start + timedelta(days=70)), **about, **where)
        )
    if year.maybe():
        year.add(event("home_teaching_ended", year.day(start), pupil_id=pupil, **where))
    year.add(
        event(
            "inpatient_settled",
            year.day(),
            at_once=year.maybe(),
            in_county=year.maybe(),
            settlement_id=f"{household}i",
            **where,
        )
    )


def _allowances(year, household, where):
    about = {"entitlement_id": f"{household}d", "kind": "disability_living"}
    start = year.add(event("assistance_decided", year.day(), granted=year.maybe(0.8), **about, **where))
    for month in sorted({year.day(start).strftime("%Y%m") for _ in range(4)}):
        year.add(event("allowance_paid", year.day(start), month=month, **about, **where))
    if year.maybe(0.3):
        year.add(event("assistance_ended", year.day(start), entitlement_id=f"{household}d", **where))


def _works(year, household, where):
    works = {"works_id": f"{household}w", "area_code": where["area_code"]}
    for version in range(1, year.chance.randint(1, 2) + 1):
        year.add(event("water_works_recorded", year.day(), version=version, in_use=year.maybe(0.8), **works))
    if year.maybe():
        test = {"test_id": f"{household}wt", **works}
        start = year.add(event("water_tested", year.day(), passed=year.maybe(0.4), retest_of=None, **test))
        if year.maybe():
            again = {"test_id": f"{household}wr", "retest_of": f"{household}wt", **works}
            year.add(event("water_tested", year.day(start), passed=year.maybe(), **again))
    for number in range(year.chance.randint(0, 2)):
        about = {"check_id": f"{household}wc{number}"}
        year.add(event("water_household_checked", year.day(), **about, **where))
    if year.maybe():
        year.add(event("water_round_closed", year.day(), area_code=where["area_code"][:9]))


def _village(year, household, where):
    area = {"area_code": where["area_code"]}
    for version in range(1, year.chance.randint(0, 2) + 1):
        about = {"grid_id": f"{household}g", "version": version, "workers": year.chance.randint(0, 2)}
        year.add(event("grid_recorded", year.day(), **about, **area))
    if year.maybe():
        about = {"decision_id": f"{household}v", "complete": year.maybe()}
        year.add(event("village_decision_filed", year.day(), **about, **area))
    stage = year.chance.choice(["planned", "open"])
    year.add(
        event("public_toilet_advanced", year.day(), stage=stage, public_toilet_id=f"{household}pt", **area)
    )
    about = {"facility_id": f"{household}sf", "running": year.maybe()}
    year.add(event("sewage_facility_checked", year.day(), **about, **area))
    about = {"inspection_id": f"{household}vc", "score": str(year.chance.randint(600, 1000) / 10)}
    year.add(event("village_cleaning_scored", year.day(), **about, **area))
    if year.maybe():
        half = year.chance.choice(["20221", "20222"])
        about = {"survey_id": f"{household}ls", "half": half, "surveyed": 1}
        year.add(event("relocated_labour_surveyed", year.day(), **about, **where))


def _office(year, household, where):
    for number in range(year.chance.randint(1, 3)):
        day = year.day()
        about = {"batch_id": f"{household}b{number}", "month": day.strftime("%Y%m"), "household_id": ""}
        department = year.chance.choice(COMPARED_WITH)
        year.add(event("department_list_received", day, department=department, **about, area_code="610327"))
    gates = ["entered", "reviewed", "approved", "inspected", "alert_checked"]
    for sequence, gate in enumerate(gates[: year.chance.randint(1, 5)]):
        about = {"cycle_id": f"{household}y", "gate": gate, "sequence": sequence}
        year.add(event("record_gate_passed", year.day(), **about, **where))
    day = year.day()
    run = {"run_id": f"{household}q", "area_code": where["area_code"][:9]}
    year.add(event("quality_run_completed", day, records=100, rules=90, open_errors=3, **run))
    if year.maybe():
        about = {"round_id": f"{household}z", "month": year.day().strftime("%Y%m")}
        year.add(event("cleaning_round_closed", year.day(), **about))
