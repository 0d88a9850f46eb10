"""Supervision orders are answered, in time or late; triggers that rules propose are decided by people."""

from datetime import date, datetime, timedelta
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import World
from services.evaluation.domain.order import OrderState
from services.evaluation.service_layer.accountability import (
    ConcludeTrigger,
    DecideTrigger,
    ReferTrigger,
    conclude_trigger,
    decide_trigger,
    refer_trigger,
)
from services.evaluation.service_layer.interview import RecordInterview, record_interview
from services.evaluation.service_layer.order import (
    AnswerOrder,
    CloseOrder,
    SendBackOrder,
    answer_order,
    close_order,
    send_back_order,
)
from shared.contracts.envelope import Envelope
from shared.kernel.clock import day_of


class Orders:
    """Hears of each order and each trigger once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._evaluation = world.county.evaluation
        self._heard = 0

    def plan(self) -> None:
        """Answer every order and decide every trigger."""
        self._world.courier.listen(self._hear)

    def _hear(self, event: Envelope) -> None:
        if event.fact == "evaluation.order_issued":
            self._ordered(event)
        elif event.fact == "evaluation.accountability_triggered":
            self._heard += 1
            chance = self._world.chance("trigger", str(self._heard))
            trigger_id, unit = str(event.data["trigger_id"]), str(event.data["unit"])
            act = partial(self._decide, trigger_id, unit, chance)
            self._world.agenda.after(self._world.today(), chance.number(2, 6), act)

    def _ordered(self, event: Envelope) -> None:
        chance = self._world.chance("order", str(event.data["number"]))
        due = day_of(datetime.fromisoformat(str(event.data["due_at"])))
        late = chance.happens(rates()["supervision"]["order_late"])
        today = self._world.today()
        day = due + timedelta(days=chance.number(1, 6)) if late else max(due - timedelta(days=1), today)
        act = partial(self._answer, str(event.data["order_id"]), str(event.data["unit"]), chance)
        self._world.agenda.on(max(day, today), act)

    def _answer(self, order_id: str, unit: str, chance: Chance, day: date) -> None:
        command = AnswerOrder(order_id=order_id, unit=unit, text="示例：已落实，情况附后", by="sim-unit")
        answer_order(command, self._evaluation.uow())
        self._world.agenda.after(day, 1, partial(self._read, order_id, unit, chance))

    def _read(self, order_id: str, unit: str, chance: Chance, day: date) -> None:
        if chance.happens(rates()["supervision"]["order_sent_back"]):
            command = SendBackOrder(order_id=order_id, reason="示例：回复不具体")
            send_back_order(command, self._evaluation.uow(), self._evaluation.supervision)
            self._world.agenda.after(day, 1, partial(self._answer, order_id, unit, chance))
            return
        with self._evaluation.uow() as uow:
            answered = uow.orders.get(order_id).state is OrderState.ANSWERED
        if answered:
            close_order(CloseOrder(order_id=order_id), self._evaluation.uow())

    def _decide(self, trigger_id: str, unit: str, chance: Chance, day: date) -> None:
        confirmed = chance.happens(rates()["supervision"]["trigger_confirmed"])
        reason = "示例：情况属实" if confirmed else "示例：客观原因，已整改"
        command = DecideTrigger(trigger_id=trigger_id, confirmed=confirmed, reason=reason)
        decide_trigger(command, self._evaluation.uow())
        if not confirmed:
            return
        units = [one.id for one in self._evaluation.units()]
        talk = RecordInterview(
            unit=unit,
            kind="interview",
            held_on=day,
            matter="示例：约谈提醒",
            about_kind="trigger",
            about_id=trigger_id,
        )
        record_interview(talk, self._evaluation.uow(), units)
        self._world.agenda.after(day, 3, partial(self._refer, trigger_id))

    def _refer(self, trigger_id: str, day: date) -> None:
        refer_trigger(ReferTrigger(trigger_id=trigger_id, on=day), self._evaluation.uow())
        self._world.agenda.after(day, 20, partial(self._conclude, trigger_id))

    def _conclude(self, trigger_id: str, day: date) -> None:
        command = ConcludeTrigger(trigger_id=trigger_id, outcome="unit_self_criticism", on=day)
        conclude_trigger(command, self._evaluation.uow(), self._evaluation.supervision)
