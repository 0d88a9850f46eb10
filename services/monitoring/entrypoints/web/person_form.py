"""The form with everything that is recorded of a member, filled in with what is known."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.domain.member import Member
from services.monitoring.domain.particulars import CODE_LISTS
from services.monitoring.entrypoints.web.field_words import MEMBER_WORDS, YES_NO, offered
from services.monitoring.entrypoints.web.labels import choices_of
from shared.web.forms import Form, Label, Version


def _yes_no(name: str) -> Label:
    words = MEMBER_WORDS[name]
    return Label(words.zh, words.en, choices=YES_NO, widget="select")


def _text(name: str) -> Label:
    return Label(MEMBER_WORDS[name].zh, MEMBER_WORDS[name].en)


def _kept(name: str) -> Label:
    words = MEMBER_WORDS[name]
    return Label(words.zh, words.en, hint_zh="不填则保留原号码", hint_en="left empty, it stays as it is")


def _one_of(name: str, hint_zh: str = "", hint_en: str = "") -> Label:
    words = MEMBER_WORDS[name]
    choices = choices_of(CODE_LISTS[name])
    return Label(words.zh, words.en, hint_zh=hint_zh, hint_en=hint_en, choices=choices)


YesNo = bool | None
Months = Annotated[int | None, Field(ge=0, le=12)]


class CorrectForm(Form):
    """Everything recorded of a member. What is left empty is not known; a number left empty stays."""

    version: Version
    name: Annotated[str | None, Field(max_length=50), _text("name")] = None
    relation: Annotated[str, _one_of("relation")]
    sex: Annotated[str | None, Label("性别", "Sex", choices=choices_of("sex"), widget="radio")] = None
    born_on: Annotated[date | None, _text("born_on")] = None
    document: Annotated[str | None, _one_of("document")] = None
    id_number: Annotated[str | None, Field(max_length=24), _kept("id_number")] = None
    phone: Annotated[str | None, Field(pattern="^[0-9]{11}$"), _kept("phone")] = None
    labour_skill: Annotated[str, _one_of("labour_skill")]
    health: Annotated[tuple[str, ...], Label("健康状况", "Health", choices=choices_of("health"))]
    disability_kind: Annotated[str | None, _one_of("disability_kind")] = None
    disability_grade: Annotated[str | None, _one_of("disability_grade")] = None
    disability_card_year: Annotated[int | None, Field(ge=1985, le=2100), _text("disability_card_year")] = None
    education: Annotated[str | None, _one_of("education", "在校生不填", "not for pupils")] = None
    school_status: Annotated[str | None, _one_of("school_status", "非在校生不填", "pupils only")] = None
    absence_reason: Annotated[str | None, _one_of("absence_reason")] = None
    resident_insurance: Annotated[YesNo, _yes_no("resident_insurance")] = None
    employee_insurance: Annotated[YesNo, _yes_no("employee_insurance")] = None
    serious_illness_insurance: Annotated[YesNo, _yes_no("serious_illness_insurance")] = None
    commercial_insurance: Annotated[YesNo, _yes_no("commercial_insurance")] = None
    resident_pension: Annotated[YesNo, _yes_no("resident_pension")] = None
    employee_pension: Annotated[YesNo, _yes_no("employee_pension")] = None
    accident_subsidy: Annotated[YesNo, _yes_no("accident_subsidy")] = None
    medical_relief: Annotated[YesNo, _yes_no("medical_relief")] = None
    other_health_help: Annotated[YesNo, _yes_no("other_health_help")] = None
    low_income: Annotated[str | None, _one_of("low_income")] = None
    destitute: Annotated[str | None, _one_of("destitute")] = None
    destitute_support_fen: Annotated[
        int | None, Field(ge=0, le=10**9), Label("特困供养金（元）", "Support (yuan)", widget="yuan")
    ] = None
    work_place_name: Annotated[str, Field(max_length=60), _text("work_place_name")] = ""
    work_place: Annotated[
        str | None,
        Field(pattern="^([0-9]{2}|[0-9]{4}|[0-9]{6})$"),
        Label("务工所在地代码", "Code of the place", hint_zh="2、4或6位区划代码", hint_en="2, 4 or 6 digits"),
    ] = None
    employer: Annotated[str, Field(max_length=100), _text("employer")] = ""
    work_months: Annotated[Months, _text("work_months")] = None
    abroad: Annotated[YesNo, _yes_no("abroad")] = None
    work_channel: Annotated[str | None, _one_of("work_channel")] = None
    industry: Annotated[str, Field(max_length=60), _text("industry")] = ""
    graduate_work: Annotated[str | None, _one_of("graduate_work")] = None
    posts: Annotated[
        tuple[str, ...], Label("公益性岗位", "Public-service posts", choices=choices_of("measure_100A42"))
    ] = ()
    post_months: Annotated[Months, _text("post_months")] = None
    mandarin: Annotated[YesNo, _yes_no("mandarin")] = None
    ethnicity: Annotated[str | None, _one_of("ethnicity")] = None
    political: Annotated[str | None, _one_of("political")] = None
    relocated_person: Annotated[YesNo, _yes_no("relocated_person")] = None
    identified_month: Annotated[
        str | None,
        Field(pattern="^[0-9]{6}$"),
        Label("人员识别时间", "Identified", hint_zh="六位年月，如201406", hint_en="YYYYMM"),
    ] = None


_MASKED = ("id_number", "phone")
_KEPT = (*_MASKED, "name", "sex", "born_on", "document")
"""What a member always has: left empty, it stays as it is."""


def first_of(member: Member) -> dict[str, object]:
    """Return what the form starts with: all that is known, except the numbers that pages mask."""
    return {
        name: offered(getattr(member, name))
        for name in CorrectForm.model_fields
        if name not in {"version", *_MASKED}
    }


def changes_of(form: CorrectForm) -> dict[str, Any]:
    """Return what the form says of the member, by field name."""
    changes = form.model_dump(exclude={"version"})
    return {name: value for name, value in changes.items() if value is not None or name not in _KEPT}
