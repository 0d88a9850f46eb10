from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.monitoring.adapters.guarantee_policy import load_education_policy
from services.monitoring.domain.education.student_aid import (
    STATES,
    WAYS,
    Paid,
    Pupil,
    StudentAid,
    Withdrawn,
    entitlements,
)
from services.monitoring.domain.education.term import Term
from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.settings import Settings
from tests.monitoring.machine_kit import check, tries

POLICY = load_education_policy(Path(Settings.model_fields["policy_dir"].default)).aid
DAY, TERM = date(2022, 3, 1), Term(2022, 1)
PERMITTED = {("pay", "due"): "paid", ("withdraw", "due"): "withdrawn"}
TAKE = {
    "pay": lambda one: one.pay(DAY),
    "withdraw": lambda one: one.withdraw("left_school", on=DAY),
}


def pupil(grade, number=1):
    return Pupil("h1", "610327109203", f"p{number}", grade)


def aid(**given_):
    (one,) = [x for x in entitlements([pupil("013")], TERM, on=DAY, policy=POLICY) if x.kind == "yulu"]
    for name, value in given_.items():
        setattr(one, name, value)
    return one


@pytest.mark.parametrize(("step", "state", "leads_to"), tries(WAYS, STATES, PERMITTED))
def test_every_step_in_every_state(step, state, leads_to):
    """What is due is paid or withdrawn, once."""
    check(aid(state=state), TAKE[step], leads_to)


@pytest.mark.parametrize(
    ("grade", "kinds"),
    [
        ("003", ["aid"]),
        ("010", ["aid", "yulu"]),
        ("012", ["yulu"]),
        ("013", ["yulu"]),
        ("015", ["yulu"]),
        ("021", []),
        ("017", []),
    ],
)
def test_yulu_is_for_vocational_pupils(grade, kinds):
    """雨露计划 is of 中职 one to three and 高职高专 one to three (rule 5_15_012); aid by grade."""
    found = [one.kind for one in entitlements([pupil(grade)], TERM, on=DAY, policy=POLICY)]
    assert kinds == found


def test_three_thousand_yuan_a_year_and_unconfirmed():
    """Two terms of 雨露计划 are 3,000 yuan, which no paper confirms."""
    one = aid()
    assert (300_000, False) == (2 * one.amount_fen, one.amount_confirmed)


@given(st.lists(st.tuples(st.integers(1, 40), st.sampled_from(["003", "006", "010", "013", "021", "002"]))))
def test_the_whole_is_the_sum_of_its_pupils(rows):
    """What a list comes to is what each of its pupils comes to, and the same pupil is entitled once."""
    pupils = [pupil(grade, number) for number, grade in dict(rows).items()]
    found = list(entitlements(pupils, TERM, on=DAY, policy=POLICY))
    singly = [one for who in pupils for one in entitlements([who], TERM, on=DAY, policy=POLICY)]
    assert sum(one.amount_fen for one in singly) == sum(one.amount_fen for one in found)
    assert len(found) == len({one.id for one in found})
    assert all(one.amount_fen > 0 and one.due_on >= DAY for one in found)


def test_the_id_is_of_pupil_kind_and_term():
    """The same pupil in another term is another entitlement, found again in the same term the same."""
    (again,) = [x.id for x in entitlements([pupil("013")], TERM, on=DAY, policy=POLICY)]
    (later,) = [x.id for x in entitlements([pupil("013")], Term(2022, 2), on=DAY, policy=POLICY)]
    assert aid().id == again != later


def test_nothing_is_paid_before_it_was_found():
    """A payment of the day before is refused and leaves it due; of the day itself it is told."""
    one = aid()
    with pytest.raises(InvalidDayError):
        one.pay(DAY - timedelta(days=1))
    assert "due" == one.state
    one.pay(DAY)
    assert Paid is type(one.facts[-1])


def test_a_withdrawal_says_why():
    """The reason's code is told, the note is not."""
    one = aid()
    one.withdraw("left_school", on=DAY, note="转学")
    assert (Withdrawn, "left_school") == (type(one.facts[-1]), one.reason)


def test_amounts_are_by_kind():
    """Each kind has its own table."""
    assert POLICY.yulu_amounts is POLICY.amounts("yulu")
    assert POLICY.aid_amounts is POLICY.amounts("aid")
    assert isinstance(aid(), StudentAid)
