"""Where social assistance is kept."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, select

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.people import still_there
from services.monitoring.adapters.register import Register
from services.monitoring.adapters.tables import allowances, care_wishes, entitlements, reliefs
from services.monitoring.domain.assistance.care_wish import CareWish
from services.monitoring.domain.assistance.entitlement import Entitlement, Payment
from services.monitoring.domain.assistance.relief import Relief
from shared.kernel.period import Month
from shared.messaging.bulk import insert_new


class Assistance:
    """The registers of social assistance, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self.entitlements = Register(connection, collect, entitlements, Entitlement)
        self.reliefs = Register(connection, collect, reliefs, Relief)
        self.care_wishes = Register(connection, collect, care_wishes, CareWish)

    def unpaid(self, month: Month, kind: str, area_code: str, limit: int) -> list[Entitlement]:
        """Return, locked, what is granted for *month* and not paid for it; of every kind when empty.

        Of somebody who has left the household (died, moved away) nothing is paid: it waits to be ended.
        """
        columns = entitlements.c
        paid = select(allowances.c.id).where(
            allowances.c.entitlement_id == columns.id, allowances.c.month == str(month)
        )
        query = select(entitlements).where(
            columns.state == "granted",
            columns.decided_on <= month.last_day,
            inside(columns.area_code, area_code),
            ~paid.exists(),
            still_there(entitlements),
        )
        if kind:
            query = query.where(columns.kind == kind)
        return self.entitlements.read(query.order_by(columns.id).limit(limit), lock=True)

    def add_payments(self, payments: Sequence[Payment]) -> None:
        """Keep the payments of one batch."""
        insert_new(self._connection, allowances, [asdict(payment) for payment in payments])
