"""How a household lives: land, road, house, water, toilet, energy, and who helps it to earn."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from services.monitoring.domain.errors import LivingContradictsError

HARDENED = "3"
CLEAN_ENERGY = "4"
DANGEROUS_GRADES = frozenset({"C", "D"})


@dataclass(frozen=True, slots=True, kw_only=True)
class LivingConditions:
    """The living conditions and the farm household form of 2022 (domain 8.1, 8.7, 10).

    None means that nobody has said. Land is in mu, the way to the road in
    kilometres, the floor in square metres; codes are those of domain 8.1 and 10.
    """

    farmland_mu: Decimal | None = None
    irrigated_mu: Decimal | None = None
    forest_mu: Decimal | None = None
    returned_forest_mu: Decimal | None = None
    orchard_mu: Decimal | None = None
    grassland_mu: Decimal | None = None
    water_mu: Decimal | None = None
    road_type: str | None = None
    road_hardened: bool | None = None
    road_distance_km: Decimal | None = None
    cooperative: bool | None = None
    leading_enterprise: bool | None = None
    entrepreneur: bool | None = None
    industry_help: tuple[str, ...] = ()
    house_dangerous: bool | None = None
    house_grade: str | None = None
    house_in_plan: bool | None = None
    """Whether a dangerous house is in the plan of rebuilding (危房是否列入改造计划)."""
    floor_m2: Decimal | None = None
    safe_water: bool | None = None
    tap_water: bool | None = None
    supply_gap_under_day: bool | None = None
    """Whether water comes again within 24 hours (供水间隔<24h)."""
    shower: bool | None = None
    sanitary_toilet: bool | None = None
    toilet_usable: bool | None = None
    toilet_in_house: bool | None = None
    toilet_in_yard: bool | None = None
    toilet_kind: str | None = None
    fuel: str | None = None
    clean_energy: bool | None = None
    clean_energy_kind: str | None = None
    home_electricity: bool | None = None
    work_electricity: bool | None = None
    broadcast: bool | None = None
    courtyard: bool | None = None
    living_note: str = ""

    def check(self) -> None:
        """Refuse what contradicts itself; raises LivingContradictsError naming both sides."""
        for wrong, words in self._contradictions():
            if wrong:
                raise LivingContradictsError(both_zh=words[0], both_en=words[1])

    def _contradictions(self) -> tuple[tuple[bool, tuple[str, str]], ...]:
        hardened = self.road_type is not None and self.road_hardened is not None
        return (
            (
                hardened and self.road_hardened != (self.road_type == HARDENED),
                ("入户路类型与入户道路是否硬化", "the type of the road and whether it is hardened"),
            ),
            (
                self.house_grade in DANGEROUS_GRADES and self.house_dangerous is False,
                ("危房等级与是否危房户", "the grade of the house and whether it is dangerous"),
            ),
            (
                self.sanitary_toilet is False and self.toilet_usable is True,
                ("是否有卫生厕所与能否正常使用", "whether there is a sanitary toilet and whether it works"),
            ),
            (
                self.clean_energy is False and self.clean_energy_kind is not None,
                ("是否使用清洁能源与类型", "whether clean energy is used and its kind"),
            ),
        )

    @property
    def complete(self) -> bool:
        """Whether the farm household form of 2022 is answered: no question that applies is blank (8.7)."""
        asked = [getattr(self, name) for name in FORM_2022]
        if self.house_dangerous:
            asked.append(self.house_in_plan)
        if self.sanitary_toilet:
            asked += [self.toilet_usable, self.toilet_in_house, self.toilet_in_yard, self.toilet_kind]
        if self.clean_energy:
            asked.append(self.clean_energy_kind)
        return all(answer is not None for answer in asked)


FORM_2022 = (
    "road_hardened",
    "tap_water",
    "supply_gap_under_day",
    "safe_water",
    "clean_energy",
    "house_dangerous",
    "shower",
    "sanitary_toilet",
    "courtyard",
)
"""What the form of rural construction of 2022 asks of every household (domain 8.7)."""
LIVING_FIELDS = tuple(one.name for one in fields(LivingConditions))
LIVING_CODES: Mapping[str, str] = {
    "road_type": "road_type",
    "house_grade": "house_grade",
    "toilet_kind": "sanitary_toilet_kind",
    "fuel": "fuel",
    "clean_energy_kind": "clean_energy_kind",
}
"""The code list of each field that has one code; *industry_help* may have several of its own."""
UNKNOWN = LivingConditions()
