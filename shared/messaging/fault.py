"""Whose fault a failure is: the event's, or nobody's because something is away."""

from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from shared.kernel.errors import Refusal, StaleVersionError

GARBAGE = "garbage"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an event was not taken in. *kind* is refused, invalid, defect or garbage."""

    kind: str
    code: str
    reason: str


def fault_of(error: Exception) -> Fault:
    """Return what may be kept of *error*, which is no outage."""
    if isinstance(error, Refusal):
        return Fault("refused", error.code, error.text("zh"))
    if isinstance(error, ValidationError):
        fields = ", ".join(".".join(map(str, problem["loc"])) for problem in error.errors())
        return Fault("invalid", "invalid_event_body", fields)
    # Only the class: the text of an unexpected error may quote the data.
    return Fault("defect", "defect", type(error).__name__)


def is_outage(error: Exception) -> bool:
    """Whether *error* says that something is away or somebody saved first: then the event is not at fault."""
    if isinstance(error, (DataError, IntegrityError, ProgrammingError)):
        return False
    return isinstance(error, (DBAPIError, PoolTimeoutError, StaleVersionError, OSError, MemoryError))
