from datetime import date

from services.evaluation.domain.documents.circular_units import (
    best_of,
    highlight_blocks,
    last_of,
    requirement_blocks,
    shortcoming_blocks,
    unit_blocks,
    unit_paragraph,
)
from services.evaluation.domain.documents.frozen import FrozenResult
from services.evaluation.domain.documents.paper import Paragraph, Sources
from tests.evaluation.frozen_results import entry, frozen, version


def texts(blocks):
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def test_a_units_paragraph(rulebook):
    """Score, rank, grade, strong and weak points with the reason, and what is owed."""
    unit = frozen(rulebook).towns[1]
    text = unit_paragraph(unit, Sources(), 3, 2).text
    assert text.startswith("2.乙镇。得60.00分，列各镇第2位，等次良好。主要得分点：“指标I02-1”")
    assert "满分4分、得1.00分、失3.00分" in text
    assert text.endswith("另有到期未上报1项，计0分，总分为暂定数。")


def test_every_point_told_is_cited(rulebook):
    """What is said of a line is followed by the number of its source."""
    sources = Sources()
    paragraph = unit_paragraph(frozen(rulebook).towns[1], sources, 3, 2)
    assert ["I02-1", "I01-1", "I03-1", "I37-4"] == [line.indicator for line in sources.lines]
    assert [1, 2, 3, 4] == [piece for piece in paragraph.pieces if isinstance(piece, int)]


def test_a_unit_without_a_score(rulebook):
    """Who has no score is not told of points lost."""
    text = unit_paragraph(frozen(rulebook).towns[2], Sources(), 3, 3).text
    assert "无可计分事项，未计总分" in text
    assert "失分" not in text


def test_best_and_last_do_not_meet(rulebook):
    """Of five units three best and two last are named at most, ties whole, nobody twice."""
    ranks = (1, 2, 2, 4, 5)
    towns = [entry(f"{rank}{place}", "50.00", rank) for place, rank in enumerate(ranks)]
    units = FrozenResult.of(version(towns, [], []), rulebook).towns
    assert ["10", "21", "22"] == [unit.id for unit in best_of(units, 2)]
    assert ["54", "43"] == [unit.id for unit in last_of(units, 3)]
    assert ([], []) == (best_of((), 3), last_of(units[:1], 3))


def test_highlights_shortcomings_and_requirements(rulebook):
    """The best is praised for what it won; the last is named with figures, and told what to do by when."""
    result, sources = frozen(rulebook), Sources()
    assert any(text.startswith("甲镇得80.00分") for text in texts(highlight_blocks(result, sources, 1, 3)))
    lacking = texts(shortcoming_blocks(result, sources, 1, 3))
    assert "“指标I01-1”（I01-1）1个镇共失3.00分：乙镇失3.00分。" == lacking[0]
    assert any(text.startswith("乙镇得60.00分") for text in lacking)
    wanted = texts(requirement_blocks(result, sources, 1, "督查室", date(2023, 1, 25)))
    assert "乙镇重点整改“指标I01-1”（失3.00分）" in wanted[0]
    assert "乙镇1项" in wanted[1]
    assert "2023年1月25日前" in wanted[2]


def test_every_unit_has_its_paragraph(rulebook):
    """Towns and departments are all told of."""
    result = frozen(rulebook)
    paragraphs = texts(unit_blocks(result, Sources(), 3))
    assert len(result.units()) == len(paragraphs)
