"""What of housing, water, toilets and villages waits for the officer who asks."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, Table

from services.monitoring.adapters.read_models_place import (
    PlaceRow,
    coverage_by,
    find_processes,
    last_check_days,
    last_tests,
    records_in,
)
from services.monitoring.adapters.tables import (
    cleaning_inspections,
    house_alerts,
    public_toilets,
    rebuilds,
    sewage_facilities,
    toilet_problems,
    water_problems,
    water_rounds,
    water_tests,
    water_works,
)
from services.monitoring.domain.environment.public_toilet import PublicToilet
from services.monitoring.domain.environment.sewage import SewageFacility
from services.monitoring.domain.environment.toilet_problem import ProblemStep, ToiletProblem
from services.monitoring.domain.housing.alert import AlertStep, HouseAlert
from services.monitoring.domain.housing.rebuild import Rebuild
from services.monitoring.domain.process import Process
from services.monitoring.domain.water.problem import WaterProblem
from services.monitoring.domain.water.quality_test import WaterTest
from services.monitoring.domain.water.works import WaterWorks
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk
from services.monitoring.entrypoints.web.place.frame import HOUSING, PUBLIC_TOILETS, SEWAGE, TOILETS, WATER
from services.monitoring.entrypoints.web.place.water_round import record_of_round, round_words
from services.monitoring.entrypoints.web.task_item import Task
from shared.areas import COUNTY, areas
from shared.kernel.period import Month
from shared.web.i18n import Words

_KINDS: tuple[tuple[Table, type[Process], str, str, frozenset[str], Words], ...] = (
    (house_alerts, HouseAlert, "grade", "/housing/alerts", HOUSING, Words("住房安全", "Housing")),
    (rebuilds, Rebuild, "cause", "/housing/rebuilds", HOUSING, Words("危房重建", "Rebuilding")),
    (water_problems, WaterProblem, "criterion", "/water/problems", WATER, Words("饮水问题", "Water")),
    (water_tests, WaterTest, "works_id", "/water/tests", WATER, Words("水质检测", "Water test")),
    (toilet_problems, ToiletProblem, "kind", "/toilet-problems", TOILETS, Words("问题厕所", "Toilet")),
    (public_toilets, PublicToilet, "site", "/public-toilets", PUBLIC_TOILETS, Words("公厕", "Public toilet")),
)
_NOT_WAITING = frozenset(
    {
        AlertStep.SUPERSEDE,
        ProblemStep.NEED_REBUILD,
        ProblemStep.NOTE_UNWILLING,
        ProblemStep.RETURN,
        ProblemStep.REOPEN,
    }
)
"""Steps that are possible but that nobody waits for."""
_MOST = 500


def place_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield the steps that wait for this officer, and the rounds, tests and checks still to be made."""
    for table, kind, detail, path, units, subject in _KINDS:
        if _mine(ask, units):
            yield from _steps(ask, connection, table, kind, (detail, path, subject))
    if ask.officer.role in ("village", "town"):
        yield from _round(ask, connection)
    if ask.officer.role == "department" and ask.officer.unit in WATER:
        yield from _untested(ask, connection)
    if ask.officer.role == "department" and ask.officer.unit in SEWAGE:
        yield from _unchecked_facilities(ask, connection)
    if ask.officer.role == "department" and ask.officer.unit in TOILETS:
        yield from _uninspected(ask, connection)


def _mine(ask: MonitoringAsk, units: frozenset[str]) -> bool:
    return ask.officer.role != "department" or ask.officer.unit in units


def _steps(
    ask: MonitoringAsk,
    connection: Connection,
    table: Table,
    kind: type[Process],
    shown: tuple[str, str, Words],
) -> Iterator[Task]:
    detail, path, subject = shown
    # One thing to do for each state: its first step that this role takes.
    first: dict[str, Words] = {}
    for step, rule in kind.STEPS.items():
        if ask.officer.role in rule.roles and step not in _NOT_WAITING:
            for state in rule.leads:
                first.setdefault(str(state), Words(rule.zh, rule.en))
    if kind is HouseAlert and "raised" in first:
        first["raised"] = Words("鉴定房屋", "appraise the house")
    if kind is WaterTest and "fixed" in first:
        first["fixed"] = Words("复检", "test again")
    if not first:
        return
    rows, _ = find_processes(
        connection, table, detail, area_code=ask.officer.area_code, states=list(first), limit=_MOST
    )
    for row in rows:
        yield _task(row, first[row.state], subject, path)


def _task(row: PlaceRow, step: Words, subject: Words, path: str) -> Task:
    return Task(
        Words(f"{subject.zh}：{step.zh}", f"{subject.en}: {step.en}"),
        f"{path}/{row.id}",
        row.household_no,
        row.head_name,
        row.area_code,
        row.due_on or row.last_step_on,
    )


def _round(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield the round that is under way, once for a village or a town that is not through."""
    query = water_rounds.select().where(
        water_rounds.c.first_on <= ask.today, water_rounds.c.last_on >= ask.today
    )
    for row in connection.execute(query.with_only_columns(water_rounds.c.id)).scalars().all():
        round_ = record_of_round(connection, row)
        covered = coverage_by(connection, row, ask.officer.area_code, 12)
        missing = sum(one.households - one.checked for one in covered)
        if any(one.closed_on for one in covered):
            continue
        words = round_words(round_)
        if missing:
            what = Words(
                f"饮水入户大排查（{words.zh}）：还有{missing}户",
                f"Water checks, {words.en}: {missing} households left",
            )
        elif ask.officer.role == "town" and covered:
            what = Words(
                f"饮水入户大排查（{words.zh}）：全覆盖，待办结",
                f"Water checks, {words.en}: all reached, to be closed",
            )
        else:
            continue
        village = f"/villages/{ask.officer.area_code}" if ask.officer.role == "village" else ""
        yield Task(what, f"/water/rounds/{row}{village}", "", "", ask.officer.area_code, round_.last_on)


def _untested(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    works, _ = records_in(
        connection,
        water_works,
        WaterWorks,
        area_code=ask.officer.area_code,
        order="works_no",
        where=water_works.c.in_use & (water_works.c.supply == "1"),
        limit=_MOST,
        offset=0,
    )
    tested = last_tests(connection, [one.id for one in works])
    for one in works:
        if one.id not in tested or tested[one.id].tested_on.year < ask.today.year:
            what = Words(f"年度水质检测：{one.name}", f"Yearly test: {one.name}")
            yield Task(what, f"/water/works/{one.id}", "", "", one.area_code, date(ask.today.year, 12, 31))


def _unchecked_facilities(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    if ask.officer.area_code != COUNTY:
        return
    facilities, _ = records_in(
        connection,
        sewage_facilities,
        SewageFacility,
        area_code=ask.officer.area_code,
        order="facility_no",
        where=sewage_facilities.c.in_use.is_(True),
        limit=_MOST,
        offset=0,
    )
    last = last_check_days(connection, [one.id for one in facilities])
    month = Month.of(ask.today)
    for one in facilities:
        if one.id not in last or Month.of(last[one.id][0]) < month:
            what = Words(f"污水设施月检查：{one.name}", f"Monthly check of a sewage facility: {one.name}")
            yield Task(what, f"/sewage/{one.id}", "", "", one.area_code, month.last_day)


def _uninspected(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield one task for all villages that this month's inspection has not reached."""
    month = Month.of(ask.today)
    inspected = set(
        connection.execute(
            cleaning_inspections.select()
            .with_only_columns(cleaning_inspections.c.area_code)
            .where(cleaning_inspections.c.month == str(month))
        ).scalars()
    )
    missing = [one for one in areas().villages() if one.code not in inspected]
    if missing:
        what = Words(
            f"村庄清洁月考评：还有{len(missing)}个村", f"Village inspections: {len(missing)} villages left"
        )
        yield Task(what, "/cleaning", "", "", ask.officer.area_code, month.last_day)
