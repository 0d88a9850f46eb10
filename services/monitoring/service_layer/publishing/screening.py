"""What the county is told of screening rounds."""

from collections.abc import Iterable

from services.monitoring.domain.screening import round as screening
from services.monitoring.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.monitoring.v1 import screening as v1


@publish.register
def _(fact: screening.Opened) -> Iterable[EventData]:
    yield v1.ScreeningRoundOpened(
        occurred_on=fact.on,
        round_id=fact.round.id,
        first_on=fact.round.first_on,
        last_on=fact.round.last_on,
        plan_confirmed=fact.round.plan_confirmed,
    )


@publish.register
def _(fact: screening.Closed) -> Iterable[EventData]:
    yield v1.ScreeningRoundClosed(
        occurred_on=fact.round.closed_on or fact.round.last_on,
        round_id=fact.round.id,
        households=fact.households,
        reached=fact.reached,
    )
