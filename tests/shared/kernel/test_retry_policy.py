import json
from datetime import timedelta
from itertools import takewhile

import pytest
from pydantic import TypeAdapter

from shared.kernel.retry_policy import NO_RETRIES, RetryPolicy, Tries


def delays(policy, kind, code, event_id="e"):
    pauses = (policy.delay(kind, code, tried=n, event_id=event_id) for n in range(1, 20))
    return list(takewhile(lambda pause: pause is not None, pauses))


def test_a_defect_is_tried_three_times_more():
    """Unless told otherwise a defect comes again after 10 s, a minute, ten minutes, and then no more."""
    plain = RetryPolicy(jitter=0)
    assert [timedelta(seconds=s) for s in (10, 60, 600)] == delays(plain, "defect", "defect")


@pytest.mark.parametrize("kind", ["garbage", "invalid", "refused"])
def test_other_faults_are_not(kind):
    """What time does not mend is set aside at once."""
    assert [] == delays(RetryPolicy(), kind, "any")


def test_a_refusal_has_a_rule_by_its_code():
    """A code that time mends is named; others stay as they are."""
    policy = RetryPolicy(refused={"figure_not_in_force": Tries(after_seconds=(3600,))}, jitter=0)
    assert [timedelta(hours=1)] == delays(policy, "refused", "figure_not_in_force")
    assert [] == delays(policy, "refused", "level_refused")


def test_chance_spreads_and_repeats():
    """Each event waits its own time, at most a fifth longer, and the same whenever it is asked."""
    first = [delays(RetryPolicy(), "defect", "defect", f"e{n}")[0].total_seconds() for n in range(200)]
    assert first == [
        delays(RetryPolicy(), "defect", "defect", f"e{n}")[0].total_seconds() for n in range(200)
    ]
    assert all(10 <= seconds < 12 for seconds in first)
    assert len(set(first)) > 100
    assert max(first) - min(first) > 1


def test_no_retries():
    """The policy of those who want none has none."""
    assert [] == delays(NO_RETRIES, "defect", "defect")


def test_it_can_be_written_as_json():
    """An operator sets it in the environment."""
    text = '{"defect": {"immediate": 1, "after_seconds": [5]}, "refused": {"x": {"after_seconds": [1, 2]}}}'
    read = TypeAdapter(RetryPolicy).validate_python(json.loads(text))
    assert Tries(1, (5.0,)) == read.tries("defect", "defect")
    assert Tries(0, (1.0, 2.0)) == read.tries("refused", "x")
