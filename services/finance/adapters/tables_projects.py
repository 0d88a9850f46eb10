"""Tables of funds, projects, assets, upkeep and co-operation: one for each kind of process."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text, text

from services.finance.adapters.metadata import metadata
from shared.messaging.columns import DecimalText, JsonText


def _process(name: str, *columns: Column[object], index: tuple[str, ...] = (), number: str = "") -> Table:
    """Return the table of one kind: what every process has, its own *columns*, and what pages filter by.

    Of one *number* there is one; what was withdrawn leaves its number free.
    """
    table = Table(
        name,
        metadata,
        Column("id", String(64), primary_key=True),
        Column("version", Integer, nullable=False),
        Column("area_code", String(12), nullable=False),
        Column("state", String(16), nullable=False),
        Column("last_step_on", Date, nullable=False),
        Column("history", JsonText(), nullable=False),
        *columns,
        Index(f"ix_{name}_area", "area_code", "state"),
    )
    for column in index:
        Index(f"ix_{name}_{column}", table.c[column])
    if number:
        stands = text("state <> 'withdrawn'")
        Index(
            f"ux_{name}_{number}",
            table.c[number],
            unique=True,
            postgresql_where=stands,
            sqlite_where=stands,
        )
    return table


def _id(name: str) -> Column[object]:
    return Column(name, String(64), nullable=False)


def _word(name: str, length: int = 32) -> Column[object]:
    return Column(name, String(length), nullable=False)


def _text(name: str) -> Column[object]:
    return Column(name, Text, nullable=False)


def _fen(name: str) -> Column[object]:
    return Column(name, BigInteger, nullable=False)


def _whole(name: str) -> Column[object]:
    return Column(name, Integer, nullable=False)


def _flag(name: str) -> Column[object]:
    return Column(name, Boolean, nullable=False)


def _day(name: str) -> Column[object]:
    return Column(name, Date, nullable=False)


fund_line = _process(
    "fund_line",
    _word("line_no", 40),
    _whole("year"),
    _word("source", 16),
    _flag("industry"),
    _text("unit"),
    _id("project_id"),
    _fen("arranged_fen"),
    _fen("issued_fen"),
    _fen("paid_fen"),
    _day("due_on"),
    index=("project_id",),
    number="line_no",
)
project = _process(
    "project",
    _word("project_no", 40),
    _text("name"),
    _whole("year"),
    _word("kind", 16),
    _word("funding", 16),
    _text("unit"),
    _fen("planned_fen"),
    Column("reviews", JsonText(), nullable=False),
    _text("without_reviews"),
    Column("benefit_modes", JsonText(), nullable=False),
    Column("benefit_ratio", DecimalText()),
    _whole("progress_percent"),
    Column("start_due_on", Date),
    Column("accept_due_on", Date),
    number="project_no",
)
announcement = _process(
    "announcement",
    _word("kind", 16),
    _whole("year"),
    _text("unit"),
    _id("project_id"),
    _day("due_on"),
    _text("link"),
    _fen("total_fen"),
    _fen("register_fen"),
    Column("missing", JsonText(), nullable=False),
    _flag("link_ok"),
    _flag("numbers_match"),
    Column("published_on", Date),
)
asset = _process(
    "asset",
    _word("asset_no", 40),
    _text("name"),
    _word("kind", 16),
    _id("project_id"),
    _whole("project_year"),
    _text("unit"),
    _fen("value_fen"),
    _day("due_on"),
    _text("owner"),
    Column("audited_years", JsonText(), nullable=False),
    Column("sampled_on", Date),
    Column("in_good_state", Boolean),
    index=("project_id",),
    number="asset_no",
)
asset_inspection = _process(
    "asset_inspection", _word("quarter", 8), _text("unit"), _whole("assets_seen"), _word("paper_no", 60)
)
asset_problem = _process(
    "asset_problem",
    _id("inspection_id"),
    _id("asset_id"),
    _word("category", 16),
    _text("unit"),
    _day("due_on"),
    index=("asset_id", "inspection_id"),
)
facility = _process(
    "facility",
    _word("facility_no", 40),
    _text("name"),
    _word("kind", 16),
    Column("keepers", JsonText(), nullable=False),
    _fen("wage_fen"),
    Column("kept_since", Date),
    Column("sampled_on", Date),
    Column("passed", Boolean),
    number="facility_no",
)
keeper_pay = _process(
    "keeper_pay",
    _id("facility_id"),
    _word("month", 6),
    _fen("amount_fen"),
    _day("due_on"),
    Column("paid_on", Date),
    index=("facility_id",),
)
association_loan = _process(
    "association_loan",
    _text("association"),
    _word("member_no", 40),
    _fen("amount_fen"),
    _flag("valid"),
    _day("due_on"),
    _word("reason"),
)
station_income = _process(
    "station_income",
    _word("station_no", 40),
    _word("period", 8),
    _fen("income_fen"),
    _day("due_on"),
    _fen("wages_fen"),
    _fen("works_fen"),
    _fen("awards_fen"),
    _flag("by_rule"),
    _flag("announced"),
)
firm_project = _process(
    "firm_project", _text("firm"), _text("name"), _word("kind", 16), _fen("amount_fen"), _day("due_on")
)
PROCESSES = (
    fund_line,
    project,
    announcement,
    asset,
    asset_inspection,
    asset_problem,
    facility,
    keeper_pay,
    association_loan,
    station_income,
    firm_project,
)
