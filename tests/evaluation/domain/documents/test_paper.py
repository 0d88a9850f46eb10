import pytest

from services.evaluation.domain.documents.frozen import FrozenLine
from services.evaluation.domain.documents.paper import Sources, said, table_of
from tests.evaluation.frozen_results import line


def test_a_source_keeps_its_number():
    """A line cited twice has one number, and the list is in the order of first citing."""
    sources = Sources()
    first, second = (FrozenLine(line("甲镇", one, "1", "2")) for one in ("I02-1", "I01-1"))
    assert [1, 2, 1] == [sources.cite(one) for one in (first, second, first)]
    assert [first, second] == sources.lines


def test_a_crooked_table_is_refused():
    """A row that is shorter than the head would move figures under a wrong heading."""
    with pytest.raises(ValueError, match="表1"):
        table_of("表1", ("单位", "得分"), [("甲镇",)])


def test_text_without_sources():
    """A paragraph reads without the numbers of its sources."""
    assert "失3分。" == said("失3分", 7, "。").text
