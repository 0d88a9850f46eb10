import pytest

from services.evaluation.adapters.inspection_sample import sample_of
from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.domain.inspection_sample import in_drawn_order
from services.evaluation.domain.supervision_errors import (
    NothingToDrawError,
    SampleDrawnError,
    WithoutWordsError,
)
from services.evaluation.service_layer.inspection_sample import DrawSample, draw_sample
from shared.areas import areas
from shared.kernel.clock import at_hour, day_of
from shared.kernel.period import Month
from tests.evaluation.samples import FIRST, household, sealed

VILLAGES = [village.code for village in areas().villages()[:4]]


@pytest.fixture(name="known")
def _known(service, tell):
    """Forty households in each of four villages, every fourth one never registered."""
    events = [
        household(
            f"{village}h{number}",
            day=FIRST,
            area_code=village,
            household_type="100A03A01" if number % 4 == 0 else "100A03A03",
        )
        for village in VILLAGES
        for number in range(40)
    ]
    tell(service, sealed(events))
    return service


def drawn(service):
    with service.engine.connect() as connection:
        return sample_of(connection, str(Month.of(day_of(service.clock()))))


def test_drawn_as_the_rule_says(known):
    """Two villages, in each twenty registered and five others; what is kept can be drawn again by hand."""
    draw_sample(DrawSample("摇奖 07"), known.uow(), known.supervision)
    sample = drawn(known)
    assert list(sample.villages) == in_drawn_order(sorted(VILLAGES), "摇奖 07")[:2]
    for village in sample.villages:
        mine = [one for one in sample.households if one.village == village]
        assert (20, 5) == (sum(one.registered for one in mine), sum(not one.registered for one in mine))
    (entry,) = known.reads.search(JournalSearch(fact="evaluation.inspection_sample_drawn"), limit=2)
    assert ("摇奖 07", 40, 10) == tuple(entry.envelope.data[key] for key in ("seed", "registered", "others"))


def test_drawn_once_a_month_and_nothing_twice(known):
    """A second draw of the month is refused; the next month's has no village of this one."""
    draw_sample(DrawSample("1"), known.uow(), known.supervision)
    first = drawn(known)
    with pytest.raises(SampleDrawnError):
        draw_sample(DrawSample("2"), known.uow(), known.supervision)
    assert first == drawn(known)
    known.clock.set(at_hour(Month.of(day_of(known.clock())).plus(1).first_day, 9))
    draw_sample(DrawSample("1"), known.uow(), known.supervision)
    assert not set(first.villages) & set(drawn(known).villages)


def test_nothing_to_draw_and_no_seed(service):
    """Without a household nothing is drawn, and never without a seed."""
    with pytest.raises(NothingToDrawError):
        draw_sample(DrawSample("1"), service.uow(), service.supervision)
    with pytest.raises(WithoutWordsError):
        draw_sample(DrawSample(" "), service.uow(), service.supervision)
