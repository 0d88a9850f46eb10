"""The scoreboard as an XLSX workbook: from the same documents as the JSON, and always the same bytes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

Document = Mapping[str, Any]

_STATUS = {
    "scored": "已计分",
    "not_applicable": "不适用（无对应工作量）",
    "not_set": "参数未录入，未计分",
    "missing": "尚未上报，未计分",
    "shown": "只展示，不计分",
}
_BOARD_HEAD = ("名次", "单位", "得分", "等次", "一票否优", "计分指标数", "适用分值")
_LINE_HEAD = (
    "编号", "单位", "指标", "指标名称", "状态", "分子", "分母", "数值", "数值单位", "目标", "分解目标",
    "目标来源", "得分", "满分", "计算过程", "事件数", "规则SHA-256",
)  # fmt: skip


def scoreboard_workbook(board: Document, lines: Sequence[Document], catalogue: Sequence[Document]) -> bytes:
    """Return the workbook; nothing in it depends on when or where it is written."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    day = datetime.combine(date.fromisoformat(board["as_of"]), datetime.min.time())
    book.set_properties(
        {"title": f"陇县综合考评 {board['as_of']}", "author": "守线 Shouxian", "created": day}
    )
    styles = _styles(book)
    _board_sheet(book, styles, "各镇", board, board["towns"])
    _board_sheet(book, styles, "县级部门", board, board["departments"])
    _lines_sheet(book, styles, lines)
    _catalogue_sheet(book, styles, catalogue)
    book.close()
    return buffer.getvalue()


def _styles(book: Any) -> dict[str, Any]:  # noqa: ANN401  (the library has no types)
    frame = {"border": 1, "font_name": "宋体", "font_size": 10}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "font_name": "宋体"}),
        "note": book.add_format({"italic": True, "font_size": 9, "font_name": "宋体"}),
        "head": book.add_format({**frame, "bold": True, "bg_color": "#E7ECF3", "text_wrap": True}),
        "cell": book.add_format({**frame, "text_wrap": True, "valign": "top"}),
        "points": book.add_format({**frame, "num_format": "0.00", "valign": "top"}),
    }


def _row(sheet: Any, row: int, values: Sequence[object], styles: Mapping[str, Any]) -> None:  # noqa: ANN401
    for column, value in enumerate(values):
        if isinstance(value, Decimal):
            sheet.write_number(row, column, float(value), styles["points"])
        elif isinstance(value, int):
            sheet.write_number(row, column, value, styles["cell"])
        else:
            sheet.write_string(row, column, "" if value is None else str(value), styles["cell"])


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _board_sheet(
    book: Any,  # noqa: ANN401  (the library has no types)
    styles: Mapping[str, Any],
    name: str,
    board: Document,
    units: Sequence[Document],
) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, f"陇县2022年度综合考评 {name}（截至{board['as_of']}）", styles["title"])
    known = f"知悉日 {board['known_at']}；分值、等次为建议值，未确认；“不适用”指标按比例折算"
    sheet.write_string(1, 0, known, styles["note"])
    for column, head in enumerate(_BOARD_HEAD):
        sheet.write_string(3, column, head, styles["head"])
    for row, unit in enumerate(units, 4):
        values = (
            unit["rank"],
            unit["name"],
            _number(unit["total"]),
            unit["grade"],
            "、".join(unit["vetoes"]),
            unit["scored"],
            unit["available_points"],
        )
        _row(sheet, row, values, styles)
    sheet.set_column(1, 1, 18)
    sheet.freeze_panes(4, 2)


def _lines_sheet(book: Any, styles: Mapping[str, Any], lines: Sequence[Document]) -> None:  # noqa: ANN401
    sheet = book.add_worksheet("得分明细")
    for column, head in enumerate(_LINE_HEAD):
        sheet.write_string(0, column, head, styles["head"])
    for row, line in enumerate(lines, 1):
        values = (
            line["id"],
            line["unit_name"],
            line["indicator"],
            line["name"],
            _STATUS[line["status"]],
            line["numerator"],
            line["denominator"],
            _number(line["value"]),
            line["value_unit"],
            line["target"],
            _number(line["unit_target"]),
            line["target_source"],
            _number(line["points"]),
            line["max_points"],
            line["working"],
            len(line["events"]),
            line["rule_sha256"],
        )
        _row(sheet, row, values, styles)
    sheet.set_column(0, 0, 34)
    sheet.set_column(3, 4, 22)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(lines), 1), len(_LINE_HEAD) - 1)


def _catalogue_sheet(book: Any, styles: Mapping[str, Any], catalogue: Sequence[Document]) -> None:  # noqa: ANN401
    sheet = book.add_worksheet("工作要点指标")
    for column, head in enumerate(("要点", "标题", "指标", "名称", "目标", "目标来源", "计分情况")):
        sheet.write_string(0, column, head, styles["head"])
    for row, entry in enumerate(catalogue, 1):
        state = "自动计分" if entry["computed"] else "尚未上报，不计分"
        values = (
            entry["item"],
            entry["title"],
            entry["indicator"],
            entry["name"],
            entry["target"],
            entry["target_source"],
            state,
        )
        _row(sheet, row, values, styles)
    sheet.set_column(1, 1, 34)
    sheet.set_column(3, 5, 24)
