from typing import Any

import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.domain.inspection import Finding, InspectionState
from services.evaluation.domain.ledger.state import Source
from services.evaluation.domain.supervision_errors import (
    InspectionIncompleteError,
    InspectionNotFoundError,
    UnknownSubjectError,
)
from services.evaluation.service_layer.inspection import (
    CancelInspection,
    FileInspection,
    PlanInspection,
    PlanMonth,
    RecordFindings,
    StartInspection,
    cancel_inspection,
    check_list,
    file_inspection,
    plan_inspection,
    plan_month,
    record_findings,
    start_inspection,
)
from shared.kernel.clock import day_of

TOWN = "610327109"


@pytest.fixture(name="units")
def _units(service):
    return [unit.id for unit in service.units()]


@pytest.fixture(name="under_way")
def _under_way(service, units):
    """An unannounced inspection of two subjects."""
    command = PlanInspection(
        unit=TOWN,
        kind="unannounced",
        due_on=day_of(service.clock()),
        team="暗访组",
        members="李甲",
        subjects=("water", "work"),
    )
    return plan_inspection(command, service.uow(), units, service.supervision)


def kept(service, inspection_id):
    with service.uow() as uow:
        return uow.inspections.get(inspection_id)


def facts(service):
    entries = service.reads.search(JournalSearch(), limit=20)
    return sorted(entry.envelope.fact.removeprefix("evaluation.") for entry in entries)


def test_findings_become_problems_of_the_ledger(service, under_way):
    """Filed, each problem stands in the ledger as found by an inspection; what was good does not."""
    found = (Finding("water", "problem", "两户水压不足"), Finding("work", "good"))
    assert 0 == record_findings(RecordFindings(under_way, found), service.uow())
    (problem_id,) = file_inspection(FileInspection(under_way), service.uow(), service.ledger)
    with service.uow() as uow:
        problem = uow.problems.get(problem_id)
    assert (TOWN, "water", Source.INSPECTION) == (problem.unit, problem.category, problem.source)
    assert problem_id == kept(service, under_way).items[0].problem_id
    (entry,) = service.reads.search(JournalSearch(fact="evaluation.inspection_filed"), limit=2)
    assert [problem_id] == entry.envelope.data["problem_ids"]


def test_what_is_refused_enters_nothing(service, under_way):
    """An inspection that is not complete is not filed, and its problem is not in the ledger."""
    record_findings(RecordFindings(under_way, (Finding("water", "problem", "x"),)), service.uow())
    before = facts(service)
    with pytest.raises(InspectionIncompleteError):
        file_inspection(FileInspection(under_way), service.uow(), service.ledger)
    assert before == facts(service)


def test_no_person_is_in_an_event(service, under_way):
    """Who goes, and what is found, is in no event."""
    found = (Finding("water", "problem", "李甲家无水"), Finding("work", "not_applicable"))
    record_findings(RecordFindings(under_way, found), service.uow())
    file_inspection(FileInspection(under_way, "李甲"), service.uow(), service.ledger)
    entries = service.reads.search(JournalSearch(), limit=20)
    assert entries
    assert not any("李甲" in entry.envelope.to_json() for entry in entries)


def test_a_month_is_planned_whole_or_not_at_all(service, units):
    """One unit nobody assesses, and none is planned."""
    month: dict[str, Any] = {"due_on": day_of(service.clock()), "team": "一组", "subjects": ("water",)}
    command = PlanMonth(units=(TOWN, "610327999"), **month)
    with pytest.raises(UnknownUnitError):
        plan_month(command, service.uow(), units, service.supervision)
    assert [] == facts(service)
    both = plan_month(PlanMonth(units=(TOWN, "县人社局"), **month), service.uow(), units, service.supervision)
    assert ["inspection_planned", "inspection_planned"] == facts(service)
    assert [TOWN, "县人社局"] == [kept(service, one).unit for one in both]


def test_begun_and_cancelled(service, units):
    """What is planned is begun, or given up."""
    month: dict[str, Any] = {"due_on": day_of(service.clock()), "team": "一组", "subjects": ("water",)}
    command = PlanMonth(units=(TOWN, "县人社局"), **month)
    first, second = plan_month(command, service.uow(), units, service.supervision)
    start_inspection(StartInspection(first), service.uow())
    cancel_inspection(CancelInspection(second, "并入下月"), service.uow())
    assert InspectionState.UNDER_WAY is kept(service, first).state
    assert InspectionState.CANCELLED is kept(service, second).state


def test_the_check_list_is_the_policys_and_the_offices_own(service):
    """Chosen subjects come in the policy's order, then the office's own, each once."""
    day = day_of(service.clock())
    items = check_list(service.supervision, day, ("work", "water"), ("河道", " ", "河道", "广场"))
    assert ["water", "work", "own1", "own2"] == [item.code for item in items]
    with pytest.raises(UnknownSubjectError):
        check_list(service.supervision, day, ("moon",))


def test_an_inspection_there_is_none_of(service):
    """What does not exist cannot be begun."""
    with pytest.raises(InspectionNotFoundError):
        start_inspection(StartInspection("none"), service.uow())
