"""Commands on listed diseases.

::

    list_disease(ListDisease(household_id=…, person_id=…, kind="chronic", disease="diabetes", on=…), uow, p)
    list_diseases(ListDiseases(kind="serious", on=…), uow, policy)  -> int new, from the registry's health
    sign_contract(SignContract(disease_id=…, contract_no=…, doctor=…, on=…), uow)
    record_service(RecordService(disease_id=…, on=…), uow, policy)  -> id; a treatment of a serious disease
    end_disease(EndDisease(disease_id=…, reason="cured", on=…), uow)
"""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.guarantee_errors import AlreadyOpenError
from services.monitoring.domain.medical.disease import (
    CHRONIC,
    SERIOUS,
    Disease,
    DiseasePolicy,
    DiseaseService,
)
from services.monitoring.domain.member import CHRONIC as CHRONICALLY_ILL
from services.monitoring.domain.member import SERIOUSLY_ILL
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today, text_in
from services.monitoring.service_layer.guaranteeing import parts
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.ports_guarantee import PersonRef
from shared.kernel.ids import derived_id
from shared.kernel.period import add_days

HEALTH_OF = {SERIOUS: SERIOUSLY_ILL, CHRONIC: CHRONICALLY_ILL}
_OPEN = ("listed", "signed", "treated")
_DOCTOR, _MOST_DOCTOR, _MOST_CONTRACT = ("签约医生", "doctor"), 60, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDisease:
    """Put a disease of somebody on the list; the registry's health of the person is put right with it."""

    household_id: str
    person_id: str
    kind: str
    disease: str
    on: date
    proof: str = "certificate"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDiseases:
    """List everybody of lifted-out and monitored households whom the registry has as ill; who is, stays."""

    kind: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DiseaseCommand:
    disease_id: str
    on: date
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignContract(DiseaseCommand):
    """Sign the contract of a chronic patient with a family doctor's team."""

    contract_no: str
    doctor: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordService(DiseaseCommand):
    """The chronic patient was visited under contract, or the serious disease was treated."""

    doctor: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDisease(DiseaseCommand):
    """Take off the list; *reason* is a code of ``disease_end``."""

    reason: str


def list_disease(command: ListDisease, uow: UnitOfWork, policy: DiseasePolicy) -> str:
    """Return the entry's id; refuses a disease that is on the list for this person."""
    code_in("disease_kind", command.kind)
    code_in("listed_disease", command.disease)
    code_in("disease_proof", command.proof)
    with uow:
        household = uow.households.get(command.household_id)
        person = PersonRef(household.id, household.area_code, household.member(command.person_id).id)
        if uow.medical.diseases.matching(
            person_id=person.person_id, kind=command.kind, disease=command.disease, state=_OPEN
        ):
            raise AlreadyOpenError
        on = not_after_today(command.on, uow.clock)
        disease = _listed(person, command.kind, on, policy, uow.ids(), command.disease, command.proof)
        uow.medical.diseases.add(disease)
        household.note_health(person.person_id, HEALTH_OF[command.kind], on=on)
        if household.facts:
            uow.households.save(household)
        uow.commit()
    return disease.id


def list_diseases(command: ListDiseases, uow: UnitOfWork, policy: DiseasePolicy) -> int:
    """Return how many are new; which disease it is, the health office finds out."""
    code_in("disease_kind", command.kind)
    on = not_after_today(command.on, uow.clock)
    with uow:
        ill = uow.people.ill(HEALTH_OF[command.kind])
    new = 0
    for part in parts(ill):
        with uow:
            persons = tuple(person.person_id for person in part)
            listed = uow.medical.diseases.matching(person_id=persons, kind=command.kind, state=_OPEN)
            known = {one.person_id for one in listed}
            found = [
                _listed(person, command.kind, on, policy, _id_of(person, command.kind), "unknown", "registry")
                for person in part
                if person.person_id not in known
            ]
            new += len(uow.medical.diseases.add_new(found))
            uow.commit()
    return new


def sign_contract(command: SignContract, uow: UnitOfWork) -> None:
    text_in(command.contract_no, ("协议编号", "number of the contract"), most=_MOST_CONTRACT)
    with uow:
        disease = _read(command, uow)
        doctor = text_in(command.doctor.strip(), _DOCTOR, most=_MOST_DOCTOR)
        disease.sign(command.contract_no, doctor, on=not_after_today(command.on, uow.clock))
        uow.medical.diseases.save(disease)
        uow.commit()


def record_service(command: RecordService, uow: UnitOfWork, policy: DiseasePolicy) -> str:
    """Return the service's id; without *doctor* it was the contracted one."""
    with uow:
        disease = _read(command, uow)
        service = DiseaseService(
            id=uow.ids(),
            disease_id=disease.id,
            served_on=not_after_today(command.on, uow.clock),
            doctor=text_in(command.doctor.strip() or disease.doctor, _DOCTOR, most=_MOST_DOCTOR),
            note=command.note.strip(),
        )
        if disease.kind == SERIOUS:
            disease.treat(service)
        else:
            disease.serve(service, policy)
        uow.medical.add_service(service)
        uow.medical.diseases.save(disease)
        uow.commit()
    return service.id


def end_disease(command: EndDisease, uow: UnitOfWork) -> None:
    code_in("disease_end", command.reason)
    with uow:
        disease = _read(command, uow)
        disease.end(command.reason, on=not_after_today(command.on, uow.clock))
        uow.medical.diseases.save(disease)
        uow.commit()


def _listed(
    person: PersonRef, kind: str, on: date, policy: DiseasePolicy, id_: str, disease: str, proof: str
) -> Disease:
    limit = (policy.treat_days if kind == SERIOUS else policy.first_service_days).entry_on(on)
    return Disease.put_on_list(
        id=id_,
        household_id=person.household_id,
        area_code=person.area_code,
        person_id=person.person_id,
        kind=kind,
        disease=disease,
        proof=proof,
        listed_on=on,
        due_on=add_days(on, limit.value),
        limit_confirmed=limit.confirmed,
    )


def _id_of(person: PersonRef, kind: str) -> str:
    return derived_id("disease", person.person_id, kind)


def _read(command: DiseaseCommand, uow: UnitOfWork) -> Disease:
    disease = uow.medical.diseases.get(command.disease_id)
    expect_version(disease, command.version)
    return disease
