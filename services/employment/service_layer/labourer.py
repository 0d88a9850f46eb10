"""Labourers are taken from monitoring's household snapshots; nothing here is entered by hand."""

from collections.abc import Sequence

from services.employment.domain.labourer import HouseholdSnapshot, Member
from services.employment.service_layer.ports import UnitOfWork
from shared.contracts.envelope import Envelope
from shared.contracts.monitoring import v1


def record_households(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Take in household snapshots, in any order: the higher version stays."""
    uow.labourers.record([_snapshot(v1.HouseholdRecorded.model_validate(event.data)) for event in events])


def _snapshot(event: v1.HouseholdRecorded) -> HouseholdSnapshot:
    return HouseholdSnapshot(
        household_id=event.household_id,
        household_no=event.household_no,
        version=event.version,
        area_code=event.area_code,
        household_type=event.household_type,
        lifted_out=event.lifted_out,
        relocated=event.relocated,
        members=tuple(
            Member(
                person_id=member.person_id,
                person_no=member.person_no,
                relation=member.relation,
                sex=member.sex,
                born_on=member.born_on,
                labour_skill=member.labour_skill,
                school_status=member.school_status,
                left=member.left,
            )
            for member in event.members
        ),
    )
