"""Logs: one JSON object a line on stderr, named by a constant, with ids as fields and no person in them."""

import logging
import re
import sys
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, TextIO

import orjson
import structlog

from shared.kernel.errors import Problem
from shared.observability.personal_data import masked, without_personal_data

Entry = MutableMapping[str, Any]

_STATIC_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_SET_BY_US = ("event", "level", "at", "service", "failure", "logger", "template")
_FRAMES = 12
_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


def configure(service: str, *, level: str = "info", stream: TextIO | None = None) -> None:
    """Let every logger of this process write to *stream* (stderr), saying it is *service*.

    To be called once, at the edge of a process. Also takes over what libraries
    log from warnings upwards, by their templates only: arguments may hold anything.
    """
    out = sys.stderr if stream is None else stream
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            _Named(service),
            render_failure,
            name_by_constant,
            remove_personal_data,
            structlog.processors.JSONRenderer(serializer=_serialised),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(file=out),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.handlers = [LibraryHandler()]
    root.setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)


class _Named:
    def __init__(self, service: str) -> None:
        self._service = service

    def __call__(self, _logger: object, _method: str, entry: Entry) -> Entry:
        entry.setdefault("service", self._service)
        return entry


def name_by_constant(_logger: object, _method: str, entry: Entry) -> Entry:
    """Take an event name that is not a constant in snake case for what it is: text with anything in it."""
    if not _STATIC_NAME.fullmatch(str(entry.get("event"))):
        entry["event"] = "unnamed_event"
    return entry


def render_failure(_logger: object, _method: str, entry: Entry) -> Entry:
    """Put the exception's class, code and places under ``failure``.

    Its message is left out: a database or a validator repeats there what was entered.
    """
    failure = entry.pop("exc_info", None)
    if failure is True:
        failure = sys.exc_info()[1]
    elif isinstance(failure, tuple):
        failure = failure[1]
    if isinstance(failure, BaseException):
        entry["failure"] = describe(failure)
    return entry


def describe(failure: BaseException) -> dict[str, Any]:
    """Return what may be told of *failure*: class, code of a refusal, cause, and the last places."""
    described: dict[str, Any] = {"kind": _kind(failure), "where": _where(failure.__traceback__)}
    if isinstance(failure, Problem):
        described["code"] = failure.code
    if isinstance(failure, OSError) and failure.errno is not None:
        described["errno"] = failure.errno
    cause = failure.__cause__ or (None if failure.__suppress_context__ else failure.__context__)
    if cause is not None:
        described["cause"] = _kind(cause)
    return described


def remove_personal_data(_logger: object, _method: str, entry: Entry) -> Entry:
    """Mask what looks like a person's number and drop the fields that hold persons or typed text."""
    ours = {name: entry.pop(name) for name in _SET_BY_US if name in entry}
    kept: Entry = without_personal_data(entry)
    kept.update({name: masked(value) if isinstance(value, str) else value for name, value in ours.items()})
    return kept


class LibraryHandler(logging.Handler):
    """Hands on what libraries log: who, how grave, and the template without its arguments."""

    def emit(self, record: logging.LogRecord) -> None:
        method = "error" if record.levelno >= logging.ERROR else "warning"
        template = record.msg if record.args and isinstance(record.msg, str) else type(record.msg).__name__
        entry: dict[str, Any] = {"logger": record.name, "template": template}
        if record.exc_info and record.exc_info[1] is not None:
            entry["exc_info"] = record.exc_info[1]
        getattr(structlog.get_logger(), method)("library_message", **entry)


def _kind(failure: BaseException) -> str:
    kind = type(failure)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _where(traceback: TracebackType | None) -> list[str]:
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_filename}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return places[-_FRAMES:]


def _serialised(entry: object, **_options: object) -> str:
    return orjson.dumps(entry, default=_unforeseen, option=orjson.OPT_NON_STR_KEYS).decode()


def _unforeseen(value: object) -> str:
    """Name the class of what is no JSON; its text might hold anything."""
    return f"<{type(value).__name__}>"
