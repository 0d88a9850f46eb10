"""A household's own application, and the answer its informant is owed."""

from typing import Annotated

from pydantic import Field

from services.monitoring.adapters.income import latest_ledgers
from services.monitoring.adapters.read_models import head_of, household_of
from services.monitoring.domain.application import Counts
from services.monitoring.domain.household import Household
from services.monitoring.domain.measure_rules import labour_of
from services.monitoring.entrypoints.web.clue import Disaster
from services.monitoring.entrypoints.web.dependencies import (
    AmountFen,
    MonitoringAct,
    MonitoringAsk,
    OnDay,
    clue_area,
    household_area,
    read,
)
from services.monitoring.entrypoints.web.labels import choices_of
from services.monitoring.entrypoints.web.people import called
from services.monitoring.service_layer.application import (
    AnswerInformant,
    FileApplication,
    answer_informant,
    file_application,
)
from shared.web.asking import Crumb, Done, View
from shared.web.forms import Form, Label
from shared.web.i18n import Words
from shared.web.section import Section

section = Section("application")
_CHRONIC, _SERIOUS = "002", "003"
Few = Annotated[int, Field(ge=0, le=30)]


class ApplicationForm(Form):
    risk: Annotated[str, Label("主要风险", "Main risk", choices=choices_of("risk"))]
    disaster: Disaster = ""
    members: Annotated[Few, Label("家庭成员数", "Members")] = 0
    labourers: Annotated[Few, Label("劳动力数", "Who can work")] = 0
    students: Annotated[Few, Label("在校生数", "At school")] = 0
    chronically_ill: Annotated[Few, Label("慢性病患者数", "Chronically ill")] = 0
    seriously_ill: Annotated[Few, Label("重病患者数", "Seriously ill")] = 0
    disabled: Annotated[Few, Label("残疾人数", "Disabled")] = 0
    recipients: Annotated[Few, Label("享受津贴人数", "Who receive allowances")] = 0
    income_fen: Annotated[AmountFen, Label("年收入（元）", "Income of the year (yuan)", widget="yuan")] = 0
    difficulties: Annotated[
        tuple[str, ...], Label("难以解决的问题", "Problems it cannot solve", choices=choices_of("difficulty"))
    ] = ()
    on: OnDay = None
    supplement: Annotated[str, Field(max_length=500), Label("补充", "What else", lines=3)] = ""


class AnswerForm(Form):
    way: Annotated[str, Label("答复方式", "How", choices=choices_of("answer_way"), widget="radio")] = "person"
    on: OnDay = None
    note: Annotated[str, Field(min_length=4, max_length=200), Label("答复内容", "What was said", lines=3)]


@section.page(
    "/households/{household_id}/applications/new",
    "clue.apply",
    "monitoring/application_form.html",
    area_of=household_area,
)
def new_application(ask: MonitoringAsk, household_id: str) -> View:
    """Show the form with what the register knows already."""
    with read(ask) as connection:
        number, name = head_of(connection, household_id)
        first = _known(household_of(connection, household_id))
        ledgers = latest_ledgers(connection, household_id, limit=1)
    if ledgers:
        first["income_fen"] = ledgers[0].income.net
    here, title = called(ask.officer, number, name), Words("农户自主申报", "The household applies")
    crumbs = (
        Crumb(Words("农户", "Households"), "/households"),
        Crumb(here, f"/households/{household_id}"),
        Crumb(title),
    )
    return View(title, {"household_id": household_id, "household": here, "first": first}, crumbs=crumbs)


@section.action(
    "/households/{household_id}/applications",
    "clue.apply",
    Words("登记申请书", "Record the application"),
    ApplicationForm,
    area_of=household_area,
)
def apply(act: MonitoringAct, form: ApplicationForm, household_id: str) -> Done:
    clue_id = file_application(
        FileApplication(
            household_id=household_id,
            risk=form.risk,
            disaster=form.disaster,
            on=form.on or act.today,
            counts=Counts(
                form.members,
                form.labourers,
                form.students,
                form.chronically_ill,
                form.seriously_ill,
                form.disabled,
                form.recipients,
            ),
            income_fen=form.income_fen,
            difficulties=form.difficulties,
            by=act.officer.account_id,
            supplement=form.supplement,
        ),
        act.uow(),
        act.service.clue_policy,
    )
    zh, en = (
        "申请已登记，请在期限内入户核实",
        "The application is recorded; check it at the household in time",
    )
    return Done(f"/clues/{clue_id}", zh, en, {"clue_id": clue_id}, created=True)


@section.action(
    "/clues/{clue_id}/answer",
    "clue.answer",
    Words("登记对反映人的答复", "Record the answer to the informant"),
    AnswerForm,
    area_of=clue_area,
)
def answer(act: MonitoringAct, form: AnswerForm, clue_id: str) -> Done:
    answer_informant(
        AnswerInformant(
            clue_id=clue_id,
            way=form.way,
            on=form.on or act.today,
            by=act.officer.account_id,
            note=form.note,
        ),
        act.uow(),
    )
    return Done(f"/clues/{clue_id}", "已答复反映人", "The informant is answered")


def _known(household: Household) -> dict[str, int]:
    """Return what the register knows of the form's counts."""
    present = household.present
    return {
        "members": len(present),
        "labourers": len(labour_of(present).any),
        "students": sum(bool(one.school_status) for one in present),
        "chronically_ill": sum(_CHRONIC in one.health for one in present),
        "seriously_ill": sum(_SERIOUS in one.health for one in present),
        "disabled": sum(bool(one.disability_kind) for one in present),
        "recipients": sum(one.low_income_aid or one.destitute_aid for one in present),
    }
