from datetime import date

import pytest

from services.employment.domain.labourer import Labourer, Member


@pytest.mark.parametrize(
    ("skill", "can_work"), [("001", True), ("002", True), ("003", False), ("004", False), ("005", True)]
)
def test_who_can_work(skill, can_work):
    """Ordinary, skilled and weak labour can work; lost and none cannot (code list 100A14)."""
    member = Member("p1", "N1-01", "001", "1", date(1980, 1, 1), skill)
    assert can_work == Labourer(member, "h1", "N1", "610327102200", "100A03A03", True, False).can_work
