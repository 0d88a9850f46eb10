"""Housing safety: alerts from appraisal to a safe house, and the list of houses to be rebuilt."""

from typing import Annotated, Literal

from services.monitoring.adapters.read_models import head_of
from services.monitoring.adapters.read_models_place import record_of
from services.monitoring.adapters.tables import house_alerts, rebuilds
from services.monitoring.domain.housing.alert import AlertStep, HouseAlert, HouseAlertNotFoundError
from services.monitoring.domain.housing.policy import Cause
from services.monitoring.domain.housing.rebuild import Rebuild, RebuildNotFoundError, RebuildStep
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, OnDay, read
from services.monitoring.entrypoints.web.labels import choices_of, words_of
from services.monitoring.entrypoints.web.people import called
from services.monitoring.entrypoints.web.place.frame import (
    HOUSING,
    StepForm,
    home_of,
    own_list,
    process_data,
    process_list,
    village_of,
)
from services.monitoring.service_layer.housing import alert as alerts
from services.monitoring.service_layer.housing import rebuild as rebuilding
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label, Note, Version
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("housing")

_ALERTS, _REBUILDS = Words("住房安全线索", "Housing alerts"), Words("危房重建台账", "Houses to be rebuilt")
_ALERT_ACTIONS: dict[str, str] = {
    AlertStep.GRADE_A: "house.appraise",
    AlertStep.GRADE_D: "house.appraise",
    AlertStep.EVACUATE: "house.evacuate",
    AlertStep.MAKE_SAFE: "house.make_safe",
    AlertStep.LOOK: "house.look",
}
_REBUILD_ACTIONS: dict[str, str] = {step: f"rebuild.{step}" for step in RebuildStep}
alert_area = village_of(house_alerts, "alert_id", HOUSING)
rebuild_area = village_of(rebuilds, "rebuild_id", HOUSING)


class AlertForm(Form):
    source: Annotated[
        Literal["visit", "department", "self_report"],
        Label(
            "线索来源",
            "Source",
            choices=[one for one in choices_of("house_alert_source") if one.value not in ("change", "look")],
            widget="radio",
        ),
    ] = "visit"
    on: OnDay = None
    note: Note = ""


class LookForm(Form):
    danger: Annotated[
        bool,
        Label(
            "发现险情",
            "Danger was seen",
            hint_zh="勾选后立即生成住房安全线索",
            hint_en="raises an alert at once",
        ),
    ] = False
    on: OnDay = None
    note: Note = ""


class AppraiseForm(Form):
    version: Version
    grade: Annotated[
        Literal["A", "B", "C", "D"],
        Label("鉴定等级", "Grade", choices=choices_of("house_grade"), widget="radio"),
    ]
    on: OnDay = None
    note: Note = ""


class SafeForm(Form):
    version: Version
    way: Annotated[
        Literal["repaired", "rebuilt", "resettled", "other_house"],
        Label("解决方式", "How", choices=choices_of("house_safe_way"), widget="radio"),
    ]
    on: OnDay = None
    note: Note = ""


class RebuildForm(Form):
    cause: Annotated[Cause, Label("重建原因", "Why", choices=choices_of("rebuild_cause"), widget="radio")] = (
        "other"
    )
    on: OnDay = None
    note: Note = ""


@section.page("/housing/alerts", "house.read", "monitoring/places.html", area_of=own_list(HOUSING))
def list_alerts(ask: MonitoringAsk, state: str = "") -> View:
    """List the alerts of the officer's area, what is due first on top."""
    listing, data = process_list(
        ask, house_alerts, HouseAlert, "/housing/alerts", ("grade", "等级", "Grade", "house_grade"), state
    )
    return View(_ALERTS, data, listing)


@section.page("/housing/alerts/{alert_id}", "house.read", "monitoring/place.html", area_of=alert_area)
def show_alert(ask: MonitoringAsk, alert_id: str) -> View:
    """Show one alert with its limits and what can be done."""
    with read(ask) as connection:
        alert = record_of(connection, house_alerts, HouseAlert, HouseAlertNotFoundError, alert_id)
        here = called(ask.officer, *head_of(connection, alert.household_id))
    facts = [
        (Words("农户", "Household"), here),
        (Words("线索来源", "Source"), words_of("house_alert_source", alert.source)),
        (Words("发现日期", "Raised"), alert.raised_on),
        (Words("鉴定等级", "Grade"), words_of("house_grade", alert.grade)),
        (Words("鉴定日期", "Appraised"), alert.appraised_on),
        (Words("整改期限", "Safe by"), alert.repair_due_on),
        (Words("解决方式", "How it was made safe"), words_of("house_safe_way", alert.way)),
        (Words("解决日期", "Safe since"), alert.safe_on),
    ]
    links = [(f"/households/{alert.household_id}/places", Words("住房、饮水、户厕", "House, water, toilet"))]
    known = {"house.look": {"household_id": alert.household_id}}
    data = process_data(ask, alert, _ALERT_ACTIONS, facts, links, known, alert_id=alert.id)
    return View(here, data, crumbs=(Crumb(_ALERTS, "/housing/alerts"), Crumb(here)))


@section.page("/housing/rebuilds", "house.read", "monitoring/places.html", area_of=own_list(HOUSING))
def list_rebuilds(ask: MonitoringAsk, state: str = "") -> View:
    """List the houses to be rebuilt."""
    listing, data = process_list(
        ask, rebuilds, Rebuild, "/housing/rebuilds", ("cause", "重建原因", "Why", "rebuild_cause"), state
    )
    return View(_REBUILDS, data, listing)


@section.page("/housing/rebuilds/{rebuild_id}", "house.read", "monitoring/place.html", area_of=rebuild_area)
def show_rebuild(ask: MonitoringAsk, rebuild_id: str) -> View:
    """Show one house on the list."""
    with read(ask) as connection:
        rebuild = record_of(connection, rebuilds, Rebuild, RebuildNotFoundError, rebuild_id)
        here = called(ask.officer, *head_of(connection, rebuild.household_id))
    facts = [
        (Words("农户", "Household"), here),
        (Words("重建原因", "Why"), words_of("rebuild_cause", rebuild.cause)),
        (Words("列入日期", "Listed"), rebuild.listed_on),
        (Words("入住日期", "Moved in"), rebuild.occupied_on),
    ]
    links = [
        (f"/households/{rebuild.household_id}/places", Words("住房、饮水、户厕", "House, water, toilet"))
    ]
    if rebuild.alert_id:
        links.append((f"/housing/alerts/{rebuild.alert_id}", Words("住房安全线索", "The alert")))
    data = process_data(ask, rebuild, _REBUILD_ACTIONS, facts, links, rebuild_id=rebuild.id)
    return View(here, data, crumbs=(Crumb(_REBUILDS, "/housing/rebuilds"), Crumb(here)))


@section.action(
    "/households/{household_id}/house-alerts",
    "house.report",
    Words("报告住房安全线索", "Report a housing alert"),
    AlertForm,
    area_of=home_of(HOUSING),
)
def report(act: MonitoringAct, form: AlertForm, household_id: str) -> Done:
    command = alerts.RaiseHouseAlert(
        household_id=household_id,
        source="department" if act.officer.role == "department" else form.source,
        on=form.on or act.today,
        by=act.officer.account_id,
        note=form.note,
    )
    alert_id = alerts.raise_house_alert(command, act.uow(), act.service.housing_policy)
    return Done(
        f"/housing/alerts/{alert_id}",
        "已登记，待县住建局鉴定",
        "Recorded, to be appraised",
        {"id": alert_id},
        created=True,
    )


@section.action(
    "/households/{household_id}/house-looks",
    "house.look",
    Words("登记住房查看", "Record a look at the house"),
    LookForm,
    area_of=home_of(HOUSING),
)
def look(act: MonitoringAct, form: LookForm, household_id: str) -> Done:
    command = alerts.LookAtHouse(
        household_id=household_id,
        on=form.on or act.today,
        danger=form.danger,
        by=act.officer.account_id,
        note=form.note,
    )
    alert_id = alerts.look_at_house(command, act.uow(), act.service.housing_policy)
    if alert_id is None:
        return Done(
            f"/households/{household_id}/places", "已登记，未发现险情", "Recorded: no danger", created=True
        )
    return Done(
        f"/housing/alerts/{alert_id}",
        "已登记，并生成住房安全线索",
        "Recorded, and an alert raised",
        {"id": alert_id},
        created=True,
    )


@section.action(
    "/housing/alerts/{alert_id}/appraise",
    "house.appraise",
    Words("登记鉴定结果", "Record the appraisal"),
    AppraiseForm,
    area_of=alert_area,
)
def appraise(act: MonitoringAct, form: AppraiseForm, alert_id: str) -> Done:
    command = alerts.AppraiseHouse(
        alert_id=alert_id,
        grade=form.grade,
        on=form.on,
        by=act.officer.account_id,
        note=form.note,
        version=form.version,
    )
    alerts.appraise_house(command, act.uow(), act.service.housing_policy)
    return Done(f"/housing/alerts/{alert_id}", "鉴定结果已登记", "The appraisal is recorded")


@section.action(
    "/housing/alerts/{alert_id}/evacuate",
    "house.evacuate",
    Words("登记人员撤离", "People moved out"),
    StepForm,
    area_of=alert_area,
)
def evacuate(act: MonitoringAct, form: StepForm, alert_id: str) -> Done:
    command = alerts.EvacuateHouse(
        alert_id=alert_id, on=form.on, by=act.officer.account_id, note=form.note, version=form.version
    )
    alerts.evacuate_house(command, act.uow())
    return Done(f"/housing/alerts/{alert_id}", "已登记撤离", "Recorded")


@section.action(
    "/housing/alerts/{alert_id}/safe",
    "house.make_safe",
    Words("办结：住房已安全", "The house is safe"),
    SafeForm,
    area_of=alert_area,
)
def make_safe(act: MonitoringAct, form: SafeForm, alert_id: str) -> Done:
    command = alerts.MakeHouseSafe(
        alert_id=alert_id,
        way=form.way,
        on=form.on,
        by=act.officer.account_id,
        note=form.note,
        version=form.version,
    )
    alerts.make_house_safe(command, act.uow())
    return Done(f"/housing/alerts/{alert_id}", "已办结，户情变化随之办结", "Closed, and the change with it")


@section.action(
    "/households/{household_id}/rebuilds",
    "rebuild.list",
    Words("列入重建台账", "List for rebuilding"),
    RebuildForm,
    area_of=home_of(HOUSING),
)
def list_house(act: MonitoringAct, form: RebuildForm, household_id: str) -> Done:
    command = rebuilding.ListRebuild(
        household_id=household_id,
        cause=form.cause,
        on=form.on or act.today,
        by=act.officer.account_id,
        note=form.note,
    )
    rebuild_id = rebuilding.list_rebuild(command, act.uow(), act.service.housing_policy)
    return Done(
        f"/housing/rebuilds/{rebuild_id}", "已列入重建台账", "Listed", {"id": rebuild_id}, created=True
    )


def _declare(step: RebuildStep) -> None:
    rule = Rebuild.STEPS[step]

    @section.action(
        f"/housing/rebuilds/{{rebuild_id}}/{step}",
        f"rebuild.{step}",
        Words(rule.zh, rule.en),
        StepForm,
        area_of=rebuild_area,
    )
    def advance(act: MonitoringAct, form: StepForm, rebuild_id: str) -> Done:
        command = rebuilding.AdvanceRebuild(
            rebuild_id=rebuild_id,
            step=step,
            on=form.on,
            by=act.officer.account_id,
            note=form.note,
            version=form.version,
        )
        rebuilding.advance_rebuild(command, act.uow())
        return Done(f"/housing/rebuilds/{rebuild_id}", f"已登记：{rule.zh}", f"Recorded: {rule.en}")


for _step in RebuildStep:
    _declare(_step)
