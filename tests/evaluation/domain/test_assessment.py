from datetime import date

import pytest

from services.evaluation.domain.assessment import Assessment, Published
from services.evaluation.domain.errors import AssessmentPublishedError

DAY, LATER = date(2022, 12, 31), date(2023, 1, 4)


def drafted():
    return Assessment(
        id="a1", year=2022, as_of=DAY, known_at=DAY, drafted_on=DAY, board={}, lines=(), rules={}, digest="d"
    )


def test_publishing_tells_the_digest():
    """What is published is the digest of what was frozen, and the days it speaks of."""
    assessment = drafted()
    assessment.publish(LATER)
    assert [Published("a1", 2022, DAY, DAY, "d", LATER)] == assessment.facts


def test_it_is_published_once():
    """A published assessment stays as it is."""
    assessment = drafted()
    assessment.publish(DAY)
    with pytest.raises(AssessmentPublishedError):
        assessment.publish(LATER)
    assert DAY == assessment.published_on
