"""An event as it travels: CloudEvents 1.0 attributes around one department's fact."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, ClassVar

import orjson
from pydantic import BaseModel, ConfigDict

from shared.contracts.attribute_forms import instant_of
from shared.kernel.ids import Ids, derived_id
from shared.observability.tracing import current, traceparent_of

COUNTY_CODE = "610327"
EVENT_MEDIA_TYPE = "application/cloudevents+json"
BATCH_MEDIA_TYPE = "application/cloudevents-batch+json"

_LONGEST = {"id": 64, "type": 96, "subject": 96, "correlationid": 64, "causationid": 64, "businessdate": 10}
"""In characters, as ``shared/messaging/tables.py`` has room for."""
_OPTIONAL_TEXTS = ("subject", "correlationid", "causationid", "businessdate")


class EventData(BaseModel):
    """The body of a published event. Readers ignore fields they do not know.

    *occurred_on* is when it was true in the village, which may be long before
    the envelope's ``time`` (when it was committed). Never a name, an ID number,
    a telephone or an account: a journal is for ever.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)

    type: ClassVar[str]
    travels_alone: ClassVar[bool] = False
    """Never in a batch: somebody beyond the county picks it by its routing key, and a batch has another."""

    occurred_on: date
    household_id: str = ""
    area_code: str = ""

    @property
    def subject(self) -> str:
        """What the event is about: the household, or for a few events something else."""
        return self.household_id

    @property
    def publisher(self) -> str:
        return self.type.split(".", 1)[0]

    def body(self) -> dict[str, Any]:
        """Return the JSON-ready body, without the attributes that say nothing."""
        return self.model_dump(mode="json", exclude_none=True)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One CloudEvent. *data* is the JSON object; *time* is aware UTC."""

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    data: dict[str, Any] = field(hash=False)
    correlationid: str = ""
    causationid: str = ""
    businessdate: str = ""
    traceparent: str = field(default="", compare=False)
    """In which trace it was caused, when anybody traces; it travels and is not kept: no part of the event."""

    @classmethod
    def seal(cls, event: EventData, *, ids: Ids, at: datetime, cause: "Envelope | None" = None) -> "Envelope":
        """Return *event* in an envelope; a consequence of *cause* has the id that cause always gives."""
        body = event.body()
        if cause is None:
            new_id = ids()
            correlation = new_id
        else:
            canonical = orjson.dumps(body, option=orjson.OPT_SORT_KEYS).decode()
            new_id = derived_id(cause.id, event.type, canonical)
            correlation = cause.correlationid or cause.id
        return cls(
            id=new_id,
            source=f"/county/{COUNTY_CODE}/{event.publisher}",
            type=event.type,
            subject=event.subject,
            time=at.astimezone(UTC),
            data=body,
            correlationid=correlation,
            causationid=cause.id if cause else "",
            businessdate=event.occurred_on.isoformat(),
            # A consequence goes on in the trace of its cause, whatever batch it came in.
            traceparent=(cause.traceparent if cause else "") or current(),
        )

    @property
    def publisher(self) -> str:
        return self.type.split(".", 1)[0]

    @property
    def fact(self) -> str:
        """The type without its version: what rules count."""
        return self.type.rsplit(".", 1)[0]

    def attributes(self) -> dict[str, Any]:
        """Return the event in the CloudEvents JSON format, as a dict; empty attributes are left out."""
        event: dict[str, Any] = {
            "specversion": "1.0",
            "id": self.id,
            "source": self.source,
            "type": self.type,
            "time": self.time.isoformat(timespec="microseconds").replace("+00:00", "Z"),
            "datacontenttype": "application/json",
        }
        event.update({name: value for name in _OPTIONAL_TEXTS if (value := getattr(self, name))})
        event["data"] = self.data
        return event

    def to_json(self) -> str:
        """Return the event in the CloudEvents JSON format."""
        return orjson.dumps(self.attributes(), option=orjson.OPT_SORT_KEYS).decode()

    @classmethod
    def from_attributes(cls, event: dict[str, Any]) -> "Envelope":
        """Return the envelope of a CloudEvent that ``cloudevents.check`` has accepted.

        Raises ``ValueError`` for what the county's events always have and
        CloudEvents leaves open: a time, an object as data, text in the extensions,
        and no attribute longer than the columns that keep it.
        """
        data, time = event.get("data"), event.get("time")
        texts = ["" if (text := event.get(name)) is None else text for name in _OPTIONAL_TEXTS]
        if not isinstance(data, dict):
            msg = "data must be a JSON object"
            raise ValueError(msg)  # noqa: TRY004  (one kind of error for an event the county cannot read)
        if time is None:
            msg = "time is missing"
            raise ValueError(msg)
        if not all(type(text) is str for text in texts):
            msg = f"{', '.join(_OPTIONAL_TEXTS)} must be strings"
            raise ValueError(msg)
        for name, longest in _LONGEST.items():
            if len(event.get(name) or "") > longest:
                msg = f"{name} has more than {longest} characters"
                raise ValueError(msg)
        subject, correlationid, causationid, businessdate = texts
        return cls(
            id=event["id"],
            source=event["source"],
            type=event["type"],
            subject=subject,
            time=instant_of(time),
            data=data,
            correlationid=correlationid,
            causationid=causationid,
            businessdate=businessdate,
            traceparent=traceparent_of(event.get("traceparent")),
        )
