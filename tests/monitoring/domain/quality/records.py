"""Invented records for the quality rules: a household no rule finds fault with, and what differs from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from services.monitoring.adapters.quality_policy import load_quality_policy, load_rules
from services.monitoring.domain.quality.view import (
    HouseholdView,
    IncomeView,
    MemberView,
    Safeguards,
    VillageView,
    WorkView,
)
from services.monitoring.settings import Settings
from shared.kernel.period import Month
from tests.monitoring.kit import id_number

DIRECTORY = Path(Settings.model_fields["policy_dir"].default)
EVERYTHING = frozenset(read for rule in load_rules(DIRECTORY).values() for read in rule.reads)
POLICY = load_quality_policy(DIRECTORY, EVERYTHING)
DAY = date(2022, 7, 1)
GIVEN = POLICY.given(DAY)
HERE, ELSEWHERE = "610327", "610302"


@dataclass(frozen=True)
class Case:
    """A record, and whether *rule* finds fault with it. *note* tells cases of one rule apart."""

    rule: str
    fires: bool
    record: HouseholdView | VillageView
    day: date = DAY
    note: str = ""

    def __str__(self) -> str:
        return f"{self.rule}-{'fires' if self.fires else 'quiet'}-{self.note}"


def turned(age: int, day: date = DAY) -> date:
    """Return the birthday of somebody who is *age* since this very day."""
    return date(day.year - age, day.month, day.day)


def turns_tomorrow(age: int, day: date = DAY) -> date:
    """Return the birthday of somebody who will be *age* tomorrow."""
    return date(day.year - age, day.month, day.day + 1)


def person(**given: Any) -> MemberView:
    """Return a healthy man of 44 who heads his household, with everything filled in."""
    told: dict[str, Any] = {
        "id": "p1",
        "document": "01",
        "phone": "13900000001",
        "born_on": date(1978, 3, 5),
        "sex": "1",
        "relation": "001",
        "ethnicity": "001",
        "education": "003",
        "health": ("001",),
        "labour_skill": "001",
        "mandarin": True,
        "low_income_aid": False,
        "destitute_aid": False,
        "resident_insured": True,
        "employee_insured": False,
        "serious_illness_insured": True,
        "commercial_insured": False,
        "resident_pension": True,
        "employee_pension": False,
        "medical_aid": False,
        "abroad": False,
    }
    told |= given
    told.setdefault("id_number", id_number(told["born_on"], told["sex"]))
    return MemberView(**told)


def income(**given: Any) -> IncomeView:
    """Return a ledger with every sum filled in, well above the line."""
    told = {"wage": 3_000_000, "property_income": 0, "transfer": 50_000, "operating": 400_000}
    told |= {"operating_cost": 100_000, "net": 3_350_000, "net_per_head": 1_116_000, "claim": 0}
    return IncomeView(**(told | {"self_paid": 200_000, "line": 650_000} | given))


def home(*members: MemberView, **given: Any) -> HouseholdView:
    """Return a lifted-out household of *members*, with every field filled in."""
    people = members or (person(),)
    told: dict[str, Any] = {
        "id": "h1",
        "area_code": "610327109203",
        "lifted_out": True,
        "phone": "13900000001",
        "persons_recorded": len(people),
        "members": people,
        "income": income(),
        "electricity": True,
        "cultivated": Decimal(3),
        "forest": Decimal(2),
        "returned": Decimal(0),
        "orchard": Decimal(1),
        "pasture": Decimal(0),
        "water_area": Decimal(0),
        "road_type": "3",
        "road_km": Decimal("0.4"),
        "house_area": Decimal(110),
        "unsafe_house": False,
        "safe_water": True,
        "toilet": True,
    }
    return HouseholdView(**(told | given))


def one(**given: Any) -> HouseholdView:
    """Return the household of one person who differs from :func:`person` by what is *given*."""
    return home(person(**given))


def watched(*members: MemberView, **given: Any) -> HouseholdView:
    """Return a monitored household whose risk is not eliminated, helped as its risk needs."""
    told: dict[str, Any] = {
        "monitored": True,
        "identified": Month(2022, 3),
        "risks": ("100A27007",),
        "measures": frozenset({("100A39", "001"), ("100A45", "001")}),
        "development": "01",
        "before": Safeguards(dropout=False, house=False, water=False, uninsured=False),
        "income_before": income(),
    }
    return home(*members, **(told | given))


def closed(*members: MemberView, **given: Any) -> HouseholdView:
    """Return a monitored household whose risk was eliminated by help, everything in order."""
    told: dict[str, Any] = {
        "eliminated": True,
        "identified": Month(2021, 6),
        "eliminated_in": Month(2022, 5),
        "elimination_way": "01",
        "collector": "李戊",
        "collector_phone": "13900000009",
        "after": Safeguards(dropout=False, house=False, water=False, uninsured=False),
        "income_after": income(),
    }
    return watched(*members, **(told | given))


def work(**given: Any) -> WorkView:
    """Return the record of somebody at work outside the county, with everything filled in."""
    told: dict[str, Any] = {
        "person_id": "p1",
        "working": True,
        "started_on": date(2022, 3, 1),
        "place": ELSEWHERE,
        "wage_fen": 420_000,
        "employer": "某电子厂",
        "industry": "制造业",
        "channel": "enterprise",
        "point_to_point": False,
        "travel_subsidy_fen": 30_000,
    }
    return WorkView(**(told | given))


def worker(labour: dict[str, Any] | None = None, **given: Any) -> HouseholdView:
    """Return the household of one person at work; *labour* is what differs in the person."""
    return home(person(**(labour or {})), works=(work(**given),))


def village(**given: Any) -> VillageView:
    """Return a village with every number filled in and none at odds with another."""
    told: dict[str, Any] = dict.fromkeys(
        ("primary_schools", "clinics", "doctors", "public_toilets", "rubbish_points", "libraries"), 1
    )
    told |= dict.fromkeys(("low_income_households", "low_income_persons", "destitute_persons"), 4)
    told |= {"households": 300, "population": 1100, "resident_households": 250, "resident_population": 900}
    told |= {"collective_income_fen": 1_000_000, "disabled_persons": 20, "pension_insured": 600}
    told |= {"bus": True, "hard_road_to_town": True, "without_water": 0, "unsafe_houses": 0}
    told |= {"hardened_km": Decimal(10), "new_road_km": Decimal(1), "road_km": Decimal(20)}
    return VillageView(area_code="610327109203", **(told | given))


def breaks(case: Case, tables: Sequence[dict[str, Any]]) -> bool:
    """Say whether the function of the case's rule, out of one family's *tables*, finds fault."""
    given = GIVEN if case.day == DAY else POLICY.given(case.day)
    persons, households, works, villages = tables
    record = case.record
    if isinstance(record, VillageView):
        return bool(villages[case.rule](record, given))
    if case.rule in households:
        return bool(households[case.rule](record, given))
    if case.rule in persons:
        return any(persons[case.rule](member, record, given) for member in record.members)
    by_id = {member.id: member for member in record.members}
    return any(works[case.rule](one, by_id[one.person_id], record, given) for one in record.works)


def tables_of(namespace: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Return the four tables of a family: of persons, households, entries of work, villages."""
    return tuple(namespace.get(name, {}) for name in ("PERSON", "HOUSEHOLD", "WORK", "VILLAGE"))


def found(record: HouseholdView, day: date = DAY) -> set[str]:
    """Return the rules the whole catalogue finds broken."""
    return {hit.rule for hit in POLICY.catalogue.check(record, POLICY.given(day))}
