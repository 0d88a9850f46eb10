from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.monitoring.domain.exchange.import_errors import FailedRowsError, ImportStateError
from services.monitoring.domain.exchange.import_job import STATE_WORDS, STEPS, TAKEN_FOR, Counts, ImportJob
from shared.kernel.errors import NotFoundError

AT = datetime(2022, 7, 1, 2, tzinfo=UTC)
DO = {
    "preview": lambda job: job.preview(Counts(new=2, households=1), AT),
    "preview_again": lambda job: job.preview_again(),
    "approve": lambda job: job.approve("county-1"),
    "apply": lambda job: job.apply(AT),
    "turn_back": lambda job: job.turn_back(NotFoundError()),
    "reject": lambda job: job.reject(NotFoundError(), AT),
    "withdraw": lambda job: job.withdraw(AT),
}
LEADS_TO = {
    "preview": "previewed",
    "preview_again": "uploaded",
    "approve": "approved",
    "apply": "applied",
    "turn_back": "previewed",
    "reject": "rejected",
    "withdraw": "withdrawn",
}


def job(state="uploaded", **given):
    told: dict[str, Any] = {
        "id": "i1",
        "format": "lifted_out_persons",
        "file_hash": "h",
        "file_name": "a.xlsx",
        "file_size": 1,
        "area_code": "610327",
        "uploaded_by": "county-1",
        "uploaded_at": AT,
    }
    return ImportJob(**told | {"state": state} | given)


@pytest.mark.parametrize(
    ("step", "state"), [(step, state) for step, states in STEPS.items() for state in sorted(states)]
)
def test_every_permitted_step_is_taken(step, state):
    """Each step leads from each state that permits it to the one state it means."""
    one = job(state)
    DO[step](one)
    assert LEADS_TO[step] == one.state


@pytest.mark.parametrize(
    ("step", "state"),
    [(step, state) for step in STEPS for state in STATE_WORDS if state not in STEPS[step]],
)
def test_every_other_step_is_refused(step, state):
    """No other state permits it, and nothing changes."""
    one = job(state)
    with pytest.raises(ImportStateError):
        DO[step](one)
    assert state == one.state


def test_a_whole_import_from_upload_to_applied():
    """Uploaded, previewed, looked at again, approved, turned back, approved again, applied."""
    one = job()
    for step in ("preview", "preview_again", "preview", "approve", "turn_back", "approve", "apply"):
        DO[step](one)
    assert ("applied", "", AT) == (one.state, one.problem_code, one.ended_at)


def test_an_import_with_wrong_rows_is_not_approved():
    """Nothing is ever half-imported."""
    one = job("previewed", counts=Counts(new=9, failed=1))
    with pytest.raises(FailedRowsError):
        one.approve("county-1")
    assert "previewed" == one.state


def test_why_it_was_refused_is_kept_until_it_works():
    """The reason is kept in both languages, and forgotten with the next preview."""
    one = job("approved")
    one.turn_back(NotFoundError())
    assert ("not_found", "没有找到", "Not found") == (one.problem_code, one.problem_zh, one.problem_en)
    one.preview_again()
    one.preview(Counts(), AT)
    assert "" == one.problem_code


@pytest.mark.parametrize(("expected", "later"), [(False, -1), (True, 0), (True, 1)])
def test_what_a_killed_process_began_is_taken_over_after_a_while(expected, later):
    """A second before the time is over it is still taken; from then on another may begin."""
    one = job("approved")
    assert one.take(AT)
    assert expected == one.take(AT + TAKEN_FOR + timedelta(seconds=later))


@pytest.mark.parametrize("state", ["previewed", "applied", "rejected", "withdrawn"])
def test_what_waits_for_a_person_or_has_ended_is_not_taken(state):
    """Only what has to be read or applied is worked on."""
    assert not job(state).take(AT)
    assert job("uploaded").is_open
    assert ("previewed" == state) == job(state).is_open


def test_counts_add_up():
    """The total is all rows, whatever became of them."""
    assert 10 == Counts(1, 2, 3, 4).total
