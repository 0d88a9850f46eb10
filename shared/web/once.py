"""The web's side of a request that is carried out once: the key, the fingerprint, the first answer again."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Lock

import sqlalchemy as sa
from pydantic_core import to_jsonable_python

from shared.kernel.clock import Clock, system_clock
from shared.kernel.errors import InvalidInputError, Problem
from shared.messaging.idempotency import (
    Answer,
    IdempotentRequest,
    RequestRunningError,
    claimed_before,
    save_answer,
)
from shared.persistence.engine import WRITING
from shared.web.asking import Done
from shared.web.forms import Form

HEADER = "Idempotency-Key"
REPLAY_HEADER = "Idempotent-Replay"
FIELD = "idempotency_key"
ANSWER_WITHIN = timedelta(seconds=30)
"""An answer that is still missing after this was lost with its process; the command was committed."""

_KEY = re.compile(r"[\x21-\x7e]{1,128}")


class BadKeyError(InvalidInputError):
    code = "idempotency_key_invalid"
    zh = "请求编号须为 1 至 128 个可见的 ASCII 字符"
    en = "An idempotency key is 1 to 128 visible ASCII characters"


class Once:
    """Carries out each keyed request once over the service's own database."""

    def __init__(self, engine: sa.Engine, clock: Clock = system_clock) -> None:
        self._engine = engine
        self._clock = clock
        self._running: set[str] = set()
        self._lock = Lock()

    def request(self, account_id: str, key: str | None, path: str, form: Form) -> IdempotentRequest | None:
        """Return the request under *key*; None when the caller gave none."""
        if not key:
            return None
        if not _KEY.fullmatch(key):
            raise BadKeyError
        asked = json.dumps([path, form.model_dump(mode="json")], sort_keys=True, ensure_ascii=False)
        fingerprint = hashlib.sha256(asked.encode()).hexdigest()
        return IdempotentRequest(account_id, key, fingerprint, self._clock())

    def carry_out(self, once: IdempotentRequest | None, act: Callable[[], Done]) -> tuple[Done, bool]:
        """Return what *act* answers, or answered the first time, and whether this is a repetition.

        A refusal is not kept: nothing was done, and the next try may succeed.
        """
        if once is None:
            return act(), False
        earlier = self._earlier(once)
        if earlier is not None:
            return earlier, True
        with self._alone(once):
            try:
                done = act()
            except Problem:
                # The same request may have finished while this one was on its way.
                earlier = self._earlier(once)
                if earlier is None:
                    raise
                return earlier, True
            self._keep(once, done)
            return done, False

    @contextmanager
    def _alone(self, once: IdempotentRequest) -> Iterator[None]:
        """Let no second one with the key in; another process is stopped by the claim in the database."""
        with self._lock:
            if once.row_key in self._running:
                raise RequestRunningError
            self._running.add(once.row_key)
        try:
            yield
        finally:
            with self._lock:
                self._running.discard(once.row_key)

    def _earlier(self, once: IdempotentRequest) -> Done | None:
        with self._engine.connect() as connection:
            claimed = claimed_before(connection, once)
        if claimed is None:
            return None
        if claimed.answer is not None:
            return _done(claimed.answer)
        if self._clock() - claimed.at < ANSWER_WITHIN:
            raise RequestRunningError
        return Done("/", "这项请求此前已经办理", "This request was carried out before")

    def _keep(self, once: IdempotentRequest, done: Done) -> None:
        with self._engine.execution_options(**WRITING).begin() as connection:
            # For what changes no database, and so did not claim it: from now on it is known.
            once.claim(connection)
            save_answer(connection, once, _answer(done))


def _answer(done: Done) -> Answer:
    text = json.dumps(
        {"zh": done.zh, "en": done.en, "body": to_jsonable_python(done.body)}, ensure_ascii=False
    )
    return Answer(201 if done.created else 200, done.location, text)


def _done(answer: Answer) -> Done:
    kept = json.loads(answer.body or "{}")
    created = answer.status == 201  # noqa: PLR2004  (the one the constructor above wrote)
    return Done(answer.location or "/", kept["zh"], kept["en"], kept["body"], created=created)
