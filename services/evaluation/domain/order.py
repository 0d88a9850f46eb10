"""A supervision order (督办函): one unit, one matter, a deadline with its hour, a reply, a review."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, Self, get_args

from services.evaluation.domain.supervision_errors import (
    OrderDeadlineError,
    OrderStepError,
    WithoutWordsError,
)
from shared.kernel.aggregate import Aggregate

OrderOrigin = Literal["inspection", "problem", "meeting", "dispatch", "leader"]
"""What the order came of; *origin_id* names it in its own register."""
ORIGINS: tuple[OrderOrigin, ...] = get_args(OrderOrigin)


class OrderState(StrEnum):
    ISSUED = "issued"
    ANSWERED = "answered"
    RETURNED = "returned"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class OrderStep(StrEnum):
    ANSWER = "answer"
    SEND_BACK = "send_back"
    CLOSE = "close"
    WITHDRAW = "withdraw"


_S, _T = OrderState, OrderStep
STEPS: Mapping[OrderStep, tuple[frozenset[OrderState], OrderState]] = {
    _T.ANSWER: (frozenset({_S.ISSUED, _S.RETURNED}), _S.ANSWERED),
    _T.SEND_BACK: (frozenset({_S.ANSWERED}), _S.RETURNED),
    _T.CLOSE: (frozenset({_S.ANSWERED}), _S.CLOSED),
    _T.WITHDRAW: (frozenset({_S.ISSUED, _S.RETURNED, _S.ANSWERED}), _S.WITHDRAWN),
}
OWED = frozenset({OrderState.ISSUED, OrderState.RETURNED})
"""The states in which the unit owes a reply: only then can it be overdue."""
STATE_WORDS: Mapping[OrderState, tuple[str, str]] = {
    _S.ISSUED: ("待回复", "issued"),
    _S.ANSWERED: ("已回复，待审核", "answered"),
    _S.RETURNED: ("已退回重办", "sent back"),
    _S.CLOSED: ("已办结", "closed"),
    _S.WITHDRAWN: ("已撤销", "withdrawn"),
}
_STEP_WORDS: Mapping[OrderStep, tuple[str, str]] = {
    _T.ANSWER: ("回复", "answered"),
    _T.SEND_BACK: ("退回", "sent back"),
    _T.CLOSE: ("办结", "closed"),
    _T.WITHDRAW: ("撤销", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class OrderReply:
    """One reply of the unit; *number* counts from 1."""

    order_id: str
    number: int
    answered_at: datetime
    answered_by: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OrderIssued:
    order: "Order"


@dataclass(frozen=True, slots=True)
class OrderAnswered:
    order: "Order"
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderSentBack:
    order: "Order"
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderClosed:
    order: "Order"
    at: datetime


@dataclass(frozen=True, slots=True)
class OrderWithdrawn:
    order: "Order"
    at: datetime


@dataclass(kw_only=True)
class Order(Aggregate):
    """What a unit must do and report by *due_at*, an aware UTC instant: on that instant it is still in time.

    A reply that is sent back gets a new deadline. The matter and all words stay in this office.
    """

    id: str
    number: str
    """The number of the letter (文号)."""
    unit: str
    origin: OrderOrigin
    origin_id: str
    issued_at: datetime
    due_at: datetime
    matter: str = field(repr=False)
    requirement: str = field(default="", repr=False)
    state: OrderState = OrderState.ISSUED
    replies: int = 0
    answered_at: datetime | None = None
    """When the standing reply came."""
    closed_at: datetime | None = None
    review_note: str = field(default="", repr=False)

    @classmethod
    def issue(  # noqa: PLR0913  (what an order says)
        cls,
        *,
        order_id: str,
        number: str,
        unit: str,
        origin: OrderOrigin,
        origin_id: str,
        matter: str,
        requirement: str,
        issued_at: datetime,
        due_at: datetime,
    ) -> Self:
        """Return a new order; refuses an empty matter, and a deadline that is not after *issued_at*."""
        if not matter.strip():
            raise WithoutWordsError
        if due_at <= issued_at:
            raise OrderDeadlineError
        order = cls(
            id=order_id,
            number=number.strip(),
            unit=unit,
            origin=origin,
            origin_id=origin_id,
            issued_at=issued_at,
            due_at=due_at,
            matter=matter.strip(),
            requirement=requirement.strip(),
        )
        order.raise_fact(OrderIssued(order))
        return order

    def permits(self, step: OrderStep) -> bool:
        return self.state in STEPS[step][0]

    def overdue(self, now: datetime) -> bool:
        """Say whether a reply is owed and its deadline has passed; exactly at the deadline it is not."""
        return self.state in OWED and now > self.due_at

    @property
    def in_time(self) -> bool:
        """Whether the standing reply came by the deadline then in force."""
        return self.answered_at is not None and self.answered_at <= self.due_at

    def answer(self, text: str, *, at: datetime, by: str) -> OrderReply:
        """Take the unit's reply; a late one is taken too, and stays late."""
        if not text.strip():
            raise WithoutWordsError
        self._take(OrderStep.ANSWER)
        self.replies += 1
        self.answered_at = at
        self.raise_fact(OrderAnswered(self, at))
        return OrderReply(self.id, self.replies, at, by, text.strip())

    def send_back(self, reason: str, *, at: datetime, due_at: datetime) -> None:
        """Ask for a better reply by a new deadline."""
        if not reason.strip():
            raise WithoutWordsError
        if due_at <= at:
            raise OrderDeadlineError
        self._take(OrderStep.SEND_BACK)
        self.due_at, self.review_note = due_at, reason.strip()
        self.raise_fact(OrderSentBack(self, at))

    def close(self, *, at: datetime, note: str = "") -> None:
        """Accept the reply: the matter is done."""
        self._take(OrderStep.CLOSE)
        self.closed_at, self.review_note = at, note.strip()
        self.raise_fact(OrderClosed(self, at))

    def withdraw(self, reason: str, *, at: datetime) -> None:
        """Take back an order that should not have been issued; it counts nowhere."""
        if not reason.strip():
            raise WithoutWordsError
        self._take(OrderStep.WITHDRAW)
        self.closed_at, self.review_note = at, reason.strip()
        self.raise_fact(OrderWithdrawn(self, at))

    def _take(self, step: OrderStep) -> None:
        before, then = STEPS[step]
        if self.state not in before:
            state, words = STATE_WORDS[self.state], _STEP_WORDS[step]
            raise OrderStepError(state_zh=state[0], state_en=state[1], step_zh=words[0], step_en=words[1])
        self.state = then
