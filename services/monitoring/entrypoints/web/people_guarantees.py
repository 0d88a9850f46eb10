"""The guarantees of people put together: their sections, their navigation, and what of them waits."""

from collections.abc import Iterator

from sqlalchemy import Connection

from services.monitoring.entrypoints.web import (
    assistance,
    assistance_action,
    care_wish,
    cover,
    disease,
    dropout,
    home_teaching,
    hospital_stay,
    household_guarantees,
    pairing,
    plan_sheet,
    relief,
    student_aid,
)
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk
from services.monitoring.entrypoints.web.task_item import Task
from shared.web.i18n import Words
from shared.web.site import NavItem

# The pages and actions of each of these modules are declared on one of the three sections.
_MODULES = (
    assistance,
    assistance_action,
    care_wish,
    cover,
    disease,
    dropout,
    home_teaching,
    hospital_stay,
    pairing,
    relief,
    student_aid,
)
SECTIONS = (
    *dict.fromkeys(one.section for one in _MODULES),
    household_guarantees.section,
)
_SOURCES = (
    dropout.dropout_tasks,
    student_aid.aid_tasks,
    home_teaching.teaching_tasks,
    pairing.pairing_tasks,
    cover.cover_tasks,
    hospital_stay.stay_tasks,
    disease.disease_tasks,
    assistance.assistance_tasks,
    relief.relief_tasks,
    care_wish.care_tasks,
    plan_sheet.development_tasks,
)


def nav(group: Words) -> tuple[NavItem, ...]:
    """Return the entries of the navigation, each to those with its permission."""
    return (
        NavItem(dropout.TITLE, "/education/dropouts", "education.read", group),
        NavItem(student_aid.TITLE, "/education/aids", "education.read", group),
        NavItem(home_teaching.TITLE, "/education/home-teaching", "education.read", group),
        NavItem(Words("医保参保", "Insurance"), "/medical/uninsured", "cover.read", group),
        NavItem(hospital_stay.TITLE, "/medical/stays", "stay.read", group),
        NavItem(disease.TITLE, "/medical/diseases", "disease.read", group),
        NavItem(assistance.TITLE, "/assistance/entitlements", "assistance.read", group),
        NavItem(relief.TITLE, "/assistance/reliefs", "relief.read", group),
    )


def people_tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    """Yield what of education, medical care, assistance and development waits for the officer."""
    for source in _SOURCES:
        yield from source(ask, connection)
