from dataclasses import dataclass
from datetime import UTC, datetime

from services.evaluation.domain.causation import CLOSED, folded
from services.evaluation.service_layer.causation import seen_chain
from shared.contracts.envelope import Envelope


@dataclass
class Told:
    envelope: Envelope


def told(*links):
    time = datetime(2022, 5, 1, tzinfo=UTC)
    return [
        Told(Envelope(name, "/x", f"x.{name}.v1", "", time, {}, causationid=cause)) for name, cause in links
    ]


def shape(branches):
    return [(one.kind, shape(one.below)) for one in branches]


def test_what_may_not_be_opened_is_a_closed_box():
    """A box without content keeps the place of what is not open, and what followed from it stays open."""
    chain = seen_chain(told(("a", ""), ("b", "a"), ("c", "b")), {"a", "c"}, ())
    assert [("x.a", [(CLOSED, [("x.c", [])])])] == shape(folded(chain))


def test_what_is_secret_leaves_no_trace():
    """That a trigger followed is not told by an empty box either, nor by what followed from it in secret."""
    chain = seen_chain(told(("a", ""), ("b", "a"), ("c", "b")), {"a"}, {"b"})
    assert [("x.a", [])] == shape(folded(chain))


def test_a_secret_between_two_open_events_is_a_closed_box():
    """An open event under it would hang in the air: it names its cause, and so may the box."""
    chain = seen_chain(told(("a", ""), ("b", "a"), ("c", "b")), {"a", "c"}, {"b"})
    assert [("x.a", [(CLOSED, [("x.c", [])])])] == shape(folded(chain))
