import io
import json
import logging
import warnings

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.errors import ConflictError
from shared.observability.logs import configure, describe, remove_personal_data
from shared.observability.personal_data import REMOVED

ID_NUMBER = "610327" + "19500101" + "001X"


@pytest.fixture(name="logged")
def _logged():
    """What is logged in the test, as a function that returns the entries."""
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers, root.level
    configure("monitoring", stream=stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    root.handlers = before
    root.setLevel(level)


def test_one_object_a_line(logged):
    """An entry is one line of JSON with its name, level, time, service and fields."""
    structlog.get_logger().info("batch_taken", events=3, at_line="a\nb")
    (entry,) = logged()
    assert entry["event"] == "batch_taken"
    assert entry["level"] == "info"
    assert entry["service"] == "monitoring"
    assert entry["at"].endswith("Z")
    assert (entry["events"], entry["at_line"]) == (3, "a\nb")


def test_debug_is_off(logged):
    """Below the level that was asked for nothing is written."""
    structlog.get_logger().debug("batch_taken")
    assert logged() == []


def test_persons_are_left_out(logged):
    """Personal fields, typed text and numbers of persons do not reach the stream."""
    structlog.get_logger().warning("odd", name="某某", note="x", hint=f"见{ID_NUMBER}", household_id="h-1")
    (entry,) = logged()
    assert (entry["name"], entry["note"], entry["hint"]) == (REMOVED, REMOVED, f"见{REMOVED}")
    assert entry["household_id"] == "h-1"


def test_a_name_must_be_constant(logged):
    """A sentence as an event's name is dropped: it may say anything."""
    structlog.get_logger().info(f"visited 某某 {ID_NUMBER}")
    assert [entry["event"] for entry in logged()] == ["unnamed_event"]


def refuse_because_of(cause: Exception) -> None:
    raise ConflictError(who="某某") from cause


def test_a_failure_without_its_message(logged):
    """A failure is told by class, code and place; its message, which may quote anything, is not."""
    try:
        refuse_because_of(ValueError("某某"))
    except ConflictError:
        structlog.get_logger().exception("step_failed")
    (entry,) = logged()
    assert entry["failure"]["kind"] == "shared.kernel.errors.ConflictError"
    assert entry["failure"]["code"] == "conflict"
    assert entry["failure"]["cause"] == "ValueError"
    assert "refuse_because_of" in entry["failure"]["where"][-1]
    assert "某某" not in json.dumps(entry, ensure_ascii=False)


def test_libraries_by_template(logged):
    """What a library warns of is told by its template; the arguments are not."""
    logging.getLogger("some.library").warning("lost %s of %s", "某某", ID_NUMBER)
    logging.getLogger("some.library").error("lost 某某")
    logging.getLogger("some.library").info("chatter")
    one, other = logged()
    assert (one["event"], one["logger"], one["template"]) == (
        "library_message",
        "some.library",
        "lost %s of %s",
    )
    assert (other["level"], other["template"]) == ("error", "str")


def test_warnings_are_logged(logged):
    """A warning of Python's comes as an entry, not as text on stderr."""
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", stacklevel=1)
    assert [entry["logger"] for entry in logged()] == ["py.warnings"]


def test_a_value_that_is_no_json(logged):
    """A value that is no JSON is told by its class only."""
    structlog.get_logger().info("odd", what=object())
    assert logged()[0]["what"] == "<object>"


def test_errno_of_an_outage():
    """An operating system's failure keeps its number, which says what is away."""
    assert describe(ConnectionRefusedError(111, "refused"))["errno"] == 111


@given(
    st.recursive(
        st.text() | st.integers() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_number_of_a_person_gets_through(value):
    """Whatever is logged, with a person's number put beside it, that number is not in the entry."""
    entry = remove_personal_data(None, "info", {"event": "odd", "a": [value, {"b": ID_NUMBER}]})
    assert ID_NUMBER not in json.dumps(entry)
