"""Commands on disputes."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.dispute import Dispute, GovernancePolicy
from services.monitoring.service_layer.given import code_in, not_after_today
from services.monitoring.service_layer.household import village_in
from services.monitoring.service_layer.matter import CloseMatter, close_in
from services.monitoring.service_layer.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDispute:
    """A dispute was found in a village; *kind* is a code of ``dispute_kind``."""

    area_code: str
    kind: str
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


def open_dispute(command: OpenDispute, uow: UnitOfWork, policy: GovernancePolicy) -> str:
    """Take a dispute down and return its id."""
    code_in("dispute_kind", command.kind)
    village_in(command.area_code)
    with uow:
        dispute = Dispute.found(
            policy,
            on=not_after_today(command.on, uow.clock),
            id=uow.ids(),
            area_code=command.area_code,
            kind=command.kind,
            opened_by=command.by,
            note=command.note.strip(),
        )
        uow.disputes.add(dispute)
        uow.commit()
    return dispute.id


def close_dispute(command: CloseMatter, uow: UnitOfWork) -> None:
    """Settle a dispute, hand it on, or note that it was withdrawn."""
    with uow:
        close_in(uow.disputes, command, uow)
        uow.commit()
