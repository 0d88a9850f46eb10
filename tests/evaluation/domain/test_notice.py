from datetime import date

import pytest

from services.evaluation.domain.errors import EmptyReasonError, UnknownNoticeLevelError
from services.evaluation.domain.notice import Issued, Notice
from services.evaluation.domain.supervision_errors import AboutUnknownError

DAY = date(2022, 4, 8)


def issue(**about):
    given = {"notice_id": "n1", "unit": "县人社局", "level": "county", "issued_on": DAY, "reason": "超期"}
    return Notice.issue(**{**given, **about})


def test_an_issued_notice_tells_unit_and_level_but_not_the_reason():
    """What leaves the office names the unit and the level, never the text."""
    assert [Issued("n1", "县人社局", "county", DAY)] == issue().facts


def test_unknown_level():
    """A notice is of the county, the city or the province."""
    with pytest.raises(UnknownNoticeLevelError):
        issue(level="village")


def test_without_reason():
    """A notice that does not say what it is about is refused."""
    with pytest.raises(EmptyReasonError):
        issue(reason="  ")


def test_number_and_cause_are_told():
    """Under which number it stands and what led to it is told; both are ids, no words."""
    notice = issue(document_no=" 3号 ", about_kind="order", about_id="o1")
    assert [Issued("n1", "县人社局", "county", DAY, "3号", "order", "o1")] == notice.facts


@pytest.mark.parametrize(("kind", "about_id"), [("order", ""), ("", "o1"), ("weather", "w1")])
def test_half_a_cause_is_refused(kind, about_id):
    """A cause is a kind and an id, of a register there is."""
    with pytest.raises(AboutUnknownError):
        issue(about_kind=kind, about_id=about_id)
