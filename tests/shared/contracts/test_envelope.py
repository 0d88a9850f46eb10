from datetime import UTC, date, datetime

import pytest

from shared.contracts.employment.v1 import JobEnded
from shared.contracts.envelope import Envelope
from shared.contracts.event_rules import check
from shared.kernel.clock import COUNTY_ZONE
from shared.kernel.ids import SeededIds

AT = datetime(2022, 5, 1, 16, 0, 0, 5, tzinfo=COUNTY_ZONE)


def job_ended(reason: str = "lost") -> JobEnded:
    return JobEnded.model_validate(
        {
            "occurred_on": date(2022, 4, 30),
            "household_id": "h-7",
            "area_code": "610327100201",
            "spell_id": "s-1",
            "person_id": "p-1",
            "reason": reason,
            "without_work": True,
        }
    )


@pytest.fixture(name="ids")
def _ids():
    return SeededIds("envelope")


class TestSeal:
    def test_attributes(self, ids):
        """A sealed event has the publisher's source, its subject, its day, and its time in UTC."""
        sealed = Envelope.seal(job_ended(), ids=ids, at=AT)
        assert sealed.source == "/county/610327/employment"
        assert sealed.type == "employment.job_ended.v1"
        assert (sealed.publisher, sealed.fact) == ("employment", "employment.job_ended")
        assert sealed.subject == "h-7"
        assert sealed.businessdate == "2022-04-30"
        assert datetime(2022, 5, 1, 8, 0, 0, 5, tzinfo=UTC) == sealed.time
        assert sealed.time.utcoffset() == UTC.utcoffset(None)

    def test_first_of_a_chain(self, ids):
        """An event that nothing caused begins its own correlation."""
        sealed = Envelope.seal(job_ended(), ids=ids, at=AT)
        assert sealed.id == sealed.correlationid
        assert sealed.causationid == ""

    def test_consequence(self, ids):
        """A consequence keeps the correlation, names its cause, and has the id the cause always gives."""
        cause = Envelope.seal(job_ended(), ids=ids, at=AT)
        one = Envelope.seal(job_ended("returned"), ids=ids, at=AT, cause=cause)
        again = Envelope.seal(job_ended("returned"), ids=ids, at=AT, cause=cause)
        other = Envelope.seal(job_ended("changed"), ids=ids, at=AT, cause=cause)
        assert (cause.correlationid, cause.id) == (one.correlationid, one.causationid)
        assert one == again
        assert one.id != other.id

    def test_is_a_valid_event(self, ids):
        """What is sealed is an event of the official format."""
        check(Envelope.seal(job_ended(), ids=ids, at=AT).attributes())

    def test_empty_attributes_are_left_out(self, ids):
        """An attribute without a value is left out: an empty subject would be invalid."""
        nobody = job_ended().model_copy(update={"household_id": ""})
        attributes = Envelope.seal(nobody, ids=ids, at=AT).attributes()
        assert {"subject", "causationid"}.isdisjoint(attributes)
        check(attributes)


class TestFromAttributes:
    def test_comes_back(self, ids):
        """An envelope comes back from its attributes."""
        sealed = Envelope.seal(job_ended(), ids=ids, at=AT)
        assert sealed == Envelope.from_attributes(sealed.attributes())

    @pytest.mark.parametrize(
        "change", [{"time": None}, {"data": None}, {"data": []}, {"data": "x"}, {"businessdate": 0}]
    )
    def test_refuses_what_the_county_cannot_read(self, ids, change):
        """A valid event without a time or an object as data, or with other extensions, is a ValueError."""
        attributes = Envelope.seal(job_ended(), ids=ids, at=AT).attributes() | change
        check(attributes)
        with pytest.raises(ValueError, match=r"time|data|businessdate"):
            Envelope.from_attributes(attributes)
