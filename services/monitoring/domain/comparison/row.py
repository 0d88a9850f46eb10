"""What one row of each department's list says; a kind of list is a frozen dataclass."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal

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


def column(zh: str, en: str, type_: ColumnType = "text", **given: Any) -> Any:  # noqa: ANN401  (a dataclass field)
    """Declare a column; one with a *default* may be left empty. *codes* names a code list."""
    about = ListColumn("", zh, en, type_, given.pop("codes", ""), "default" in given)
    return field(metadata={"column": about}, **given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Whom a row is about: the ID number, or name, birth date and village (12 digits). All are personal.

    Of a list about households it is the head.
    """

    id_number: str = column("身份证号", "ID number", default="", repr=False)
    name: str = column("姓名", "Name", default="", repr=False)
    born_on: date | None = column("出生日期", "Born on", "day", default=None, repr=False)
    area_code: str = column("所在村（区划代码）", "Village (area code)", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicalCostRow(Row):
    """*inpatient* is self-paid since 1 January; *outpatient* that of the month, with chronic benefits."""

    inpatient: Fen = column("本年住院自付（累计）", "Self-paid inpatient cost this year", "yuan")
    outpatient: Fen = column("本月门诊慢特病自付", "Self-paid outpatient cost this month", "yuan", default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class InsuredRow(Row):
    insured: bool = column("本年是否参保", "Insured this year", "flag")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriousIllnessRow(Row):
    disease: str = column("病种", "Disease")
    confirmed_on: date = column("确诊日期", "Confirmed on", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChronicIllnessRow(Row):
    disease: str = column("病种", "Disease", "code", codes="chronic_disease")
    contracted: bool = column("是否签约", "Under contract", "flag")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRollRow(Row):
    enrolled: bool = column("是否在籍", "Enrolled", "flag")
    attending: bool = column("是否在校", "Attending", "flag")


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolAidRow(Row):
    """*fees* and *aid* are those of the whole school year, e.g. 2021 for 2021-2022."""

    school_year: str = column("学年", "School year")
    stage: str = column("学段", "Stage", "code", codes="aided_stage")
    fees: Fen = column("学费和生活费", "Fees and living", "yuan")
    aid: Fen = column("已获资助合计", "All aid", "yuan", default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssistanceRow(Row):
    """低保, 特困供养 or 临时救助."""

    status: str = column("状态", "Status", "code", codes="list_status", default="in")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginRow(Row):
    """低保边缘或刚性支出困难: being on the list is all it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisabilityRow(Row):
    kind: str = column("残疾类别", "Kind", "code", codes="disability_kind")
    grade: str = column("残疾等级", "Grade", "code", codes="disability_grade")
    issued_on: date = column("发证日期", "Issued on", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentRow(Row):
    """*stopped_on* is when the last work ended, of somebody without work."""

    working: bool = column("是否在业", "Working", "flag")
    stopped_on: date | None = column("失业或返乡日期", "Without work since", "day", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WageRow(Row):
    """*mean_before* is the mean of the three months before, as the department's list carries it."""

    wage: Fen = column("本月工资", "Wage of the month", "yuan")
    mean_before: Fen = column("前三月平均工资", "Mean of three months before", "yuan")


@dataclass(frozen=True, slots=True, kw_only=True)
class HousingRow(Row):
    house_no: str = column("房屋编号", "House no.")
    grade: str = column("鉴定等级", "Grade", "code", codes="house_grade")
    sole: bool = column("是否唯一住房", "The only house", "flag")
    damaged: bool = column("是否新受损", "Newly damaged", "flag", default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterRow(Row):
    point_no: str = column("供水点编号", "Water point")
    fault: str = column("供水问题", "Fault", "code", codes="water_fault", default="none")
    days_cut: int = column("断水天数", "Days without water", "whole", default=0)
    test_passed: bool = column("水质检测是否合格", "Water test passed", "flag", default=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisasterRow(Row):
    event_no: str = column("灾情编号", "Event")
    kind: str = column("灾种", "Disaster", "code", codes="disaster")
    happened_on: date = column("发生日期", "Happened on", "day")
    loss: Fen = column("家庭损失", "Loss", "yuan", default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChangeRow(Row):
    event_no: str = column("事件编号", "Event")
    what: str = column("事故或变动", "What", "code", codes="roster_event")
    consequence: str = column("后果", "Consequence", "code", codes="roster_consequence", default="none")
    happened_on: date = column("发生日期", "Happened on", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class FarmLossRow(Row):
    event_no: str = column("灾损编号", "Event")
    kind: str = column("损失类别", "Kind", "code", codes="farm_loss_kind")
    loss: Fen = column("损失金额", "Loss", "yuan")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRow(Row):
    company_no: str = column("主体编号", "Business no.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PropertyRow(Row):
    kind: str = column("类别", "Kind", "code", codes="property_kind")
    number: str = column("权证或隐患点编号", "Title or site no.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionRow(Row):
    petition_no: str = column("信访件编号", "Petition no.")
    hardship: bool = column("是否反映生活困难", "About hardship", "flag")
    risk: str = column("所指风险", "Risk", "code", codes="risk", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeRow(Row):
    """Net income per head of the household of which this is the head, this year and the year before."""

    net: Fen = column("人均纯收入", "Net income per head", "yuan")
    net_before: Fen | None = column("上年人均纯收入", "The year before", "yuan", default=None)


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
    return tuple(
        ListColumn(one.name, about.zh, about.en, about.type, about.codes, about.optional)
        for one in fields(ROWS[kind])
        for about in (one.metadata["column"],)
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
    read = {
        name: date.fromisoformat(value) if value and name in days else value for name, value in values.items()
    }
    return ROWS[kind](**read)
