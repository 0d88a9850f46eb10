"""What a rule sees of a household, its members, their work, and of a village. Nothing is refused here.

``None`` is what nobody has filled in. Codes are those of domain 8.3. Money is
in fen, land in mu, ways in kilometres.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from shared.kernel.period import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """A person who belongs to the household now. The number and the telephone never leave the rules."""

    id: str
    id_number: str = field(default="", repr=False)
    document: str | None = None
    phone: str = field(default="", repr=False)
    born_on: date
    sex: str
    relation: str | None = None
    ethnicity: str | None = None
    education: str | None = None
    school_status: str | None = None
    absence_reason: str | None = None
    health: tuple[str, ...] = ()
    labour_skill: str | None = None
    mandarin: bool | None = None
    low_income_aid: bool | None = None
    destitute_aid: bool | None = None
    resident_insured: bool | None = None
    employee_insured: bool | None = None
    serious_illness_insured: bool | None = None
    commercial_insured: bool | None = None
    resident_pension: bool | None = None
    employee_pension: bool | None = None
    medical_aid: bool | None = None
    abroad: bool | None = None
    vocational_aid: bool | None = None
    """Receives 雨露计划."""
    work_place: str | None = None
    work_months: int | None = None
    posts: tuple[str, ...] = ()
    post_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """One entry of the monthly record of work (务工月监测, domain 8.5). Places are area codes."""

    person_id: str
    working: bool | None = None
    planned: bool | None = None
    started_on: date | None = None
    ended_on: date | None = None
    previous_ended_on: date | None = None
    place: str | None = None
    wage_fen: int | None = None
    employer: str | None = None
    industry: str | None = None
    channel: str | None = None
    point_to_point: bool | None = None
    travel_subsidy_fen: int | None = None
    service_need: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeView:
    """A ledger's sums, and the monitoring line of its own day. None: nobody filled it in."""

    wage: int | None = None
    property_income: int | None = None
    transfer: int | None = None
    operating: int | None = None
    operating_cost: int | None = None
    net: int | None = None
    net_per_head: int | None = None
    claim: int | None = None
    self_paid: int | None = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Safeguards:
    """The four answers of a snapshot; True is a problem, None was not answered."""

    dropout: bool | None = None
    house: bool | None = None
    water: bool | None = None
    uninsured: bool | None = None


class Kind(NamedTuple):
    """What decides which rules a household is asked."""

    lifted_out: bool
    monitored: bool
    eliminated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdView:
    """A household as it stands, with its case and its measures when it is or was monitored."""

    id: str
    area_code: str
    lifted_out: bool = False
    monitored: bool = False
    eliminated: bool = False
    phone: str = field(default="", repr=False)
    persons_recorded: int | None = None
    members: tuple[MemberView, ...] = ()
    works: tuple[WorkView, ...] = ()
    income: IncomeView | None = None
    electricity: bool | None = None
    cultivated: Decimal | None = None
    forest: Decimal | None = None
    returned: Decimal | None = None
    orchard: Decimal | None = None
    pasture: Decimal | None = None
    water_area: Decimal | None = None
    road_type: str | None = None
    road_km: Decimal | None = None
    house_area: Decimal | None = None
    unsafe_house: bool | None = None
    safe_water: bool | None = None
    toilet: bool | None = None
    collector: str = ""
    collector_phone: str = field(default="", repr=False)
    identified: Month | None = None
    eliminated_in: Month | None = None
    elimination_way: str | None = None
    risks: tuple[str, ...] = ()
    other_note: str = field(default="", repr=False)
    disaster: str = ""
    measures: frozenset[tuple[str, str]] = frozenset()
    """Category and value, e.g. 100A48 and 001."""
    measured_persons: frozenset[tuple[str, str]] = frozenset()
    """Person and category, where a measure is for one person."""
    development: str | None = None
    """实施开发式帮扶措施情况: 01 已实施, 02 尚未实施."""
    labourless_flag: bool | None = None
    before: Safeguards | None = None
    """The snapshot of identification."""
    after: Safeguards | None = None
    """The snapshot of elimination."""
    income_before: IncomeView | None = None
    income_after: IncomeView | None = None

    @property
    def kind(self) -> Kind:
        return Kind(self.lifted_out, self.monitored, self.eliminated)

    @property
    def categories(self) -> frozenset[str]:
        """The categories of measures on record."""
        return frozenset(category for category, _ in self.measures)


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageView:
    """A village's own record (domain 8.7), with what its households add up to where that is compared."""

    area_code: str
    households: int | None = None
    population: int | None = None
    resident_households: int | None = None
    resident_population: int | None = None
    collective_income_fen: int | None = None
    primary_schools: int | None = None
    clinics: int | None = None
    doctors: int | None = None
    public_toilets: int | None = None
    rubbish_points: int | None = None
    libraries: int | None = None
    low_income_households: int | None = None
    low_income_persons: int | None = None
    destitute_persons: int | None = None
    disabled_persons: int | None = None
    pension_insured: int | None = None
    bus: bool | None = None
    hard_road_to_town: bool | None = None
    without_water: int | None = None
    unsafe_houses: int | None = None
    unsafe_planned: int | None = None
    hardened_km: Decimal | None = None
    new_road_km: Decimal | None = None
    road_km: Decimal | None = None
    damaged_km: Decimal | None = None
    lamps: int | None = None
    lamp_distance_m: int | None = None
    large_hamlets: int | None = None
    large_hamlets_with_road: int | None = None
    clean_energy: bool | None = None
    clean_energy_kind: str | None = None
    clean_energy_households: int | None = None
    other_clean_energy_households: int | None = None
    toilets_rebuilt: int | None = None
    cultivated: Decimal | None = None
    forest: Decimal | None = None
    returned: Decimal | None = None
    orchard: Decimal | None = None
    pasture: Decimal | None = None
    water_area: Decimal | None = None
    land_of_households: tuple[Decimal, ...] = ()
    """The sums of the households' land, in the order of :data:`LAND`."""


LAND = ("cultivated", "forest", "returned", "orchard", "pasture", "water_area")
"""耕地, 林地, 退耕, 林果, 牧草, 水面."""
