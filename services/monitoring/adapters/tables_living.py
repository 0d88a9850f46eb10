"""Tables of how households live and who is responsible for helping them."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table

from services.monitoring.adapters.metadata import metadata
from services.monitoring.adapters.personal import SealedText
from shared.messaging.columns import DecimalText, JsonText

living_conditions = Table(
    "living_conditions",
    metadata,
    Column("household_id", ForeignKey("households.id"), primary_key=True),
    Column("farmland_mu", DecimalText),
    Column("irrigated_mu", DecimalText),
    Column("forest_mu", DecimalText),
    Column("returned_forest_mu", DecimalText),
    Column("orchard_mu", DecimalText),
    Column("grassland_mu", DecimalText),
    Column("water_mu", DecimalText),
    Column("road_type", String(1)),
    Column("road_hardened", Boolean),
    Column("road_distance_km", DecimalText),
    Column("cooperative", Boolean),
    Column("leading_enterprise", Boolean),
    Column("entrepreneur", Boolean),
    Column("industry_help", JsonText, nullable=False),
    Column("house_dangerous", Boolean),
    Column("house_grade", String(1)),
    Column("house_in_plan", Boolean),
    Column("floor_m2", DecimalText),
    Column("safe_water", Boolean),
    Column("tap_water", Boolean),
    Column("supply_gap_under_day", Boolean),
    Column("shower", Boolean),
    Column("sanitary_toilet", Boolean),
    Column("toilet_usable", Boolean),
    Column("toilet_in_house", Boolean),
    Column("toilet_in_yard", Boolean),
    Column("toilet_kind", String(3)),
    Column("fuel", String(3)),
    Column("clean_energy", Boolean),
    Column("clean_energy_kind", String(3)),
    Column("home_electricity", Boolean),
    Column("work_electricity", Boolean),
    Column("broadcast", Boolean),
    Column("courtyard", Boolean),
    Column("living_note", String(200), nullable=False),
)

responsible_helpers = Table(
    "responsible_helpers",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("household_id", ForeignKey("households.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("helper_no", String(40), nullable=False),
    Column("name", String(60), nullable=False),
    Column("sex", String(1)),
    Column("political", String(3)),
    Column("unit", String(60), nullable=False),
    Column("phone", SealedText("helper.phone"), nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
    Index("responsible_helpers_of_household", "household_id"),
    Index("responsible_helpers_by_number", "helper_no"),
)
