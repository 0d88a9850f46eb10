from datetime import date

import pytest

from services.evaluation.domain.ledger.errors import ListAppliedError
from services.evaluation.domain.ledger.problem_list import ListedProblem
from services.evaluation.domain.ledger.state import Source
from services.evaluation.service_layer.ledger.listing import (
    DiscardProblemList,
    ImportProblemList,
    SendProblemList,
    discard_problem_list,
    import_problem_list,
    send_problem_list,
)
from tests.evaluation.service_layer.ledger.conftest import LEAD, TOWN

LINES = (
    ListedProblem(2, TOWN, "housing", "房屋漏雨"),
    ListedProblem(3, LEAD, "funds", "资金滞留", cause="late"),
    ListedProblem(4, "", "funds", "没有单位", faults=("unit",)),
)


@pytest.fixture(name="list_id")
def _list_id(service, office):
    command = SendProblemList("反馈.xlsx", "0" * 64, Source.PROVINCE, "〔2022〕1号", date(2022, 12, 1), LINES)
    return send_problem_list(command, service.uow(), office.acting)


def numbers(service):
    with service.uow() as uow:
        return [one.data["problem_id"] for one in uow.journal.every()]


def test_nothing_is_entered_before_somebody_says_so(service, list_id):
    """A list that was sent in is looked at first."""
    assert [] == numbers(service)
    with service.uow() as uow:
        assert LINES == uow.problem_lists.get(list_id).lines


def test_the_good_lines_are_entered_with_the_document(service, office, list_id):
    """Each good line is a problem with the list's document, day and source."""
    command = ImportProblemList(list_id)
    assert 2 == import_problem_list(command, service.uow(), service.ledger, office.acting)
    kept = sorted((office.problem(one) for one in numbers(service)), key=lambda one: one.number)
    assert [(TOWN, "〔2022〕1号"), (LEAD, "〔2022〕1号")] == [(one.unit, one.document_no) for one in kept]
    with pytest.raises(ListAppliedError):
        import_problem_list(command, service.uow(), service.ledger, office.acting)


def test_thrown_away(service, office, list_id):
    """A list that was thrown away cannot be imported."""
    discard_problem_list(DiscardProblemList(list_id), service.uow())
    with pytest.raises(ListAppliedError):
        import_problem_list(ImportProblemList(list_id), service.uow(), service.ledger, office.acting)
