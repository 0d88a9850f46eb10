"""A resettlement site: what it needs, and who answers for what, residence or registration (items 14, 15)."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal, Self

from services.monitoring.domain.matter import Matter
from services.monitoring.domain.relocation.errors import DutyTwiceError
from shared.kernel.aggregate import Aggregate

Side = Literal["residence", "registration"]


@dataclass(frozen=True, slots=True)
class SiteDuty:
    """One duty, a code of ``site_duty``; *unit* answers for it, on that *side*."""

    duty: str
    side: Side
    unit: str


@dataclass(kw_only=True)
class ResettlementSite(Aggregate):
    """One of the county's 33 sites; *invented* ones stand in where no list was found.

    *needs* has what was planned for each kind of need (``site_need``), as of *planned_on*.
    """

    id: str
    name: str
    area_code: str
    address: str = ""
    invented: bool = False
    needs: dict[str, str]
    planned_on: date | None = None
    duties: tuple[SiteDuty, ...] = ()
    duties_signed_on: date | None = None
    recorded_on: date
    recorded_by: str = field(default="", repr=False)

    def plan(self, needs: dict[str, str], *, on: date) -> None:
        """Note what the site needs; a kind that is left out needs nothing."""
        self.needs = {kind: text for kind, text in needs.items() if text}
        self.planned_on = on

    def sign_duties(self, duties: tuple[SiteDuty, ...], *, on: date) -> None:
        """Put the list of duties in force from *on*; refuses one duty given to two."""
        if any(times > 1 for times in Counter(one.duty for one in duties).values()):
            raise DutyTwiceError
        self.duties = duties
        self.duties_signed_on = on


@dataclass(kw_only=True)
class FacilityTask(Matter):
    """Something to be built or set up for a site; its day is given by the plan."""

    ways: ClassVar[tuple[str, ...]] = ("done",)

    site_id: str
    kind: str

    @classmethod
    def planned(cls, **told: object) -> Self:
        """Return the task; the county gave its day itself."""
        task = cls(**told, limit_confirmed=True)  # type: ignore[arg-type]  # the fields above, from one caller
        task.open()
        return task
