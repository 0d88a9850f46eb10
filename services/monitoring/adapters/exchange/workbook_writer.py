"""A format's headings and values the way the national system writes them."""

from datetime import date
from decimal import Decimal

from services.monitoring.domain.exchange.format import ColumnFormat, FileFormat
from shared.kernel.errors import Language
from shared.spreadsheet import Heading


def headings_of(wanted: FileFormat, language: Language = "zh") -> tuple[Heading, ...]:
    return tuple(Heading(one.words(language), one.width) for one in wanted.columns)


def cell_of(column: ColumnFormat, value: object) -> str | int | float | None:  # noqa: PLR0911  (a kind each)
    """Return *value*, typed as *column* says, the way the national system writes it."""
    match value:
        case None | ():
            return None
        case bool():
            return "是" if value else "否"
        case date():
            return value.strftime("%Y%m" if column.kind == "month" else "%Y-%m-%d")
        case tuple() | list():
            return ",".join(str(column.names.get(str(one), one)) for one in value)
        case int() if column.kind == "yuan":
            return value / 100
        case Decimal():
            return float(value)
        case str() if column.kind == "code":
            return column.names.get(value, value)
        case int():
            return value
        case _:
            return str(value)
