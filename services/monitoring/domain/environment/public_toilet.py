"""A new public toilet of a village, from the plan to its opening (plan item 27: 20 in 2022)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, Self

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.process import Process, StepRule
from shared.kernel.errors import NotFoundError


class PublicToiletNotFoundError(NotFoundError):
    code = "public_toilet_not_found"
    zh = "没有找到这座公厕"
    en = "There is no such public toilet"


class PublicToiletStage(StrEnum):
    PLANNED = "planned"
    STARTED = "started"
    BUILT = "built"
    OPEN = "open"


class PublicToiletStep(StrEnum):
    START = "start"
    BUILD = "build"
    OPEN = "open_up"


_S, _T = PublicToiletStage, PublicToiletStep
_STATES: dict[str, tuple[str, str]] = {
    _S.PLANNED: ("已选址，待开工", "planned"),
    _S.STARTED: ("已开工", "begun"),
    _S.BUILT: ("已建成，待验收开放", "built"),
    _S.OPEN: ("已开放使用", "open"),
}
_STEPS: dict[str, StepRule] = {
    _T.START: StepRule("开工", "Building began", ("town", "department"), {_S.PLANNED: _S.STARTED}),
    _T.BUILD: StepRule("建成", "Built", ("town", "department"), {_S.STARTED: _S.BUILT}),
    _T.OPEN: StepRule("验收并开放", "Inspected and opened", ("department",), {_S.BUILT: _S.OPEN}),
}


@dataclass(frozen=True, slots=True)
class PublicToiletAdvanced:
    """A public toilet came to *stage* on *on*."""

    toilet: "PublicToilet"
    stage: PublicToiletStage
    on: date


@dataclass(kw_only=True)
class PublicToilet(Process):
    """One site. *due_on* is by when it must be open; *caretaker* says whether somebody looks after it."""

    STEPS: ClassVar[Mapping[str, StepRule]] = _STEPS
    STATES: ClassVar[Mapping[str, tuple[str, str]]] = _STATES
    CLOSED: ClassVar[frozenset[str]] = frozenset({_S.OPEN})

    site: str
    kind: str
    place: str
    caretaker: bool = False
    planned_on: date
    opened_on: date | None = None

    @classmethod
    def plan(cls, acting: Acting, **told: Any) -> Self:  # noqa: ANN401  (the fields above)
        """Return a newly planned site; it must be open by the end of its year (plan item 27)."""
        toilet = cls(
            **told,
            state=_S.PLANNED,
            planned_on=acting.on,
            last_step_on=acting.on,
            due_on=date(acting.on.year, 12, 31),
            limit_confirmed=False,
        )
        toilet._begin(acting)
        toilet.raise_fact(PublicToiletAdvanced(toilet, _S.PLANNED, acting.on))
        return toilet

    def advance(self, step: PublicToiletStep, acting: Acting) -> None:
        """Take the next step; none can be left out."""
        self._take(step, acting)
        stage = PublicToiletStage(self.state)
        if stage is _S.OPEN:
            self.opened_on = acting.on
        self.raise_fact(PublicToiletAdvanced(self, stage, acting.on))
