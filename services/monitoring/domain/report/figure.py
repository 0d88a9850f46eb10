"""What the reports contain: the set of domain 9.3, inferred from what running systems show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from services.monitoring.domain.report.period import ReportKind

SOURCE = (
    "推定：工作要点第2条未列报表内容，按在用系统展示的指标编制"
    " / inferred: work point 2 names no contents; built from what running systems show"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: how many subjects it counts. With *by*, a code list, it is divided: ``code.value``.

    *subject* says what is counted, and so where its link leads: ``household``, ``person`` (of a
    household), ``clue``, ``case``, ``measure`` or anything else, which leads to the household.
    """

    code: str
    kind: ReportKind
    zh: str
    en: str
    subject: str
    unit_zh: str = "户"
    unit_en: str = "households"
    by: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """One figure's part of another; nothing where the whole is nothing."""

    code: str
    kind: ReportKind
    zh: str
    en: str
    part: str
    whole: str

    def of(self, values: Mapping[str, int]) -> Decimal | None:
        """Return the share, in the sums of *values* by code."""
        whole = values.get(self.whole, 0)
        return Decimal(values.get(self.part, 0)) / Decimal(whole) if whole else None


_CASES = {"unit_zh": "件", "unit_en": "cases"}
_ITEMS = {"unit_zh": "条", "unit_en": "items"}
_PERSONS = {"unit_zh": "人", "unit_en": "persons"}

FIGURES: tuple[Figure, ...] = (
    Figure(
        "clues_reported",
        "weekly",
        "本周线索（按来源）",
        "Clues by source",
        "clue",
        **_ITEMS,
        by="clue_source",
    ),
    Figure("clues_open", "weekly", "待核实线索", "Clues to be checked", "clue", **_ITEMS),
    Figure("cases_open", "weekly", "识别程序中", "Cases in procedure", "case", **_CASES),
    Figure("cases_overdue", "weekly", "超15天未认定", "Cases past the limit", "case", **_CASES),
    Figure(
        "identified", "weekly", "新识别（按类别）", "Newly identified by class", "case", by="household_type"
    ),
    Figure("identified_persons", "weekly", "新识别人口", "Newly identified persons", "person", **_PERSONS),
    Figure("cases_rejected", "weekly", "未认定", "Cases not identified", "case", **_CASES),
    Figure("measures_overdue", "weekly", "超1个月未落实措施", "Without a measure after a month", "case"),
    Figure("visits_made", "weekly", "走访农户", "Households visited", "household"),
    Figure("stock", "monthly", "监测对象（按类别）", "Monitored by class", "case", by="household_type"),
    Figure("stock_open", "monthly", "未消除风险的监测对象", "Monitored, risk not eliminated", "case"),
    Figure("stock_eliminated", "monthly", "已消除风险的监测对象", "Monitored, risk eliminated", "case"),
    Figure(
        "stock_persons", "monthly", "未消除风险人口", "Persons, risk not eliminated", "person", **_PERSONS
    ),
    Figure("risks", "monthly", "风险类型（未消除）", "Risks, not eliminated", "case", by="risk"),
    Figure("helped_development", "monthly", "有开发式措施", "With development measures", "case"),
    Figure("helped_relief", "monthly", "有兜底类措施", "With relief measures", "case"),
    Figure("helped_none", "monthly", "尚无措施", "Without any measure", "case"),
    Figure("working", "monthly", "在岗（务工和公益岗）", "In work", "person", **_PERSONS),
    Figure("work_started", "monthly", "本月新增务工", "Started work", "person", **_PERSONS),
    Figure("work_ended", "monthly", "本月离岗", "Stopped work", "person", **_PERSONS),
    Figure("warnings_raised", "monthly", "部门预警下发", "Warnings raised", "warning", **_ITEMS),
    Figure("warnings_checked", "monthly", "部门预警已核查", "Warnings checked", "warning", **_ITEMS),
    Figure("warnings_identified", "monthly", "预警后识别", "Identified after a warning", "warning", **_ITEMS),
    Figure("data_errors_open", "monthly", "未更正数据错误", "Data errors not corrected", "error", **_ITEMS),
    Figure("data_errors_found", "monthly", "本月发现数据错误", "Data errors found", "error", **_ITEMS),
    Figure("water_open", "monthly", "饮水问题未解决", "Water problems open", "household"),
    Figure("housing_open", "monthly", "住房问题未解决", "Housing problems open", "household"),
    Figure("dropouts_open", "monthly", "失学辍学未劝返", "Dropouts open", "person", **_PERSONS),
    Figure("zero_employment_open", "monthly", "零就业搬迁户", "Zero-employment households", "household"),
    Figure("disputes_open", "monthly", "矛盾纠纷未化解", "Disputes open", "dispute", **_CASES),
    Figure("eliminated", "quarterly", "本季风险消除", "Risk eliminated", "case"),
    Figure("rolled_back", "quarterly", "消除后回退", "Eliminations rolled back", "case"),
    Figure("relapsed", "quarterly", "返贫致贫", "Relapses", "household"),
    Figure("sampled", "quarterly", "抽样检查", "Households in the sample", "household"),
    Figure(
        "sample_findings", "quarterly", "抽查结果", "Findings of the sample", "household", by="sample_finding"
    ),
    Figure(
        "income_bands",
        "quarterly",
        "人均纯收入分组",
        "Net income per head by band",
        "household",
        by="income_band",
    ),
    Figure("differences_found", "quarterly", "账实不符", "Differences found", "difference", **_ITEMS),
    Figure("differences_closed", "quarterly", "已更正或说明", "Differences closed", "difference", **_ITEMS),
    Figure("returns_open", "quarterly", "搬迁回流未整改", "Returns open", "household"),
    Figure("shortages_open", "quarterly", "搬迁住房困难未解决", "Want of room open", "household"),
    Figure("in_grids", "quarterly", "已划入网格", "Households in a grid", "household"),
    Figure("households", "quarterly", "农户总数", "Households", "household"),
)
SHARES: tuple[Share, ...] = (
    Share(
        "warnings_checked_share",
        "monthly",
        "预警核查率",
        "Warnings checked",
        "warnings_checked",
        "warnings_raised",
    ),
    Share(
        "differences_share",
        "quarterly",
        "账实不符处理率",
        "Differences closed",
        "differences_closed",
        "differences_found",
    ),
    Share("grid_share", "quarterly", "网格覆盖率", "Covered by grids", "in_grids", "households"),
)
_BY_CODE = {one.code: one for one in FIGURES}


def figures_of(kind: ReportKind) -> tuple[Figure, ...]:
    """Return the figures a report of *kind* contains, in their order."""
    return tuple(one for one in FIGURES if one.kind == kind)


def shares_of(kind: ReportKind) -> tuple[Share, ...]:
    return tuple(one for one in SHARES if one.kind == kind)


def lines_of(codes: Iterable[str], values: Mapping[str, int]) -> list[str]:
    """Return which of *codes* are shown: of a divided figure the values that occur, or its first for none."""
    shown: list[str] = []
    for name, group in groupby(codes, lambda code: code.partition(".")[0]):
        every = list(group)
        occurring = [code for code in every if values.get(code)]
        shown += occurring or every[:1] if _BY_CODE[name].by else every
    return shown


def figure_of(code: str) -> Figure:
    """Return the figure of *code*, perhaps with a value behind a dot; KeyError: there is none."""
    return _BY_CODE[code.partition(".")[0]]
