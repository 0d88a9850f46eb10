"""Rounds of door-to-door checks: coverage by town and village, a village's list to tick off, one home."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from services.monitoring.adapters.read_models_place import (
    CheckRow,
    CoverageRow,
    HomeRow,
    checks_in,
    coverage_by,
    homes_named,
    record_of,
    unchecked,
)
from services.monitoring.adapters.tables import water_rounds
from services.monitoring.domain.water.criteria import CRITERIA, Judged, Measured
from services.monitoring.domain.water.survey_round import WaterRound, WaterRoundNotFoundError
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.people import name_for
from services.monitoring.entrypoints.web.place.frame import WATER, FormShown, home_of, own_list
from services.monitoring.service_layer.water import survey_round as rounds
from shared.areas import areas
from shared.web.asking import Ask, Crumb, Done, View
from shared.web.forms import Choice, Form, Label, Note
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("water_round")

_ROUNDS = Words("饮水入户大排查", "Rounds of water checks")
_JUDGEMENT = choices_of("water_judgement")


def homes_to_check(ask: Ask[Any]) -> Sequence[Choice]:
    """Return the households of the village in the address that the round has not reached."""
    given = ask.request.path_params
    with read(ask) as connection:
        rows = unchecked(connection, given["round_id"], given["village"])
    return [
        Choice(one.id, f"{one.head_name}（{one.household_no}）", f"{one.head_name} ({one.household_no})")
        for one in rows
    ]


class RoundForm(Form):
    first_on: Annotated[date, Label("开始日期", "First day")]
    last_on: Annotated[date, Label("截止日期", "Last day")]


class VillageForm(Form):
    households: Annotated[
        tuple[str, ...],
        Field(max_length=5000),
        Label(
            "已入户且四项指标均达标的农户",
            "Households visited where all four criteria are met",
            hint_zh="有问题的户请点户名单独登记",
            hint_en="record a household with a problem by itself",
            choices=homes_to_check,
        ),
    ] = ()
    everybody: Annotated[bool, Label("以上全部农户", "All of them")] = False
    supply: Annotated[
        Literal["1", "2"], Label("供水类型", "Supply", choices=choices_of("water_supply"), widget="radio")
    ] = "1"
    on: OnDay = None


class CheckForm(Form):
    """One household: what was seen, and what was measured where anything was."""

    round_id: Annotated[str, Field(max_length=36), Label("轮次", "Round", widget="hidden")]
    supply: Annotated[
        Literal["1", "2"], Label("供水类型", "Supply", choices=choices_of("water_supply"), widget="radio")
    ] = "1"
    quantity: Annotated[
        Literal["met", "basic", "not"], Label("水量", "Quantity", choices=_JUDGEMENT, widget="radio")
    ] = "met"
    quality: Annotated[
        Literal["met", "basic", "not"], Label("水质", "Quality", choices=_JUDGEMENT, widget="radio")
    ] = "met"
    convenience: Annotated[
        Literal["met", "basic", "not"],
        Label("用水方便程度", "Convenience", choices=_JUDGEMENT, widget="radio"),
    ] = "met"
    assurance: Annotated[
        Literal["met", "basic", "not"], Label("供水保证率", "Assurance", choices=_JUDGEMENT, widget="radio")
    ] = "met"
    litres: Annotated[
        Decimal | None,
        Field(ge=0, le=1000),
        Label(
            "实测水量（升/人·日）",
            "Litres a head and day",
            hint_zh="填了实测值，以实测值评价",
            hint_en="a measured value decides",
        ),
    ] = None
    piped: Annotated[bool, Label("自来水入户", "Piped into the house")] = False
    minutes: Annotated[
        int | None, Field(ge=0, le=1000), Label("单次取水时间（分钟）", "Minutes of one trip")
    ] = None
    horizontal: Annotated[
        int | None, Field(ge=0, le=100_000), Label("取水水平距离（米）", "Way in metres")
    ] = None
    vertical: Annotated[
        int | None, Field(ge=0, le=10_000), Label("取水垂直高差（米）", "Height in metres")
    ] = None
    dry_days: Annotated[
        int | None, Field(ge=0, le=366), Label("全年断水天数", "Days without water in a year")
    ] = None
    on: OnDay = None
    note: Note = ""


class CloseForm(Form):
    town: Annotated[str, Field(pattern="^[0-9]{9}$"), Label("镇", "Town", widget="hidden")]
    on: OnDay = None


def _round(ask: MonitoringAsk, round_id: str) -> WaterRound:
    with read(ask) as connection:
        return record_of_round(connection, round_id)


def record_of_round(connection: Any, round_id: str) -> WaterRound:  # noqa: ANN401  (a connection)
    """Return a round, for reading only."""
    return record_of(connection, water_rounds, WaterRound, WaterRoundNotFoundError, round_id)


def round_words(one: WaterRound) -> Words:
    """Return what people call a round."""
    return Words(f"{one.year}年第{one.number}轮", f"Round {one.number} of {one.year}")


@section.page("/water/rounds", "water.read", "monitoring/places.html", area_of=own_list(WATER))
def list_rounds(ask: MonitoringAsk) -> View:
    """List the rounds, the newest first."""
    with read(ask) as connection:
        rows = [
            record_of_round(connection, id_)
            for id_ in connection.execute(
                water_rounds.select()
                .with_only_columns(water_rounds.c.id)
                .order_by(water_rounds.c.first_on.desc())
            ).scalars()
        ]
        done = {row.id: _sum(coverage_by(connection, row.id, ask.officer.area_code, 6)) for row in rows}
    columns = (
        Column[WaterRound]("轮次", "Round", round_words, link=lambda row: f"/water/rounds/{row.id}"),
        Column[WaterRound]("开始", "First day", lambda row: row.first_on),
        Column[WaterRound]("截止", "Last day", lambda row: row.last_on),
        Column[WaterRound]("农户", "Households", lambda row: done[row.id][0], "number"),
        Column[WaterRound]("已入户", "Checked", lambda row: done[row.id][1], "number"),
        Column[WaterRound]("覆盖率", "Coverage", lambda row: _share(*done[row.id]), "percent"),
    )
    data = {
        "state": "",
        "states": [],
        "counts": [],
        "notes": [],
        "forms": [FormShown("water_round.open", {})],
    }
    return View(_ROUNDS, data, Listing(columns, rows, len(rows), ask.paging))


def _sum(rows: Sequence[CoverageRow]) -> tuple[int, int]:
    return sum(row.households for row in rows), sum(row.checked for row in rows)


def _share(households: int, checked: int) -> Decimal:
    return Decimal(checked) / households if households else Decimal(0)


@section.page("/water/rounds/{round_id}", "water.read", "monitoring/places.html", area_of=own_list(WATER))
def show_round(ask: MonitoringAsk, round_id: str, town: str = "") -> View:
    """Show how far a round is: by town for the county, by village inside a town."""
    round_ = _round(ask, round_id)
    inside = town if town in areas() and town.startswith(ask.officer.area_code) else ask.officer.area_code
    digits = 9 if len(inside) == 6 else 12  # noqa: PLR2004  (digits of a county's code)
    with read(ask) as connection:
        rows = coverage_by(connection, round_id, inside, digits)

    def link(row: CoverageRow) -> str:
        if digits == 9:  # noqa: PLR2004  (digits of a town's code)
            return f"/water/rounds/{round_id}?town={row.area_code}"
        return f"/water/rounds/{round_id}/villages/{row.area_code}"

    columns = (
        Column[CoverageRow]("地区", "Area", lambda row: areas().full_name(row.area_code), link=link),
        Column[CoverageRow]("农户", "Households", lambda row: row.households, "number"),
        Column[CoverageRow]("已入户", "Checked", lambda row: row.checked, "number"),
        Column[CoverageRow]("覆盖率", "Coverage", lambda row: _share(row.households, row.checked), "percent"),
        Column[CoverageRow]("饮水不安全户", "Without safe water", lambda row: row.unsafe, "number"),
        Column[CoverageRow]("本镇办结", "Closed by the town", lambda row: row.closed_on),
    )
    forms = []
    if ask.officer.role == "town" and not any(row.closed_on for row in rows):
        forms = [FormShown("water_round.close", {"round_id": round_id, "town": ask.officer.area_code})]
    period = Words(f"{round_.first_on} 至 {round_.last_on}", f"{round_.first_on} to {round_.last_on}")
    notes = [{"words": period, "source": ""}]
    data = {"state": "", "states": [], "counts": [], "forms": forms, "notes": notes}
    crumbs = (Crumb(_ROUNDS, "/water/rounds"), Crumb(round_words(round_)))
    return View(round_words(round_), data, Listing(columns, rows, len(rows), ask.paging), crumbs=crumbs)


def _village(ask: MonitoringAsk, given: Mapping[str, Any]) -> str:
    own_list(WATER)(ask, given)
    return str(given["village"])


@section.page(
    "/water/rounds/{round_id}/villages/{village}",
    "water.read",
    "monitoring/water_village.html",
    area_of=_village,
)
def show_village(ask: MonitoringAsk, round_id: str, village: str) -> View:
    """Show a village's households in a round: those to visit, to be ticked off, and those visited."""
    round_ = _round(ask, round_id)
    with read(ask) as connection:
        missing = unchecked(connection, round_id, village)
        checks = checks_in(connection, round_id, village)
        homes = homes_named(connection, {row.household_id for row in checks})
    part = checks[ask.paging.offset : ask.paging.offset + ask.paging.size]

    def head(row: CheckRow) -> str:
        home = homes.get(row.household_id)
        return name_for(ask.officer, home.head_name) or home.household_no if home else "—"

    columns = (
        Column[CheckRow]("户主", "Head", head, link=lambda row: f"/households/{row.household_id}/places"),
        Column[CheckRow]("入户日期", "Day", lambda row: row.checked_on),
        *check_columns(),
    )
    name = Words(areas().full_name(village), areas().full_name(village))
    data = {
        "round": round_words(round_),
        "round_id": round_id,
        "village": village,
        "missing": [
            HomeRow(one.id, one.household_no, name_for(ask.officer, one.head_name)) for one in missing
        ],
        "checked": len({row.household_id for row in checks}),
        "last_on": round_.last_on,
        "may_record": ask.officer.role in ("village", "town"),
    }
    crumbs = (
        Crumb(_ROUNDS, "/water/rounds"),
        Crumb(round_words(round_), f"/water/rounds/{round_id}"),
        Crumb(name),
    )
    return View(name, data, Listing(columns, part, len(checks), ask.paging), crumbs=crumbs)


def check_columns() -> tuple[Column[CheckRow], ...]:
    """Return the four criteria of a check and whether the water is safe."""
    criteria = tuple(
        Column[CheckRow](
            words_of("water_criterion", name).zh,
            words_of("water_criterion", name).en,
            lambda row, name=name: words_of("water_judgement", getattr(row, name)),  # type: ignore[misc]  # bound now
        )
        for name in CRITERIA
    )
    safe = Column[CheckRow]("饮水安全", "Safe", _safe)
    return (*criteria, safe)


def _safe(row: CheckRow) -> Badge:
    if row.safe:
        return Badge("green", Words("安全", "safe"))
    return Badge("red", Words("不安全", "not safe"))


@section.action(
    "/water/rounds",
    "water_round.open",
    Words("部署新一轮排查", "Open a round"),
    RoundForm,
    area_of=own_list(WATER),
)
def open_round(act: MonitoringAct, form: RoundForm) -> Done:
    round_id = rounds.open_water_round(
        rounds.OpenWaterRound(first_on=form.first_on, last_on=form.last_on), act.uow()
    )
    return Done(f"/water/rounds/{round_id}", "已部署", "Opened", {"id": round_id}, created=True)


@section.action(
    "/water/rounds/{round_id}/villages/{village}",
    "water_round.check_village",
    Words("批量登记达标农户", "Record the households where all is met"),
    VillageForm,
    area_of=_village,
)
def check_village(act: MonitoringAct, form: VillageForm, round_id: str, village: str) -> Done:
    with read(act) as connection:
        there = [one.id for one in unchecked(connection, round_id, village)]
    chosen = there if form.everybody else [one for one in there if one in set(form.households)]
    command = rounds.RecordWaterChecks(
        round_id=round_id,
        on=form.on or act.today,
        households=tuple(rounds.CheckedHousehold(household_id=one, supply=form.supply) for one in chosen),
        by=act.officer.account_id,
    )
    done = rounds.record_water_checks(command, act.uow(), act.service.water_policy)
    path = f"/water/rounds/{round_id}/villages/{village}"
    return Done(
        path, f"已登记{done.recorded}户", f"{done.recorded} households recorded", {"recorded": done.recorded}
    )


@section.action(
    "/households/{household_id}/water-checks",
    "water_round.check",
    Words("登记饮水入户排查", "Record a water check"),
    CheckForm,
    area_of=home_of(WATER),
)
def check(act: MonitoringAct, form: CheckForm, household_id: str) -> Done:
    checked = rounds.CheckedHousehold(
        household_id=household_id,
        seen=Judged(form.quantity, form.quality, form.convenience, form.assurance),
        measured=Measured(
            litres=form.litres,
            piped=form.piped or None,
            minutes=form.minutes,
            horizontal=form.horizontal,
            vertical=form.vertical,
            dry_days=form.dry_days,
        ),
        supply=form.supply,
        note=form.note,
    )
    command = rounds.RecordWaterChecks(
        round_id=form.round_id, on=form.on or act.today, households=(checked,), by=act.officer.account_id
    )
    done = rounds.record_water_checks(command, act.uow(), act.service.water_policy)
    path = f"/households/{household_id}/places"
    if done.known:
        return Done(path, "当天已登记过，未重复登记", "It was recorded on that day already")
    if done.corrected and not done.unsafe:
        zh = "已登记更正；此前登记产生的饮水问题请按程序办结"
        return Done(path, zh, "The correction is recorded; close the problem it opened", created=True)
    if done.unsafe:
        return Done(
            path,
            "已登记，不达标的指标已生成饮水问题",
            "Recorded; each criterion not met is a problem",
            created=True,
        )
    return Done(path, "已登记，饮水安全", "Recorded: the water is safe", created=True)


@section.action(
    "/water/rounds/{round_id}/close",
    "water_round.close",
    Words("本镇办结这一轮", "Close the round for the town"),
    CloseForm,
    area_of=lambda _ask, given: str(given["town"]),
)
def close(act: MonitoringAct, form: CloseForm, round_id: str) -> Done:
    command = rounds.CloseWaterRound(round_id=round_id, town=form.town, on=form.on or act.today)
    rounds.close_water_round(command, act.uow())
    return Done(f"/water/rounds/{round_id}", "本镇已办结", "Closed for the town")
