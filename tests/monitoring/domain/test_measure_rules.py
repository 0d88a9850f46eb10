from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.monitoring.adapters.case_policy import load_measure_rules
from services.monitoring.domain import measure_rules
from services.monitoring.domain.measure_errors import RelocationNotPossibleError, UnknownMeasureError
from services.monitoring.domain.measure_rules import Choice, Labour, Needs, labour_of, needs_of
from services.monitoring.domain.member import Member

RULES = load_measure_rules(Path(measure_rules.__file__).parents[1] / "policy")
DAY = date(2022, 6, 1)
ABLE, WEAK, NONE = Labour(("m1",)), Labour((), ("m2",)), Labour()
BOTH = Needs(dropout=True, uninsured=True)
JOB = (Choice("100A40", "001"),)
RISKS = [f"100A270{number:02}" for number in range(1, 12)]


def member(number: int, skill: str, **given) -> Member:
    told: dict[str, Any] = {
        "name": "甲",
        "sex": "1",
        "born_on": date(1980, 1, 1),
        "relation": "001",
        "joined_on": DAY,
    }
    return Member(id=f"m{number}", person_no=str(number), labour_skill=skill, **told | given)


def categories(proposals) -> set[str]:
    return {proposal.choice.category for proposal in proposals}


def test_labour():
    """Able and weak are told apart; those at school, without labour, or gone do not count."""
    members = (
        member(1, "001"),
        member(2, "002"),
        member(3, "005"),
        member(4, "004"),
        member(5, "003"),
        member(6, "001", school_status="007"),
        member(7, "001", left_on=DAY),
    )
    assert Labour(("m1", "m2"), ("m3",)) == labour_of(members)


@pytest.mark.parametrize("labour", [ABLE, WEAK, NONE])
@pytest.mark.parametrize("risk", RISKS)
def test_a_proposal_leaves_no_confirmed_gap(risk, labour):
    """What is proposed for any risk, labour and need meets every confirmed rule of 4.3."""
    proposed = [one.choice for one in RULES.propose([risk], labour, DAY, needs=BOTH)]
    assert [] == [gap for gap in RULES.gaps([risk], proposed, labour, DAY, needs=BOTH) if gap.confirmed]


@pytest.mark.parametrize(
    ("labour", "expected"),
    [(ABLE, {"100A45", "100A40", "100A41"}), (WEAK, {"100A45", "100A42"}), (NONE, {"100A45", "100A48"})],
)
def test_illness(labour, expected):
    """Illness brings health help; labour brings development too, none brings social support."""
    assert expected == categories(RULES.propose(["100A27001"], labour, DAY))


def test_a_measure_for_a_person_names_a_labourer():
    """Work is proposed for the first labourer; health help names nobody."""
    persons = {one.choice.category: one.person_id for one in RULES.propose(["100A27001"], ABLE, DAY)}
    assert ("m1", None) == (persons["100A40"], persons["100A45"])


def test_what_is_there_is_not_proposed_again():
    """Proposing twice adds nothing the second time."""
    present = [(one.risk, one.choice) for one in RULES.propose(["100A27001", "100A27002"], ABLE, DAY)]
    assert () == RULES.propose(["100A27001", "100A27002"], ABLE, DAY, present=present)


def test_every_risk_gets_a_measure_of_its_own():
    """Disaster and accident both call for emergency aid: it is proposed for each, and not once more."""
    risks = ["100A27006", "100A27007"]
    proposed = RULES.propose(risks, ABLE, DAY)
    assert risks == [one.risk for one in proposed if one.choice == Choice("100A48", "003")]
    first_only = [("100A27006", Choice("100A48", "003"))]
    assert "100A27007" in {one.risk for one in RULES.propose(risks, ABLE, DAY, present=first_only)}


@pytest.mark.parametrize(
    ("risk", "given", "confirmed"),
    [("100A27001", JOB, True), ("100A27003", JOB, True), ("100A27006", JOB, False)],
)
def test_gaps_say_whether_they_are_confirmed(risk, given, confirmed):
    """A risk without its measure is a gap; inferred rules are marked as such."""
    assert [confirmed] == [gap.confirmed for gap in RULES.gaps([risk], given, ABLE, DAY)]


def test_only_support_is_not_enough_where_there_is_labour():
    """A household with labour needs one of the four developmental categories."""
    (gap,) = RULES.gaps(["100A27005"], [Choice("100A48", "001")], WEAK, DAY)
    assert ("100A39", "100A40", "100A41", "100A42") == gap.any_of


@pytest.mark.parametrize(
    ("needs", "given", "missing"),
    [
        (Needs(dropout=True), (), ("100A46",)),
        (Needs(dropout=True), (Choice("100A47", "001"),), ("100A46",)),
        (Needs(dropout=True), (Choice("100A46", "004"),), None),
        (Needs(uninsured=True), (), ("100A45", "100A52")),
        (Needs(uninsured=True), (Choice("100A45", "001"),), None),
        (Needs(uninsured=True), (Choice("100A52", "001"),), None),
    ],
)
def test_needs_whatever_the_risks_are(needs, given, missing):
    """A child out of school needs the school's help, an uninsured member health's or society's."""
    choices = [*JOB, *given]
    found = [gap.any_of for gap in RULES.gaps(["100A27009"], choices, ABLE, DAY, needs=needs)]
    assert ([missing] if missing else []) == found


@pytest.mark.parametrize(("code", "enough"), [("001", True), ("002", True), ("004", False), ("005", False)])
def test_a_household_without_labour_is_given_a_living(code, enough):
    """Subsistence or support of the destitute: a subsidy or an insurance beside them is not enough."""
    gaps = RULES.gaps(["100A27005"], [Choice("100A48", code)], NONE, DAY)
    assert ([] if enough else [("100A48-001", "100A48-002")]) == [gap.any_of for gap in gaps]
    assert Choice("100A48", "001") in [one.choice for one in RULES.propose(["100A27005"], NONE, DAY)]


def test_needs():
    """Who is absent from school at school age, or not insured, counts while they belong to the household."""
    child = {"born_on": date(2012, 1, 1), "absence_reason": "04"}
    assert Needs(dropout=True) == needs_of([member(1, "004", **child)], DAY, open_dropout=False)
    assert Needs(uninsured=True) == needs_of(
        [member(1, "001", resident_insurance=False)], DAY, open_dropout=False
    )
    assert Needs(dropout=True) == needs_of([], DAY, open_dropout=True)
    others = (
        member(1, "004", **child | {"left_on": DAY}),
        member(2, "004", **child | {"school_status": "003"}),
        member(3, "001", absence_reason="04"),
        member(4, "001", resident_insurance=False, left_on=DAY),
    )
    assert Needs() == needs_of(others, DAY, open_dropout=False)


def test_names():
    """Categories and single measures have words in both languages."""
    assert ("健康帮扶", "低保" in RULES.named("100A48-001")[0]) == (RULES.named("100A45")[0], True)


@pytest.mark.parametrize(
    ("choice", "error"),
    [
        (Choice("100A53", "001"), RelocationNotPossibleError),
        (Choice("100A45", "009"), UnknownMeasureError),
        (Choice("100A99", "001"), UnknownMeasureError),
    ],
)
def test_what_cannot_be_chosen(choice, error):
    """Relocation and unknown codes are refused."""
    with pytest.raises(error):
        RULES.check(choice)


def test_an_alternative_was_not_tried_before():
    """After each refusal something else is proposed, until nothing is left."""
    tried = [Choice("100A45", "003")]
    while found := RULES.alternative("100A27001", ABLE, DAY, tried=tried):
        assert found.choice not in tried
        tried.append(found.choice)
    assert len(tried) > 3


def test_every_unit_and_service_is_known():
    """Employment and finance answer what is theirs; every other category names a unit."""
    services = {code: category.service for code, category in RULES.categories.items()}
    assert ("employment", "finance", "employment") == tuple(
        services[c] for c in ("100A40", "100A41", "100A42")
    )
    assert all(category.department.startswith("县") for category in RULES.categories.values())
