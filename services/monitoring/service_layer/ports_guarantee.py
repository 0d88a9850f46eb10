"""What the guarantees of people need of the outside, as Protocols."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from services.monitoring.domain.assistance.care_wish import CareWish
from services.monitoring.domain.assistance.entitlement import Entitlement, Payment
from services.monitoring.domain.assistance.relief import Relief
from services.monitoring.domain.education.dropout import Dropout
from services.monitoring.domain.education.home_teaching import HomePupil, HomeVisit
from services.monitoring.domain.education.pairing import PairedChild
from services.monitoring.domain.education.student_aid import Pupil, StudentAid
from services.monitoring.domain.guarantee import Guarantee
from services.monitoring.domain.medical.cover import Cover
from services.monitoring.domain.medical.disease import Disease, DiseaseService
from services.monitoring.domain.medical.hospital_stay import HospitalStay
from shared.kernel.period import Month

G = TypeVar("G", bound=Guarantee)


@dataclass(frozen=True, slots=True)
class PersonRef:
    """Somebody on record, with household and village."""

    household_id: str
    area_code: str
    person_id: str


class Register(Protocol[G]):
    """A register. ``get`` raises GuaranteeNotFoundError, ``add`` and ``save`` StaleVersionError."""

    def get(self, id_: str, /) -> G: ...
    def add(self, one: G, /) -> None: ...
    def save(self, one: G, /) -> None: ...
    def add_new(self, many: Sequence[G], /) -> list[G]:
        """Keep those whose id is not on record, and return them."""
        ...

    def put(self, many: Sequence[G], /) -> None:
        """Keep many at once, read with *lock* in this transaction, or new."""
        ...

    def matching(self, *, lock: bool = False, limit: int | None = None, **equal: object) -> list[G]:
        """Return the entries whose columns are *equal*; a tuple means one of them."""
        ...


class Education(Protocol):
    """The registers of the guarantee of education."""

    @property
    def dropouts(self) -> Register[Dropout]: ...
    @property
    def aids(self) -> Register[StudentAid]: ...
    @property
    def home_pupils(self) -> Register[HomePupil]: ...
    @property
    def paired_children(self) -> Register[PairedChild]: ...
    def add_visit(self, visit: HomeVisit) -> None: ...
    def due_aids(
        self, term: str, kind: str, area_code: str, limit: int, ids: Sequence[str] = ()
    ) -> list[StudentAid]:
        """Return, locked, what is to be paid of a term to pupils still there; only *ids*, if given."""
        ...


class Medical(Protocol):
    """The registers of the guarantee of medical care."""

    @property
    def covers(self) -> Register[Cover]: ...
    @property
    def stays(self) -> Register[HospitalStay]: ...
    @property
    def diseases(self) -> Register[Disease]: ...
    def add_service(self, service: DiseaseService) -> None: ...


class Assistance(Protocol):
    """The registers of social assistance."""

    @property
    def entitlements(self) -> Register[Entitlement]: ...
    @property
    def reliefs(self) -> Register[Relief]: ...
    @property
    def care_wishes(self) -> Register[CareWish]: ...
    def unpaid(self, month: Month, kind: str, area_code: str, limit: int) -> list[Entitlement]:
        """Return, locked, what is granted for *month* and not paid for it."""
        ...

    def add_payments(self, payments: Sequence[Payment]) -> None: ...


class People(Protocol):
    """Questions to the registry, set-wise."""

    def by_number(self, numbers: Sequence[str]) -> dict[str, PersonRef]: ...
    def insured(self, person_ids: Sequence[str]) -> dict[str, tuple[bool, bool]]:
        """Return whether the registry has each in the residents' and in the employees' insurance."""
        ...

    def pupils(self, statuses: Collection[str], area_code: str = "") -> list[Pupil]: ...
    def special_children(self, born_after: date, born_until: date) -> list[tuple[PersonRef, str]]: ...
    def ill(self, health: str) -> list[PersonRef]: ...
    def disabled(self, grades: Collection[str] = (), *, poor: bool = False) -> list[PersonRef]: ...
    def heavy_without_aid(self, grades: Collection[str]) -> list[PersonRef]: ...
    def households_without_labour(self) -> list[PersonRef]: ...
    def elders_alone(self, born_until: date) -> list[PersonRef]: ...
