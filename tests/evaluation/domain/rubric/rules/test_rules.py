import pytest

from services.evaluation.domain.rubric.rules import RULES, STEPS
from tests.evaluation.domain.rubric.case_book import read

WORKED = [method["rule"] for name in ("unit_local.yaml", "cohort.yaml") for method in read(name)]


def _types(written):
    if isinstance(written, dict):
        found = {written["type"]} if "type" in written else set()
        return found.union(*(_types(one) for one in written.values()))
    return set().union(*(_types(one) for one in written)) if isinstance(written, list) else set()


@pytest.mark.parametrize("kind", sorted({*RULES, *STEPS} - {"scale"}))
def test_every_rule_is_worked_by_hand(kind):
    """No rule of the language is without a case an official can read and add up."""
    assert kind in set().union(*(_types(rule) for rule in WORKED))
