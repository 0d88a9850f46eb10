from decimal import Decimal
from typing import Any

import pytest

from services.finance.domain.process import PositiveAmountError
from services.finance.domain.project import (
    REVIEWS,
    BenefitRatioError,
    ProgressError,
    Project,
    ReviewSignedError,
    ReviewsMissingError,
)
from tests.finance.domain.machines import ACTING, COMMON, DAY, last_told, try_every_step

SIGNED = dict.fromkeys(REVIEWS, "1")


def project(**other) -> Project:
    about: dict[str, Any] = {
        "project_no": "X1",
        "name": "示例果园",
        "year": 2022,
        "kind": "industry",
        "funding": "bridging",
        "unit": "610327102",
        "planned_fen": 1000,
        "state": "proposed",
    }
    return Project(**COMMON, **{**about, **other})


def test_every_state_and_every_step():
    """From the proposal to the acceptance one step at a time; dropped only before work began."""
    steps = {
        "review": lambda one: one.review("science", "1", ACTING),
        "enter": lambda one: one.enter(ACTING, "急需"),
        "agree_benefit": lambda one: one.agree_benefit(["work"], Decimal(6), ACTING),
        "arrange": lambda one: one.arrange(DAY, ACTING),
        "start": lambda one: one.start(ACTING),
        "progress": lambda one: one.progress(50, ACTING),
        "complete": lambda one: one.complete(DAY, ACTING),
        "accept": lambda one: one.accept(ACTING),
        "drop": lambda one: one.drop(ACTING),
    }
    live = ("proposed", "reserve", "arranged", "started", "in_progress", "completed")
    permitted = {
        ("proposed", "review"): "proposed",
        ("proposed", "enter"): "reserve",
        ("proposed", "drop"): "dropped",
        ("reserve", "arrange"): "arranged",
        ("reserve", "drop"): "dropped",
        ("arranged", "start"): "started",
        ("arranged", "drop"): "dropped",
        ("started", "progress"): "in_progress",
        ("started", "complete"): "completed",
        ("in_progress", "progress"): "in_progress",
        ("in_progress", "complete"): "completed",
        ("completed", "accept"): "accepted",
        **{(state, "agree_benefit"): state for state in live},
    }
    try_every_step(project(), steps, permitted)


def test_without_its_reviews_it_needs_a_reason():
    """Refused in the officer's words while one is missing; with a reason it is entered, the reason kept."""
    one = project(reviews={"science": "1"})
    with pytest.raises(ReviewsMissingError) as refused:
        one.enter(ACTING, " ")
    assert "还没有签署：合规性、可行性审查；确需入库的请写明理由" == refused.value.text("zh")
    one.enter(ACTING, "急需")
    assert ("reserve", "急需") == (one.state, one.without_reviews)
    assert {"reviews": ("science",), "papers": ("science",)} == last_told(one)


def test_with_its_reviews_no_reason_is_kept():
    """All three signed, one without a paper: the event names three reviews and two papers."""
    one = project(reviews={**SIGNED, "compliance": ""})
    one.enter(ACTING, "多余的理由")
    assert ("", ("feasibility", "science")) == (one.without_reviews, last_told(one)["papers"])
    assert ("compliance", "feasibility", "science") == last_told(one)["reviews"]


def test_a_review_is_signed_once():
    """The second signature under one review is refused."""
    one = project()
    one.review("science", " 示例1号 ", ACTING)
    assert {"science": "示例1号"} == one.reviews
    with pytest.raises(ReviewSignedError):
        one.review("science", "2", ACTING)


@pytest.mark.parametrize(
    ("modes", "ratio"), [([], "5"), (["work"], "0"), (["work"], "100.01"), (["luck"], "5"), (["work"], "-1")]
)
def test_a_benefit_says_how_and_how_much(modes, ratio):
    """No mode, an unknown one, no share, or more than all of it is refused."""
    with pytest.raises(BenefitRatioError):
        project().agree_benefit(modes, Decimal(ratio), ACTING)


@pytest.mark.parametrize(("percent", "fine"), [(40, False), (41, True), (99, True), (100, False)])
def test_progress_only_rises_and_ends_with_completion(percent, fine):
    """Above the last, below 100 %."""
    one = project(state="in_progress", progress_percent=40)
    if fine:
        one.progress(percent, ACTING)
        assert percent == one.progress_percent
    else:
        with pytest.raises(ProgressError):
            one.progress(percent, ACTING)


def test_a_plan_of_no_money_is_refused():
    """A project proposed has money planned."""
    told = {"id": "x", "area_code": "610327", "project_no": "1", "name": "示例", "year": 2022}
    with pytest.raises(PositiveAmountError):
        Project.propose(ACTING, **told, kind="other", funding="bridging", unit="县财政局", planned_fen=0)


def test_industry_is_a_kind():
    """Only projects of the kind industry count as industry."""
    assert [True, False] == [project(kind=kind).industry for kind in ("industry", "construction")]
