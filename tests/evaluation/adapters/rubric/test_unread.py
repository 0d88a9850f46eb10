"""A value that counts for nothing is told, since whoever entered it thought otherwise."""

import pytest

from services.evaluation.adapters.rubric.scored import score_files
from tests.evaluation.adapters.rubric.published import RUBRICS

HEAD = "unit,item,input,value,class,reason,assessor\n县矿管局,,,,重点考核部门,,\n"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("县矿管局,D9.1,分项1,30,,现场核查,考核组", [("D9.1", 3)]),  # another department's duty
        ("县矿管局,D10.1,分项1,20,,现场核查,考核组", []),
        ("县矿管局,D9.1,分项1,,,,", []),  # nothing entered
        ("县矿管局,D9.1,分项1,不适用,,,", []),  # and said to be so
    ],
)
def test_a_value_of_anothers_item(tmp_path, row, told):
    """Only values that were given and are read by nobody are told, with item and line."""
    file = tmp_path / "values.csv"
    file.write_text(HEAD + row + "\n", encoding="utf-8")
    faults = score_files(RUBRICS / "02_shicheng_departments_2018.yaml", file).read.faults
    assert told == [(one.item, one.line) for one in faults if one.code == "item_of_others"]
