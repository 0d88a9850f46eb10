"""A serious disease to be treated or a chronic one to be served under contract (大病专项救治、慢病签约)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Self

from services.monitoring.domain.guarantee import Guarantee, Way, moved, not_before
from services.monitoring.domain.guarantee_errors import StepRefusedError
from shared.kernel.period import add_months
from shared.parameters.figure import DatedFigure

SERIOUS, CHRONIC = "serious", "chronic"
STATES = {
    "listed": ("已列入名单", "listed"),
    "signed": ("已签约", "contract signed"),
    "treated": ("已救治", "treated"),
    "ended": ("已移出", "off the list"),
}
WAYS = {
    "sign": Way(("listed", "signed"), "signed", "签约", "sign the contract"),
    "treat": Way(("listed", "treated"), "treated", "登记救治", "record the treatment"),
    "serve": Way(("signed",), None, "登记随访服务", "record a service visit"),
    "end": Way(("listed", "signed", "treated"), "ended", "移出名单", "take off the list"),
}
_ONLY = {"sign": CHRONIC, "serve": CHRONIC, "treat": SERIOUS}


@dataclass(frozen=True, slots=True)
class Listed:
    """A disease was put on the list."""

    disease: "Disease"


@dataclass(frozen=True, slots=True)
class Served:
    """The listed person was treated or served."""

    disease: "Disease"
    service: "DiseaseService"
    next_due_on: date | None


@dataclass(frozen=True, slots=True)
class DiseasePolicy:
    """By when a listed patient is treated or first served, how often then, and which are the two diseases."""

    treat_days: DatedFigure[int]
    first_service_days: DatedFigure[int]
    service_months: DatedFigure[int]
    two_diseases: DatedFigure[tuple[str, ...]]
    simple_proofs: DatedFigure[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DiseaseService:
    """One treatment or service visit. *note* stays in this service."""

    id: str
    disease_id: str
    served_on: date
    doctor: str = field(repr=False)
    note: str = field(default="", repr=False)


@dataclass(kw_only=True)
class Disease(Guarantee):
    """One listed disease of one person. *doctor* is the contracted team, by number, inside this service."""

    person_id: str
    kind: str
    disease: str
    proof: str
    listed_on: date
    due_on: date
    limit_confirmed: bool
    state: str = "listed"
    contract_no: str = ""
    doctor: str = field(default="", repr=False)
    signed_on: date | None = None
    served_on: date | None = None
    ended_on: date | None = None
    reason: str = ""

    @classmethod
    def put_on_list(cls, **listed: object) -> Self:
        """Return a newly listed disease (the fields above)."""
        disease = cls(**listed)  # type: ignore[arg-type]  # the fields above, from one caller
        disease.raise_fact(Listed(disease))
        return disease

    def sign(self, contract_no: str, doctor: str, *, on: date) -> None:
        """Sign the yearly contract with the family doctor's team; again each year."""
        state = self._moved("sign")
        self.signed_on = not_before(on, self.signed_on or self.listed_on)
        self.state, self.contract_no, self.doctor = state, contract_no, doctor

    def serve(self, service: DiseaseService, policy: DiseasePolicy) -> None:
        """Record a service visit of a chronic patient; the next is due some months later."""
        self.state = self._moved("serve")
        first = max(filter(None, (self.signed_on, self.served_on)), default=self.listed_on)
        self.served_on = not_before(service.served_on, first)
        self.due_on = add_months(service.served_on, policy.service_months.on(service.served_on))
        self.raise_fact(Served(self, service, self.due_on))

    def treat(self, service: DiseaseService) -> None:
        """Record the treatment of a serious disease; nothing is due then, and more may follow."""
        self.state = self._moved("treat")
        self.served_on = not_before(service.served_on, self.served_on or self.listed_on)
        self.raise_fact(Served(self, service, None))

    def end(self, reason: str, *, on: date) -> None:
        """Take it off the list with a code of ``disease_end``."""
        state = self._moved("end")
        self.ended_on = not_before(on, self.served_on or self.signed_on or self.listed_on)
        self.state, self.reason = state, reason

    def _moved(self, step: str) -> str:
        if _ONLY.get(step, self.kind) != self.kind:
            way = WAYS[step]
            zh, en = (
                ("慢性病", "a chronic disease") if self.kind == CHRONIC else ("大病", "a serious disease")
            )
            raise StepRefusedError(step_zh=way.zh, step_en=way.en, state_zh=zh, state_en=en)
        return moved(WAYS, STATES, step, self.state)


def proof_doubtful(kind: str, disease: str, proof: str, policy: DiseasePolicy, day: date) -> bool:
    """Whether *proof* is one that only the two diseases (高血压、糖尿病) may be recognised by.

    Which papers count is unconfirmed: it marks, and refuses nobody.
    """
    simple = proof in policy.simple_proofs.on(day)
    return simple and not (kind == CHRONIC and disease in policy.two_diseases.on(day))
