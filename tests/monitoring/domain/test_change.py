from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from services.monitoring.adapters.policy import load_warning_thresholds
from services.monitoring.domain.change import Circumstances, HouseholdChange, alarm_of
from services.monitoring.domain.errors import (
    ChangePersonError,
    ChangeResolvedError,
    InvalidDayError,
    NegativeAmountError,
)
from services.monitoring.settings import Settings

THRESHOLDS = load_warning_thresholds(Path(Settings.model_fields["policy_dir"].default))
DAY = date(2022, 6, 15)


def change(kind="illness", detail="003", **given):
    told: dict[str, Any] = {
        "id": "c1",
        "household_id": "h1",
        "area_code": "610327109203",
        "person_id": "p1",
        "amount": 0,
    }
    return HouseholdChange.record(kind=kind, detail=detail, **told | {"happened_on": DAY} | given)


def raises(one, **circumstances):
    return alarm_of(one, Circumstances(**{"lifted_out": False} | circumstances), THRESHOLDS) is not None


@pytest.mark.parametrize(
    ("lifted_out", "cost", "raised"),
    [(True, 499_999, False), (True, 500_000, True), (False, 1_999_999, False), (False, 2_000_000, True)],
)
def test_illness_raises_a_clue_from_its_threshold(lifted_out, cost, raised):
    """A lifted-out person's illness counts from 5000 yuan in the year, another's from 20000, to the fen."""
    assert raised == raises(change(amount=cost), lifted_out=lifted_out, illness_this_year=cost)


@pytest.mark.parametrize(
    ("income", "loss", "raised"), [(1_000_000, 299_999, False), (1_000_000, 300_000, True), (None, 1, True)]
)
def test_failed_business_is_measured_by_last_years_income(income, loss, raised):
    """Thirty per cent of the operating income is a failure; without a ledger every loss is looked into."""
    failed = change("industry_failure", "livestock", person_id=None, amount=loss)
    assert raised == raises(failed, operating_income=income)


@pytest.mark.parametrize(
    ("kind", "detail", "raised"),
    [
        ("house_damage", "C", True),
        ("house_damage", "D", True),
        ("water", "cut_short", False),
        ("water", "cut_long", True),
        ("disaster", "001", True),
        ("accident", "traffic", True),
        ("dropout", "04", True),
        ("disability", "4", True),
    ],
)
def test_other_changes(kind, detail, raised):
    """Everything but a short cut of the water asks for a look at once."""
    assert raised == raises(change(kind, detail))


def test_alarm_says_what_it_rests_on():
    """An alarm names its rule and that no paper of the county confirms it."""
    alarm = alarm_of(change(), Circumstances(lifted_out=True, illness_this_year=600_000), THRESHOLDS)
    assert alarm is not None
    assert ("illness_lifted_out", False) == (alarm.rule, alarm.confirmed)


@pytest.mark.parametrize("kind", ["illness", "disability", "dropout"])
def test_what_happens_to_a_person_names_the_person(kind):
    """Illness, disability and dropout of nobody are refused."""
    with pytest.raises(ChangePersonError):
        change(kind, person_id=None)


def test_negative_amount_is_refused():
    """A negative cost is refused."""
    with pytest.raises(NegativeAmountError):
        change(amount=-1)


def test_resolved_once():
    """A change is put right once; a second time is refused and the first day stays."""
    one = change()
    one.resolve(DAY)
    with pytest.raises(ChangeResolvedError):
        one.resolve(date(2022, 6, 16))

    assert DAY == one.resolved_on


def test_not_put_right_before_it_happened():
    """A day before the change is refused."""
    with pytest.raises(InvalidDayError):
        change().resolve(date(2022, 6, 14))


@pytest.mark.parametrize(
    ("kind", "detail", "health"),
    [
        ("illness", "002", "002"),
        ("illness", "000", None),
        ("disability", "1", "004"),
        ("accident", "work", None),
    ],
)
def test_lasting_health(kind, detail, health):
    """Chronic and serious illness and disability stay with the person; other changes do not."""
    assert health == change(kind, detail).lasting_health


def test_threshold_follows_its_paper():
    """A new figure counts from its day on and not before."""
    figure = THRESHOLDS.business_loss_share
    newer = replace(figure.entries[0], since=date(2022, 7, 1), value=Decimal("0.10"))
    thresholds = replace(THRESHOLDS, business_loss_share=replace(figure, entries=(*figure.entries, newer)))
    circumstances = Circumstances(lifted_out=False, operating_income=1000)
    found = [
        alarm_of(change("industry_failure", "other", amount=200, happened_on=day), circumstances, thresholds)
        for day in (date(2022, 6, 30), date(2022, 7, 1))
    ]
    assert [False, True] == [alarm is not None for alarm in found]
