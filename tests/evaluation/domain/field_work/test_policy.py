from datetime import date
from decimal import Decimal

from services.evaluation.adapters.field_work import load_field_work_policy
from services.evaluation.domain.field_work.point_account import ACTS
from services.evaluation.settings import Settings


def test_lines_come_highest_first():
    """The shipped lines are 8, 6 and 4 points, each with an act people know, all unconfirmed."""
    policy = load_field_work_policy(Settings.model_fields["rulebook_dir"].default)
    lines = policy.lines_on(date(2022, 5, 1))
    assert [["remind", 8], ["admonish", 6], ["recall", 4]] == [[line.act, line.at] for line in lines]
    assert {line.act for line in lines} == set(ACTS)
    assert not policy.lines.entry_on(date(2022, 5, 1)).confirmed
    assert Decimal(10) == policy.opening.on(date(2022, 5, 1))
