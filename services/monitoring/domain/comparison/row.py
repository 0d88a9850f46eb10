"""What one row of each department's list says; a kind of list is a frozen dataclass."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Annotated, Any, Literal, get_type_hints

from services.monitoring.domain.comparison.errors import UnreadableRowError
from shared.kernel.money import Fen

ColumnType = Literal["text", "yuan", "day", "flag", "whole", "code"]
_ALLOWED = {"yuan": int, "whole": int, "day": date, "flag": bool, "text": str, "code": str}
MOST_TEXT = 40


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list: its field, what people call it, how it is written, and whether it may be empty."""

    name: str
    zh: str
    en: str
    type: ColumnType
    codes: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Says:
    """What people call a field, how it is written, and the code list it is of."""

    zh: str
    en: str
    type: ColumnType = "text"
    codes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Whom a row is about: the ID number, or name, birth date and village (12 digits). All are personal.

    Of a list about households it is the head.
    """

    id_number: Annotated[str, Says("身份证号", "ID number")] = field(default="", repr=False)
    name: Annotated[str, Says("姓名", "Name")] = field(default="", repr=False)
    born_on: Annotated[date | None, Says("出生日期", "Born on", "day")] = field(default=None, repr=False)
    area_code: Annotated[str, Says("所在村（区划代码）", "Village (area code)")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalCostRow(Row):
    """*inpatient* is self-paid since 1 January; *outpatient* that of the month, with chronic benefits."""

    inpatient: Annotated[Fen, Says("本年住院自付（累计）", "Self-paid inpatient cost this year", "yuan")]
    outpatient: Annotated[Fen, Says("本月门诊慢特病自付", "Self-paid outpatient cost this month", "yuan")] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuredRow(Row):
    insured: Annotated[bool, Says("本年是否参保", "Insured this year", "flag")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriousIllnessRow(Row):
    disease: Annotated[str, Says("病种", "Disease")]
    confirmed_on: Annotated[date, Says("确诊日期", "Confirmed on", "day")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronicIllnessRow(Row):
    disease: Annotated[str, Says("病种", "Disease", "code", codes="chronic_disease")]
    contracted: Annotated[bool, Says("是否签约", "Under contract", "flag")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRollRow(Row):
    enrolled: Annotated[bool, Says("是否在籍", "Enrolled", "flag")]
    attending: Annotated[bool, Says("是否在校", "Attending", "flag")]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolAidRow(Row):
    """*fees* and *aid* are those of the whole school year, e.g. 2021 for 2021-2022."""

    school_year: Annotated[str, Says("学年", "School year")]
    stage: Annotated[str, Says("学段", "Stage", "code", codes="aided_stage")]
    fees: Annotated[Fen, Says("学费和生活费", "Fees and living", "yuan")]
    aid: Annotated[Fen, Says("已获资助合计", "All aid", "yuan")] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistanceRow(Row):
    """低保, 特困供养 or 临时救助."""

    status: Annotated[str, Says("状态", "Status", "code", codes="list_status")] = "in"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginRow(Row):
    """低保边缘或刚性支出困难: being on the list is all it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisabilityRow(Row):
    kind: Annotated[str, Says("残疾类别", "Kind", "code", codes="disability_kind")]
    grade: Annotated[str, Says("残疾等级", "Grade", "code", codes="disability_grade")]
    issued_on: Annotated[date, Says("发证日期", "Issued on", "day")]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentRow(Row):
    """*stopped_on* is when the last work ended, of somebody without work."""

    working: Annotated[bool, Says("是否在业", "Working", "flag")]
    stopped_on: Annotated[date | None, Says("失业或返乡日期", "Without work since", "day")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow(Row):
    """A public-service post (公益性岗位)."""

    on_post: Annotated[bool, Says("是否在岗", "On a post", "flag")]


@dataclass(frozen=True, slots=True, kw_only=True)
class WageRow(Row):
    """*mean_before* is the mean of the three months before, as the department's list carries it."""

    wage: Annotated[Fen, Says("本月工资", "Wage of the month", "yuan")]
    mean_before: Annotated[Fen, Says("前三月平均工资", "Mean of three months before", "yuan")]


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingRow(Row):
    house_no: Annotated[str, Says("房屋编号", "House no.")]
    grade: Annotated[str, Says("鉴定等级", "Grade", "code", codes="house_grade")]
    sole: Annotated[bool, Says("是否唯一住房", "The only house", "flag")]
    damaged: Annotated[bool, Says("是否新受损", "Newly damaged", "flag")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterRow(Row):
    point_no: Annotated[str, Says("供水点编号", "Water point")]
    fault: Annotated[str, Says("供水问题", "Fault", "code", codes="water_fault")] = "none"
    days_cut: Annotated[int, Says("断水天数", "Days without water", "whole")] = 0
    test_passed: Annotated[bool, Says("水质检测是否合格", "Water test passed", "flag")] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DisasterRow(Row):
    event_no: Annotated[str, Says("灾情编号", "Event")]
    kind: Annotated[str, Says("灾种", "Disaster", "code", codes="disaster")]
    happened_on: Annotated[date, Says("发生日期", "Happened on", "day")]
    loss: Annotated[Fen, Says("家庭损失", "Loss", "yuan")] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChangeRow(Row):
    event_no: Annotated[str, Says("事件编号", "Event")]
    what: Annotated[str, Says("事故或变动", "What", "code", codes="roster_event")]
    consequence: Annotated[str, Says("后果", "Consequence", "code", codes="roster_consequence")] = "none"
    happened_on: Annotated[date, Says("发生日期", "Happened on", "day")]


@dataclass(frozen=True, slots=True, kw_only=True)
class FarmLossRow(Row):
    event_no: Annotated[str, Says("灾损编号", "Event")]
    kind: Annotated[str, Says("损失类别", "Kind", "code", codes="farm_loss_kind")]
    loss: Annotated[Fen, Says("损失金额", "Loss", "yuan")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRow(Row):
    company_no: Annotated[str, Says("主体编号", "Business no.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyRow(Row):
    kind: Annotated[str, Says("类别", "Kind", "code", codes="property_kind")]
    number: Annotated[str, Says("权证或隐患点编号", "Title or site no.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionRow(Row):
    petition_no: Annotated[str, Says("信访件编号", "Petition no.")]
    hardship: Annotated[bool, Says("是否反映生活困难", "About hardship", "flag")]
    risk: Annotated[str, Says("所指风险", "Risk", "code", codes="risk")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeRow(Row):
    """Net income per head of the household of which this is the head, this year and the year before."""

    net: Annotated[Fen, Says("人均纯收入", "Net income per head", "yuan")]
    net_before: Annotated[Fen | None, Says("上年人均纯收入", "The year before", "yuan")] = None


ROWS: Mapping[str, type[Row]] = {
    "medical_cost": MedicalCostRow,
    "insured": InsuredRow,
    "serious_illness": SeriousIllnessRow,
    "chronic_illness": ChronicIllnessRow,
    "school_roll": SchoolRollRow,
    "school_aid": SchoolAidRow,
    "low_income_aid": AssistanceRow,
    "destitute_aid": AssistanceRow,
    "temporary_relief": AssistanceRow,
    "low_income_margin": MarginRow,
    "disability": DisabilityRow,
    "employment": EmploymentRow,
    "public_post": PostRow,
    "wage": WageRow,
    "housing": HousingRow,
    "water": WaterRow,
    "disaster": DisasterRow,
    "roster_change": RosterChangeRow,
    "farm_loss": FarmLossRow,
    "company": CompanyRow,
    "property": PropertyRow,
    "petition": PetitionRow,
    "income": IncomeRow,
}
"""The row of each kind, by the code of ``department_list``."""


def columns_of(kind: str) -> tuple[ListColumn, ...]:
    """Return the columns of a list of *kind*, whom it is about first."""
    said = {
        name: hint.__metadata__[0] for name, hint in get_type_hints(ROWS[kind], include_extras=True).items()
    }
    return tuple(
        ListColumn(
            one.name,
            said[one.name].zh,
            said[one.name].en,
            said[one.name].type,
            said[one.name].codes,
            one.default is not MISSING,
        )
        for one in fields(ROWS[kind])
    )


_WHOM = tuple(one.name for one in fields(Row))
_OWN = {kind: tuple(one for one in columns_of(kind) if one.name not in _WHOM) for kind in ROWS}


def check_row(kind: str, row: Row, line: int) -> None:
    """Refuse a row that is of another kind, or whose values are not of their type; says line and column."""
    if type(row) is not ROWS[kind]:
        raise UnreadableRowError(line=line, column_zh="整行", column_en="the row")
    for one in _OWN[kind]:
        value = getattr(row, one.name)
        if value is None and one.optional:
            continue
        wrong = type(value) is not _ALLOWED[one.type] or (isinstance(value, str) and len(value) > MOST_TEXT)
        # A sum is never negative: a refund is the department's to net out.
        if wrong or (type(value) is int and value < 0):
            raise UnreadableRowError(line=line, column_zh=one.zh, column_en=one.en)


def values_of(kind: str, row: Row) -> dict[str, object]:
    """Return what *row* says, JSON-ready and without whom it is about."""
    said = {one.name: getattr(row, one.name) for one in _OWN[kind]}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}


def row_from(kind: str, values: Mapping[str, Any]) -> Row:
    """Return the row that :func:`values_of` was asked of, without whom it is about."""
    days = {one.name for one in _OWN[kind] if one.type == "day"}
    read: dict[str, Any] = {
        name: date.fromisoformat(value) if value and name in days else value for name, value in values.items()
    }
    return ROWS[kind](**read)
