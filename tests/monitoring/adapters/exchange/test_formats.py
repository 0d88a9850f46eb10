from services.monitoring.adapters.exchange.formats import load_formats
from services.monitoring.domain.comparison.row import ROWS, columns_of
from services.monitoring.domain.exchange.cell import parser_of
from services.monitoring.settings import Settings

FORMATS = load_formats(Settings().policy_dir)
NATIONAL = [
    "序号",
    "县",
    "乡镇",
    "行政村",
    "自然村",
    "户编号",
    "人编号",
    "姓名",
    "证件号码",
    "人数",
    "与户主关系",
    "民族",
    "文化程度",
    "在校生状况",
    "健康状况",
    "劳动技能",
    "务工时间(月)",
    "是否参加大病保险",
    "致贫原因1",
    "危房户",
    "是否解决安全饮用水",
    "人均纯收入",
    "户联系电话",
    "人联系电话",
    "首次识别时间",
    "人员识别时间",
    "户类型",
    "易返贫致贫户(监测对象)类型",
    "风险是否消除",
    "风险识别时间",
    "风险消除时间",
]


def test_the_national_lists_have_their_columns_in_their_order():
    """Both lists of persons have the 31 columns of the national export (domain 8.6)."""
    for key in ("lifted_out_persons", "marginal_persons"):
        assert NATIONAL == [one.heading for one in FORMATS[key].columns]


def test_every_department_list_has_a_format():
    """Each kind of list the comparison takes can be read from a file, with all its columns."""
    for kind in ROWS:
        fields = {one.field for one in FORMATS[kind].columns}
        assert {one.name for one in columns_of(kind)} <= fields


def test_relations_are_understood_as_names_and_by_both_standards():
    """户主, 001 and 01 of GB/T 4761 are one relation; so are 之子, 子, 003 and 20."""
    relation = FORMATS["lifted_out_persons"].column("relation")
    assert relation is not None
    read = parser_of("code", relation.labels)
    assert ["001"] * 3 + ["003"] * 4 == [
        read(one) for one in ("户主", "001", "01", "之子", "子", "003", "20")
    ]
    assert "之子" == relation.names["003"]
