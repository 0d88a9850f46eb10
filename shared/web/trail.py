"""The web's side of the audit trail: each action leaves its entry in the transaction of its change."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from fastapi import Request

from shared.audit import Deed, Sealed, Who
from shared.kernel.errors import ForbiddenError
from shared.persistence.engine import WRITING
from shared.web.officer import Officer
from shared.web.site import trace_of


def who_is(officer: Officer) -> Who:
    """Return *officer* as an entry names them."""
    return Who(officer.account_id, officer.role, officer.unit)


def deed_of(
    request: Request, officer: Officer, action: str, path: Mapping[str, Any], **details: str | int
) -> Deed:
    """Return the deed of *action*; what it is about is the last of the *path*'s ids."""
    ids = {name: str(value) for name, value in path.items()}
    kind = next(reversed(ids), "")
    return Deed(
        action,
        who_is(officer),
        trace_of(request),
        object_kind=kind.removesuffix("_id"),
        object_id=ids.pop(kind, ""),
        details={**ids, **details},
    )


def enter(engine: sa.Engine, sealed: Sealed) -> None:
    """Enter a deed in a transaction of its own: one that changed nothing in this database."""
    with engine.execution_options(**WRITING).begin() as connection:
        sealed.claim(connection)


@contextmanager
def refusals_entered(engine: sa.Engine, deed: Deed) -> Iterator[None]:
    """Enter what somebody tried inside and may not do; the refusal goes on to them."""
    try:
        yield
    except ForbiddenError as refusal:
        details = {**deed.details, "code": refusal.code}
        enter(engine, Sealed(replace(deed, outcome="refused", details=details)))
        raise
