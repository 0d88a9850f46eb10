from datetime import date
from pathlib import Path
from typing import Any

import pytest

from services.monitoring.adapters.guarantee_policy import load_medical_policy
from services.monitoring.domain.guarantee_errors import StepRefusedError
from services.monitoring.domain.medical.disease import (
    STATES,
    WAYS,
    Disease,
    DiseaseService,
    Served,
    proof_doubtful,
)
from services.monitoring.settings import Settings
from tests.monitoring.machine_kit import check, tries

POLICY = load_medical_policy(Path(Settings.model_fields["policy_dir"].default)).disease
DAY = date(2022, 6, 15)
TAKE = {
    "sign": lambda one: one.sign("Q-1", "D-1", on=DAY),
    "treat": lambda one: one.treat(service()),
    "serve": lambda one: one.serve(service(), POLICY),
    "end": lambda one: one.end("cured", on=DAY),
}
CHRONIC = {
    ("sign", "listed"): "signed",
    ("sign", "signed"): "signed",
    ("serve", "signed"): "signed",
    ("end", "listed"): "ended",
    ("end", "signed"): "ended",
    ("end", "treated"): "ended",
}
SERIOUS = {
    ("treat", "listed"): "treated",
    ("treat", "treated"): "treated",
    ("end", "listed"): "ended",
    ("end", "signed"): "ended",
    ("end", "treated"): "ended",
}


def service(day=DAY):
    return DiseaseService("x1", "l1", day, "D-1")


def disease(**given):
    told: dict[str, Any] = {"id": "l1", "household_id": "h1", "area_code": "610327109203", "person_id": "p1"}
    told |= {"kind": "chronic", "disease": "diabetes", "proof": "clinic", "listed_on": DAY}
    return Disease.put_on_list(**told | {"due_on": date(2022, 7, 15), "limit_confirmed": False} | given)


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(WAYS, STATES, CHRONIC))
def test_every_step_of_a_chronic_disease(step, state, leads_to):
    """A chronic patient is signed, then visited; never treated as one of the serious."""
    check(disease(state=state), TAKE[step], leads_to)


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(WAYS, STATES, SERIOUS))
def test_every_step_of_a_serious_disease(step, state, leads_to):
    """A serious disease is treated, perhaps again; it needs no contract."""
    check(disease(state=state, kind="serious"), TAKE[step], leads_to)


@pytest.mark.parametrize(
    ("served", "due"),
    [
        (date(2022, 6, 15), date(2022, 9, 15)),
        (date(2022, 11, 30), date(2023, 2, 28)),
        (date(2022, 12, 1), date(2023, 3, 1)),
    ],
)
def test_the_next_visit_is_a_quarter_later(served, due):
    """The next visit is due three months after the last, at a month's end on that month's last day."""
    one = disease()
    one.sign("Q-1", "D-1", on=DAY)
    one.serve(service(served), POLICY)
    assert (due, due) == (one.due_on, one.facts[-1].next_due_on)


def test_a_treatment_leaves_nothing_due():
    """After the treatment of a serious disease nothing is due by itself."""
    one = disease(kind="serious")
    one.treat(service())
    assert [Served(one, service(), None)] == one.facts[1:]


def test_a_refusal_says_which_kind_it_is():
    """Treating a chronic disease is refused in words that say why."""
    with pytest.raises(StepRefusedError) as told:
        disease().treat(service())
    assert "慢性病" in told.value.text()


@pytest.mark.parametrize(
    ("kind", "name", "proof", "doubtful"),
    [
        ("chronic", "hypertension", "clinic", False),
        ("chronic", "diabetes", "outpatient", False),
        ("chronic", "mental", "clinic", True),
        ("serious", "cancer", "outpatient", True),
        ("serious", "cancer", "certificate", False),
    ],
)
def test_the_two_diseases_are_recognised_simply(kind, name, proof, doubtful):
    """A clinic's record does for hypertension and diabetes; of others it marks the entry."""
    assert doubtful == proof_doubtful(kind, name, proof, POLICY, DAY)
