from services.evaluation.domain.documents.paper import Table
from services.evaluation.domain.documents.unit_sheet import sheet_title, unit_sheet
from tests.evaluation.frozen_results import frozen


def test_a_units_sheet(rulebook):
    """Total and rank, what the total is made of, sections, the weak points and the strong."""
    result = frozen(rulebook)
    unit = result.towns[1]
    tables = [block for block in unit_sheet(result, unit) if isinstance(block, Table)]
    assert "乙镇2022年度综合考评得分表" == sheet_title(result, unit)
    assert ("60.00", "2/2", "良好", "I01-1") == tables[0].rows[0][:4]
    assert [("I01-1", "3.00"), ("I03-1", "2.00"), ("I37-4", "1.00")] == [
        (row[0], row[-2]) for row in tables[3].rows
    ]
    assert ["I02-1"] == [row[0] for row in tables[4].rows]


def test_a_unit_without_a_score_has_a_sheet(rulebook):
    """It says that nothing applied."""
    result = frozen(rulebook)
    words = [block.text for block in unit_sheet(result, result.towns[2]) if not isinstance(block, Table)]
    assert "本单位无可计分事项。" in words
