from datetime import date

import pytest

from services.monitoring.domain.errors import VisitRisksError
from services.monitoring.domain.visit import SOURCE_OF_KIND, Visit
from shared.contracts.codes import codes


def visit(risk_found, risks=(), result="01"):
    return Visit.make(
        risk_found=risk_found,
        id="v1",
        household_id="h1",
        area_code="610327109203",
        kind="grid",
        made_on=date(2022, 6, 15),
        result=result,
        risks=risks,
    )


SIX = tuple(f"100A2700{number}" for number in range(1, 7))


def test_nothing_found_is_proof_of_coverage():
    """A visit that found nothing is told of too."""
    assert 1 == len(visit(risk_found=False).facts)


@pytest.mark.parametrize(
    ("risk_found", "risks", "result"),
    [
        (True, (), "01"),
        (True, SIX, "01"),
        (False, SIX[:1], "01"),
        (True, SIX[:1], "03"),
    ],
)
def test_findings_must_agree(risk_found, risks, result):
    """No risk named, six, one in spite of none found, one where nobody was reached: all refused."""
    with pytest.raises(VisitRisksError):
        visit(risk_found, risks, result)


def test_five_risks_are_taken():
    """Up to five risks are one household's."""
    assert SIX[:5] == visit(risk_found=True, risks=SIX[:5]).risks


def test_every_kind_has_a_source():
    """A clue of any kind of visit has a source of the list."""
    assert {code.value for code in codes()["visit_kind"]} == set(SOURCE_OF_KIND)
    assert all(source in codes()["clue_source"] for source in SOURCE_OF_KIND.values())
