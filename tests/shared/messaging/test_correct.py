import json

import pytest

from shared.contracts.cloudevents import decode
from shared.contracts.envelope import EventData
from shared.messaging.correct import (
    CorrectionFailedError,
    CorrectionInvalidError,
    CorrectionNotAnEventError,
    CorrectionOfAnotherKindError,
    CorrectionUnreadError,
    correct,
)
from shared.messaging.intake import take_in
from shared.messaging.redrive import redrive
from shared.messaging.resolving import NotSetAsideError, ReasonMissingError
from shared.messaging.set_aside import count_all, find_one
from tests.shared.messaging.conftest import LEVELS, MESSAGES, METADATA, NOW, LevelSeen, LevelSet, level

MODELS: dict[str, type[EventData]] = {LevelSet.type: LevelSet, LevelSeen.type: LevelSeen}
BAD = level("b", 13)


@pytest.fixture
def kept(new_example):
    """An event set aside, on SQLite."""
    example = new_example()
    take_in([BAD], example.uow(), example.reader, at=NOW)
    return example


def body(*, event=BAD, **data):
    attributes = event.attributes()
    return json.dumps(attributes | {"data": attributes["data"] | data})


def put_right(example, text, *, event_id=BAD.id, note="the level was misread"):
    return correct(
        example.uow(), example.reader, event_id, text, by="operator1", note=note, at=NOW, models=MODELS
    )


def rows_of(example, *ids):
    with example.engine.connect() as connection:
        return [find_one(connection, one) for one in ids]


def test_a_correction_is_an_event_of_its_own(example):
    """It has its effect and consequence; both rows name each other, the officer and the reason."""
    kept = example
    take_in([BAD], kept.uow(), kept.reader, at=NOW)
    new_id = put_right(kept, body(level=7))
    old, new = rows_of(kept, BAD.id, new_id)
    assert [("b", 7, 1)] == kept.rows(LEVELS)
    assert 1 == len(kept.rows(MESSAGES.outbox))
    assert ("corrected", new_id, "operator1", "the level was misread") == (
        old.resolution,
        old.replaced_by,
        old.resolved_by,
        old.note,
    )
    assert (BAD.id, "corrected", BAD.to_json()) == (new.corrects, new.resolution, old.body)
    assert 7 == json.loads(new.body)["data"]["level"]


def test_what_was_taken_in_meanwhile_is_not_corrected(kept):
    """Delivered again when the cause was gone, the original had its effect: a correction would be another."""
    taken: list[str] = []
    kept.reader.handlers[LevelSet.type] = lambda events, _uow: taken.extend(event.id for event in events)
    take_in([BAD], kept.uow(), kept.reader, at=NOW)
    with pytest.raises(NotSetAsideError):
        put_right(kept, body(level=7))
    assert [BAD.id] == taken


def test_the_original_is_never_taken_in_again(kept):
    """Neither a late delivery nor a re-drive of the original has an effect beside its correction's."""
    put_right(kept, body(level=7))
    kept.reader.handlers[LevelSet.type] = lambda _events, _uow: None  # the rule is gone: it would be taken
    taken = take_in([BAD], kept.uow(), kept.reader, at=NOW)
    again = redrive(kept.uow(), kept.reader, [BAD.id], at=NOW)
    assert (1, [], 0) == (taken.repeated, taken.set_aside, again.admitted)
    assert [("b", 7, 1)] == kept.rows(LEVELS)
    with kept.engine.connect() as connection:
        assert 0 == count_all(connection)


@pytest.mark.parametrize(
    ("text", "refusal", "word"),
    [
        ("{", CorrectionNotAnEventError, "JSON"),
        ("[]", CorrectionNotAnEventError, ""),
        (body(level="many"), CorrectionInvalidError, "level must be a whole number"),
        (body(level=1, occurred_on="soon"), CorrectionInvalidError, "occurred_on must be a date"),
        (
            json.dumps(BAD.attributes() | {"data": {"level": 1}}),
            CorrectionInvalidError,
            "occurred_on is missing",
        ),
        (json.dumps(BAD.attributes() | {"type": LevelSeen.type}), CorrectionOfAnotherKindError, "type"),
        (json.dumps(BAD.attributes() | {"source": "/elsewhere"}), CorrectionOfAnotherKindError, "source"),
        (body(), CorrectionFailedError, "level_refused"),
        (body(level=14), CorrectionFailedError, "KeyError"),
    ],
)
def test_a_wrong_correction_changes_nothing(kept, text, refusal, word):
    """It is refused in words that name the field, in both languages, and not a row is other than before."""
    before = {table.name: kept.rows(table) for table in METADATA.sorted_tables}
    with pytest.raises(refusal) as raised:
        put_right(kept, text)
    assert word in raised.value.text("en")
    assert "{" not in raised.value.text("zh") + raised.value.text("en")
    assert before == {table.name: kept.rows(table) for table in METADATA.sorted_tables}


def test_what_was_entered_is_not_repeated(kept):
    """A refusal is logged and shown: it names the field and never says its value."""
    with pytest.raises(CorrectionInvalidError) as raised:
        put_right(kept, body(level="Invented Person"))
    assert "Invented" not in raised.value.text("zh") + raised.value.text("en") + str(raised.value.details)


def test_twice(kept):
    """The same correction sent again, or another one, finds nothing that waits."""
    put_right(kept, body(level=7))
    for value in (7, 8):
        with pytest.raises(NotSetAsideError):
            put_right(kept, body(level=value))
    assert [("b", 7, 1)] == kept.rows(LEVELS)


def test_a_reason_is_asked_for(kept):
    """A correction without a note is refused."""
    with pytest.raises(ReasonMissingError):
        put_right(kept, body(level=7), note=" ")


def test_garbage_may_become_an_event(new_example):
    """What was no event can be replaced by one that this reader takes, and by no other."""
    example = new_example()
    (garbage,) = decode(b"{", "application/cloudevents+json")
    take_in([garbage], example.uow(), example.reader, at=NOW)
    other = json.dumps(BAD.attributes() | {"type": LevelSeen.type})
    with pytest.raises(CorrectionUnreadError):
        put_right(example, other, event_id=garbage.id)
    put_right(example, body(level=7), event_id=garbage.id)
    assert [("b", 7, 1)] == example.rows(LEVELS)
