import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.service_layer.notice import IssueNotice, issue_notice


@pytest.fixture(name="units")
def _units(service):
    return [unit.id for unit in service.units()]


def test_a_notice_is_kept_and_told(service, units):
    """The notice stands in the list with its reason, and its event without."""
    notice_id = issue_notice(IssueNotice("610327109", "county", "措施超期"), service.uow(), units)
    (notice,) = service.reads.notices()
    assert (notice_id, "610327109", "措施超期") == (notice.id, notice.unit, notice.reason)
    (entry,) = service.reads.search(JournalSearch(), limit=10)
    assert "措施超期" not in entry.envelope.to_json()


def test_a_unit_nobody_assesses(service, units):
    """Only a town or department of the county can be named; nothing is kept of another."""
    with pytest.raises(UnknownUnitError):
        issue_notice(IssueNotice("610327999", "county", "x"), service.uow(), units)
    assert [] == service.reads.notices()
