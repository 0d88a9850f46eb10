"""An event set aside is put right by an officer: a new event in its place, the old one never taken in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy import MetaData, insert, update

from shared.contracts.cloudevents import decode
from shared.contracts.envelope import EVENT_MEDIA_TYPE, Envelope, EventData
from shared.contracts.registry import MODELS
from shared.kernel.errors import InvalidInputError
from shared.kernel.ids import derived_id
from shared.messaging.bulk import insert_new
from shared.messaging.fault import GARBAGE, fault_of, is_outage
from shared.messaging.inbox import CORRECTED
from shared.messaging.intake import Intaking, Reader
from shared.messaging.redrive import lock_waiting
from shared.messaging.resolving import NotSetAsideError, ReasonMissingError
from shared.messaging.set_aside import SetAside, find_one
from shared.messaging.tables import message_tables

_TABLES = message_tables(MetaData())
_ROWS = _TABLES.set_aside
Models = Mapping[str, type[EventData]]
UowT = TypeVar("UowT", bound=Intaking)

_WORDS = {
    "missing": ("缺少", "is missing"),
    "int_parsing": ("应为整数", "must be a whole number"),
    "int_type": ("应为整数", "must be a whole number"),
    "int_from_float": ("应为整数", "must be a whole number"),
    "string_type": ("应为文字", "must be text"),
    "date_from_datetime_parsing": ("应为日期", "must be a date"),
    "date_type": ("应为日期", "must be a date"),
    "bool_parsing": ("应为是或否", "must be true or false"),
    "literal_error": ("不在允许的取值之内", "is none of the values allowed"),
    "enum": ("不在允许的取值之内", "is none of the values allowed"),
}
_OTHER_WORDS = ("不符合要求", "is not acceptable")


class CorrectionNotAnEventError(InvalidInputError):
    """Raised when what an officer gives is no event of the county."""

    code = "correction_not_an_event"
    zh = "更正后的内容不是有效的事件：{why}"
    en = "The correction is not an event: {why}"


class CorrectionOfAnotherKindError(InvalidInputError):
    """Raised when a correction changes what the event is or who told it."""

    code = "correction_of_another_kind"
    zh = "更正不能改变 {attribute}，应为“{expected}”"
    en = "A correction cannot change {attribute}, which is “{expected}”"


class CorrectionUnreadError(InvalidInputError):
    """Raised when this reader takes no events of the correction's type, or nobody publishes it."""

    code = "correction_unread"
    zh = "本部门不接收类型为“{type}”的事件"
    en = "This reader takes no events of the type “{type}”"


class CorrectionInvalidError(InvalidInputError):
    """Raised when the corrected data break the schema of their type; names the fields."""

    code = "correction_invalid"
    zh = "更正后的数据不符合“{type}”的格式：{fields_zh}"
    en = "The corrected data do not fit “{type}”: {fields_en}"


class CorrectionFailedError(InvalidInputError):
    """Raised when the corrected event cannot be taken in either; nothing has changed."""

    code = "correction_failed"
    zh = "更正后仍无法处理（{cause}）：{reason}"
    en = "The corrected event cannot be taken in either ({cause}): {reason}"


def correct(
    uow: UowT,
    reader: Reader[UowT],
    event_id: str,
    body: str,
    *,
    by: str,
    note: str,
    at: datetime,
    models: Models = MODELS,
) -> str:
    """Take in *body*, the JSON of a whole event, instead of *event_id*; return the id of the new event.

    Its ``id`` is given here, whatever *body* says; type and source stay, except for garbage, which had
    none. All in one transaction: the new event's effects, its row (``corrects``), the old one's
    (``corrected``, ``replaced_by``), and the old id in the inbox, so that a late repeat of it changes
    nothing. A refusal leaves everything as it was. The same correction sent twice is refused as
    ``not_set_aside``, and so is one of an event
    that was delivered again and taken in meanwhile. Other readers have taken in, or not, the original:
    they are not told.
    """
    if not note.strip():
        raise ReasonMissingError
    with uow:
        original = find_one(uow.connection, event_id)
        if original is None or not lock_waiting(uow.connection, [event_id]):
            raise NotSetAsideError
        event = corrected_event(original, body, reader, models)
        # First of all: a late delivery of the original meets it there, and finds it done.
        late: Sequence[Mapping[str, Any]] = [{"event_id": event_id, "type": original.type, "at": at}]
        if not insert_new(uow.connection, _TABLES.inbox, late):
            raise NotSetAsideError
        try:
            new = uow.inbox.admit([event], at=at)
            reader.handle(new, uow)
        except Exception as error:
            if is_outage(error):
                raise
            fault = fault_of(error)
            raise CorrectionFailedError(cause=fault.code, reason=fault.reason) from error
        _note(uow, original, event, reader=reader.name, by=by, note=note.strip(), at=at)
        uow.commit()
    return event.id


def corrected_event(original: SetAside, body: str, reader: Reader[Any], models: Models = MODELS) -> Envelope:
    """Return the event that *body* would be instead of *original*; raises a refusal that names the field."""
    (decoded,) = decode(body, EVENT_MEDIA_TYPE) or (None,)
    if not isinstance(decoded, Envelope):
        raise CorrectionNotAnEventError(why=decoded.reason if decoded else "")
    if original.kind != GARBAGE:
        _require_same(original, decoded)
    model = models.get(decoded.type)
    if model is None or not reader.takes(decoded.type):
        raise CorrectionUnreadError(type=decoded.type)
    data = _checked(model, decoded)
    return _with_id(decoded, original, data)


def _require_same(original: SetAside, event: Envelope) -> None:
    (before,) = decode(original.body, EVENT_MEDIA_TYPE)
    for attribute in ("type", "source"):
        expected = getattr(before, attribute)
        if getattr(event, attribute) != expected:
            raise CorrectionOfAnotherKindError(attribute=attribute, expected=expected)


def _checked(model: type[EventData], event: Envelope) -> EventData:
    try:
        return model.model_validate(event.data)
    except ValidationError as error:
        zh, en = zip(*(_in_words(problem) for problem in error.errors()), strict=True)
    raise CorrectionInvalidError(type=event.type, fields_zh="；".join(zh), fields_en="; ".join(en))


def _in_words(problem: Mapping[str, Any]) -> tuple[str, str]:
    # Never the value: it may be about a person.
    place = ".".join(map(str, problem["loc"])) or "data"
    zh, en = _WORDS.get(problem["type"], _OTHER_WORDS)
    return f"{place} {zh}", f"{place} {en}"


def _with_id(event: Envelope, original: SetAside, data: EventData) -> Envelope:
    new_id = derived_id("correction", original.event_id, event.to_json())
    return Envelope(
        id=new_id,
        source=event.source,
        type=event.type,
        subject=data.subject,
        time=event.time,
        data=event.data,
        correlationid=event.correlationid or original.event_id,
        causationid=event.causationid,
        businessdate=event.businessdate,
    )


def _note(
    uow: Intaking, original: SetAside, event: Envelope, *, reader: str, by: str, note: str, at: datetime
) -> None:
    ended: dict[str, Any] = {"resolved_at": at, "resolved_by": by, "note": note, "resolution": CORRECTED}
    mine = update(_ROWS).where(_ROWS.c.event_id == original.event_id)
    uow.connection.execute(mine.values({**ended, "replaced_by": event.id}))
    row = {
        "event_id": event.id,
        "type": event.type,
        "subject": event.subject,
        "body": event.to_json(),
        "kind": original.kind,
        "code": original.code,
        "reason": original.reason,
        "at": at,
        "first_at": at,
        "reader": reader,
        "corrects": original.event_id,
        **ended,
    }
    uow.connection.execute(insert(_ROWS).values(row))
