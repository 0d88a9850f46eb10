"""Warning rules on houses, water, disasters, accidents, farm losses, businesses and titles."""

from services.monitoring.domain.comparison.row import (
    CompanyRow,
    DisasterRow,
    FarmLossRow,
    HousingRow,
    PropertyRow,
    RosterChangeRow,
    WaterRow,
)
from services.monitoring.domain.comparison.rule import Asked, rule


@rule("ZJ-01", "housing", scope="household")
def zj_01(asked: Asked) -> tuple[str, ...] | None:
    """The only house is of a dangerous grade, or newly damaged."""
    row: HousingRow = asked.row
    dangerous = row.sole and row.grade in asked.figures["grades"]
    return (row.house_no,) if dangerous or row.damaged else None


@rule("SL-01", "water", scope="household")
def sl_01(asked: Asked) -> tuple[str, ...] | None:
    """More than the permitted days without water, bad quality or too far, or a failed test."""
    row: WaterRow = asked.row
    cut = row.days_cut > asked.figures["days"]
    return (row.point_no,) if cut or row.fault in asked.figures["faults"] or not row.test_passed else None


@rule("YJ-01", "disaster", scope="household")
def yj_01(asked: Asked) -> tuple[str, ...] | None:
    """A disaster with a loss of the household."""
    row: DisasterRow = asked.row
    return (row.event_no,)


@rule("GA-01", "roster_change", scope="household")
def ga_01(asked: Asked) -> tuple[str, ...] | None:
    """An accident or a crime that killed or disabled somebody.

    Deaths, marriages and moves are a question to the register, not to the
    household: they become a difference about who belongs to it.
    """
    row: RosterChangeRow = asked.row
    grave = row.what in asked.figures["what"] and row.consequence in asked.figures["consequences"]
    return (row.event_no,) if grave else None


@rule("NY-01", "farm_loss", scope="household")
def ny_01(asked: Asked) -> tuple[str, ...] | None:
    """A loss of a large share of the operating income; of a household without a ledger, any."""
    row: FarmLossRow = asked.row
    income = asked.person.operating
    heavy = income is None or row.loss >= income * asked.figures["share"]
    return (row.event_no,) if heavy and row.loss > 0 else None


@rule("SG-01", "company", compares=True)
def sg_01(asked: Asked) -> tuple[str, ...] | None:
    """A registered business of somebody whose household has a case: for its comparison."""
    row: CompanyRow = asked.row
    return (row.company_no,) if asked.person.case_id else None


@rule("ZR-01", "property", scope="household")
def zr_01(asked: Asked) -> tuple[str, ...] | None:
    """The household lives at a geological hazard site."""
    row: PropertyRow = asked.row
    return (row.number,) if row.kind == "hazard" else None


@rule("ZR-02", "property", compares=True)
def zr_02(asked: Asked) -> tuple[str, ...] | None:
    """A real-estate title of somebody whose household has a case: the other half of ZR-01 (6.2)."""
    row: PropertyRow = asked.row
    return (row.number,) if row.kind == "title" and asked.person.case_id else None
