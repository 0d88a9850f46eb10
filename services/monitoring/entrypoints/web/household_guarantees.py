"""The guarantees of one household on one page: what is on every register, and what can be begun."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Table

from services.monitoring.adapters.read_models import head_of
from services.monitoring.adapters.read_models_guarantee import entries_of_household
from services.monitoring.adapters.tables import (
    care_wishes,
    diseases,
    dropouts,
    entitlements,
    home_pupils,
    hospital_stays,
    medical_covers,
    paired_children,
    reliefs,
    student_aids,
)
from services.monitoring.domain.assistance import care_wish, entitlement, relief
from services.monitoring.domain.education import dropout, home_teaching, pairing, student_aid
from services.monitoring.domain.guarantee import States
from services.monitoring.domain.medical import disease, hospital_stay
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, household_area, read
from services.monitoring.entrypoints.web.guarantee import for_officer, state_badge
from services.monitoring.entrypoints.web.labels import words_of
from services.monitoring.entrypoints.web.people import called
from services.monitoring.entrypoints.web.register_page import ActForm
from shared.web.asking import Crumb, View
from shared.web.i18n import Words
from shared.web.paging import Badge
from shared.web.section import Section

section = Section("guarantee")


@dataclass(frozen=True, slots=True)
class _Kept:
    """One register: its name, where an entry's page is, its day, its states, and what an entry is called."""

    table: Table
    words: Words
    path: str
    day: str
    states: States
    permission: str
    named: tuple[str, str] | None = None


_COVER_STATES = {
    "resident": ("城乡居民", "residents"),
    "employee": ("城镇职工", "employees"),
    "none": ("未参保", "none"),
}
_KEPT = (
    _Kept(
        dropouts,
        Words("失学辍学", "Dropout"),
        "/education/dropouts",
        "found_on",
        dropout.STATES,
        "education.read",
        ("absence_reason", "reason"),
    ),
    _Kept(
        student_aids,
        Words("学生资助", "Student aid"),
        "/education/aids",
        "found_on",
        student_aid.STATES,
        "education.read",
        ("student_aid_kind", "kind"),
    ),
    _Kept(
        home_pupils,
        Words("送教上门", "Teaching at home"),
        "/education/home-teaching",
        "began_on",
        home_teaching.STATES,
        "education.read",
    ),
    _Kept(
        paired_children,
        Words("教师结对", "Paired teacher"),
        "/education/pairing",
        "listed_on",
        pairing.STATES,
        "education.read",
        ("special_child", "child_class"),
    ),
    _Kept(
        hospital_stays,
        Words("住院", "Hospital stay"),
        "/medical/stays",
        "left_on",
        hospital_stay.STATES,
        "stay.read",
    ),
    _Kept(
        diseases,
        Words("大病慢病", "Listed disease"),
        "/medical/diseases",
        "listed_on",
        disease.STATES,
        "disease.read",
        ("listed_disease", "disease"),
    ),
    _Kept(
        entitlements,
        Words("社会救助", "Assistance"),
        "/assistance/entitlements",
        "found_on",
        entitlement.STATES,
        "assistance.read",
        ("assistance_kind", "kind"),
    ),
    _Kept(
        reliefs,
        Words("临时救助", "Relief"),
        "/assistance/reliefs",
        "applied_on",
        relief.STATES,
        "relief.read",
        ("relief_cause", "cause"),
    ),
    _Kept(
        care_wishes,
        Words("集中供养", "Care in a home"),
        "/assistance/care",
        "wished_on",
        care_wish.STATES,
        "relief.read",
    ),
)
_BEGIN = (
    "cover.record",
    "stay.record",
    "disease.list",
    "assistance.find",
    "relief.apply",
    "care.wish",
    "home_teaching.begin",
    "pairing.add",
)


@dataclass(frozen=True, slots=True)
class KeptShown:
    """One entry of one register."""

    register: Words
    what: Words
    person: str
    on: date | None
    state: Badge
    path: str
    permission: str


@section.page(
    "/households/{household_id}/guarantees",
    "guarantee.read",
    "monitoring/household_guarantees.html",
    area_of=household_area,
)
def show(ask: MonitoringAsk, household_id: str) -> View:
    """Show what the household has and waits for in every register."""
    shown = []
    with read(ask) as connection:
        number, name = head_of(connection, household_id)
        for kept in _KEPT:
            for found in entries_of_household(connection, kept.table, household_id):
                one = for_officer(ask.officer, found)
                what = words_of(kept.named[0], one[kept.named[1]]) if kept.named else kept.words
                state = state_badge(kept.states, one["state"])
                path = f"{kept.path}/{one.id}"
                shown.append(
                    KeptShown(kept.words, what, one.person_name, one[kept.day], state, path, kept.permission)
                )
        for found in entries_of_household(connection, medical_covers, household_id):
            one = for_officer(ask.officer, found)
            state = state_badge(_COVER_STATES, one["scheme"])
            words = Words(f"{one['year']}年参保", f"insured {one['year']}")
            path = f"/medical/covers?year={one['year']}"
            shown.append(
                KeptShown(words, words, one.person_name, one["recorded_on"], state, path, "cover.read")
            )
    shown.sort(key=lambda one: one.on or date.min, reverse=True)
    here = called(ask.officer, number, name)
    acts = [ActForm(act, {"household_id": household_id}) for act in _BEGIN]
    first = {"cover.record": {"year": ask.today.year}}
    acts = [ActForm(one.name, {**one.given, **first.get(one.name, {})}) for one in acts]
    words = Words("教育、医疗、兜底保障", "Education, medical care, assistance")
    crumbs = (
        Crumb(Words("农户", "Households"), "/households"),
        Crumb(here, f"/households/{household_id}"),
        Crumb(words),
    )
    data = {"household_id": household_id, "household": here, "kept": shown, "acts": acts}
    return View(Words(f"{words.zh}：{here.zh}", f"{words.en}: {here.en}"), data, crumbs=crumbs)
