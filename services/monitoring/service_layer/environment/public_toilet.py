"""Commands on new public toilets."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.environment.public_toilet import PublicToilet, PublicToiletStep
from services.monitoring.service_layer.acting import StepCommand, acting_of
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today, text_in
from services.monitoring.service_layer.household import village_in
from services.monitoring.service_layer.ports import UnitOfWork

_SITE, _MOST_SITE = ("选址", "site"), 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPublicToilet:
    """A site in a village; *kind* of ``public_toilet_kind``, *place* of ``public_toilet_place``."""

    area_code: str
    site: str
    kind: str
    place: str
    on: date
    caretaker: bool = False
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvancePublicToilet(StepCommand):
    """The next step of building; opening is the department's inspection."""

    public_toilet_id: str
    step: PublicToiletStep


def plan_public_toilet(command: PlanPublicToilet, uow: UnitOfWork) -> str:
    """Plan a public toilet and return its id."""
    village_in(command.area_code)
    code_in("public_toilet_kind", command.kind)
    code_in("public_toilet_place", command.place)
    text_in(command.site, _SITE, most=_MOST_SITE, least=1)
    with uow:
        toilet = PublicToilet.plan(
            Acting(not_after_today(command.on, uow.clock), command.by, command.note.strip()),
            id=uow.ids(),
            area_code=command.area_code,
            site=command.site,
            kind=command.kind,
            place=command.place,
            caretaker=command.caretaker,
        )
        uow.environment.public_toilets.add(toilet)
        uow.commit()
    return toilet.id


def advance_public_toilet(command: AdvancePublicToilet, uow: UnitOfWork) -> None:
    """Take the next step."""
    with uow:
        toilet = uow.environment.public_toilets.get(command.public_toilet_id)
        expect_version(toilet, command.version)
        toilet.advance(command.step, acting_of(command, uow.clock))
        uow.environment.public_toilets.save(toilet)
        uow.commit()
