from services.evaluation.domain.documents.circular_sections import section_blocks
from services.evaluation.domain.documents.paper import Heading, Table
from tests.evaluation.frozen_results import frozen


def test_each_chapter_has_its_points_and_tables(rulebook):
    """A chapter of the plan says in its heading what applied, and its table adds up to the lines."""
    blocks = section_blocks(frozen(rulebook))
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert "（一）持续巩固拓展脱贫攻坚成果（各镇适用分值最高9.00分）" == headings[1]
    tables = [block for block in blocks if isinstance(block, Table)]
    first = {row[0]: row[-2:] for row in tables[0].rows}
    assert {"甲镇": ("6.33/7.00", "90.48%"), "乙镇": ("4.00/9.00", "44.44%"), "丙镇": ("—", "—")} == first


def test_departments_have_a_table_where_something_applied(rulebook):
    """The one department stands in the table of the chapter of its line, and in no other."""
    tables = [block for block in section_blocks(frozen(rulebook)) if isinstance(block, Table)]
    named = [table.caption for table in tables if any(row[0] == "县水利局" for row in table.rows)]
    assert ["表3附　持续巩固拓展脱贫攻坚成果县级部门得分"] == named
