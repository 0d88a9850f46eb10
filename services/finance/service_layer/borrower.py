"""Borrowers are taken from monitoring's events; nothing here is entered by hand."""

from collections.abc import Sequence

from services.finance.domain.borrower import HouseholdSnapshot, Identification, Member
from services.finance.service_layer.ports import UnitOfWork
from shared.contracts.envelope import Envelope
from shared.contracts.monitoring import v1


def record_households(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Take in household snapshots, in any order: the higher version stays."""
    uow.borrowers.record([_snapshot(v1.HouseholdRecorded.model_validate(event.data)) for event in events])


def identify_households(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Take in which households became monitored ones, also before their snapshot."""
    identified = [v1.CaseIdentified.model_validate(event.data) for event in events]
    uow.borrowers.identify(
        [
            Identification(body.case_id, body.household_id, body.monitored_class, body.occurred_on)
            for body in identified
        ]
    )


def _snapshot(event: v1.HouseholdRecorded) -> HouseholdSnapshot:
    return HouseholdSnapshot(
        household_id=event.household_id,
        household_no=event.household_no,
        version=event.version,
        area_code=event.area_code,
        household_type=event.household_type,
        lifted_out=event.lifted_out,
        members=tuple(
            Member(
                person_id=member.person_id,
                person_no=member.person_no,
                relation=member.relation,
                sex=member.sex,
                born_on=member.born_on,
                left=member.left,
            )
            for member in event.members
        ),
    )
