from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.errors import RiskDetailMissingError
from services.monitoring.domain.member import Member
from services.monitoring.domain.risk import detail_for, require_detail, risk_doubts

ILLNESS, DISABILITY, DISASTER = "100A27001", "100A27005", "100A27006"
WORK, NO_LABOUR, OTHER = "100A27009", "100A27010", "100A27011"
FULL = {DISASTER: "001", OTHER: "债务"}


def member(number: int = 1, skill: str = "001", **given) -> Member:
    told: dict[str, Any] = {
        "name": "甲",
        "sex": "1",
        "born_on": date(1980, 1, 1),
        "relation": "001",
        "joined_on": date(2022, 1, 1),
    }
    return Member(id=f"m{number}", person_no=str(number), labour_skill=skill, **told | given)


def family(*skills: str) -> list[Member]:
    return [member(number, skill) for number, skill in enumerate(skills)]


def rules(risks, members, details=FULL, self_paid=100) -> set[str]:
    return {doubt.rule for doubt in risk_doubts(risks, details, members, self_paid)}


@pytest.mark.parametrize(
    ("risk", "members", "expected"),
    [
        (DISABILITY, family("001"), {"J-11"}),
        (DISABILITY, [member(health=("004",))], set()),
        (DISABILITY, [member(), member(2, health=("004",), left_on=date(2022, 5, 1))], {"J-11"}),
        (WORK, family("004", "003"), {"J-15"}),
        (WORK, family("004", "005"), set()),
        (ILLNESS, family("001"), {"J-16"}),
        (ILLNESS, [member(health=("002",))], set()),
        (ILLNESS, [member(health=("003",))], set()),
        (NO_LABOUR, family("005", "005"), {"J-20"}),
        (NO_LABOUR, family("005", "005", "004", "004"), {"J-21"}),
        (NO_LABOUR, family("005", "004", "004"), set()),
        (NO_LABOUR, family("001", "004", "004", "004"), set()),
        (NO_LABOUR, family("001", "004", "004"), {"J-22"}),
    ],
)
def test_doubts(risk, members, expected):
    """Each risk is doubted where the members who are there do not bear it out, and only there."""
    assert expected == rules([risk], members)


@pytest.mark.parametrize(("self_paid", "expected"), [(None, {"J-17"}), (0, {"J-17"}), (1, set())])
def test_illness_costs_something(self_paid, expected):
    """An illness without self-paid spending in the newest ledger is doubted."""
    assert expected == rules([ILLNESS], [member(health=("003",))], self_paid=self_paid)


@pytest.mark.parametrize(("risk", "rule"), [(DISASTER, "J-14"), (OTHER, "J-13")])
def test_what_a_code_needs(risk, rule):
    """A disaster of no kind and another risk without a note are refused as given, doubted as kept."""
    assert ({rule}, set()) == (rules([risk], family("001"), details={}), rules([risk], family("001")))
    with pytest.raises(RiskDetailMissingError):
        require_detail([risk], kind="", note=" ")
    require_detail([risk], kind="001", note="债务")


def test_what_is_kept():
    """The kind stays with a disaster, the note with another risk, and nothing with the rest."""
    kept = [detail_for(risk, kind="001", note=" 债务 ") for risk in (DISASTER, OTHER, ILLNESS)]
    assert [{DISASTER: "001"}, {OTHER: "债务"}, {}] == kept


def test_doubts_speak_both_languages():
    """Every doubt has its words in Chinese and English."""
    (doubt,) = risk_doubts([DISABILITY], {}, family("001"), None)
    assert ("残疾" in doubt.text(), "disabled" in doubt.text("en")) == (True, True)
