"""The loan report in three parts: what is owed, what was lent this year, what is overdue; by town."""

from datetime import date

from services.finance.adapters.read_models_report import TownLine, loan_report
from services.finance.domain.rate import alarm
from services.finance.entrypoints.web.dependencies import FinanceAsk, eligible_types, read
from services.finance.entrypoints.web.labels import ALARMS, area_words
from shared.web.asking import View, own_area
from shared.web.i18n import Words
from shared.web.paging import Column, Listing, Paging
from shared.web.section import Section

section = Section("report", "/report")


def _town(state: str, since: str = "") -> Column[TownLine]:
    def path(line: TownLine) -> str:
        town = f"&town={line.area_code}" if len(line.area_code) > len("610327") else ""
        return f"/loans?state={state}{town}{since}"

    return Column[TownLine]("镇", "Town", lambda line: area_words(line.area_code), link=path)


STOCK = (
    _town("live"),
    Column[TownLine]("户数", "Households", lambda line: line.stock.households, "number"),
    Column[TownLine]("余额（元）", "Owed (yuan)", lambda line: line.stock.amount_fen, "yuan"),
    Column[TownLine]("可贷户", "May borrow", lambda line: line.eligible_households, "number"),
    Column[TownLine]("在贷户占比（%）", "In debt (%)", lambda line: line.in_debt_percent, "number"),
    Column[TownLine]("累计获贷率（%）", "Ever lent (%)", lambda line: line.ever_lent_percent, "number"),
)


def _new(day: date) -> tuple[Column[TownLine], ...]:
    since = f"&disbursed_from={day.year}-01-01&disbursed_until={day.isoformat()}"
    return (
        _town("", since),
        Column[TownLine]("户数", "Households", lambda line: line.new.households, "number"),
        Column[TownLine]("新增（元）", "Lent (yuan)", lambda line: line.new.amount_fen, "yuan"),
        Column[TownLine](
            "上年同期（元）", "Last year (yuan)", lambda line: line.new_last_year.amount_fen, "yuan"
        ),
        Column[TownLine](
            "比上年同期（元）",
            "Difference (yuan)",
            lambda line: line.new.amount_fen - line.new_last_year.amount_fen,
            "yuan",
        ),
        Column[TownLine](
            "年度获贷率（%）", "Lent this year (%)", lambda line: line.lent_this_year_percent, "number"
        ),
    )


def _overdue(ask: FinanceAsk) -> tuple[Column[TownLine], ...]:
    policy = ask.service.policy
    return (
        _town("overdue"),
        Column[TownLine]("逾期户数", "Households", lambda line: line.overdue.households, "number"),
        Column[TownLine]("逾期余额（元）", "Overdue (yuan)", lambda line: line.overdue.amount_fen, "yuan"),
        Column[TownLine]("逾期率（%）", "Overdue rate (%)", lambda line: line.overdue_percent, "number"),
        Column[TownLine](
            "预警",
            "Alarm",
            lambda line: ALARMS[alarm(line.overdue.amount_fen, line.stock.amount_fen, ask.today, policy)],
        ),
    )


@section.page("", "report.read", "finance/report.html", area_of=own_area)
def show_report(ask: FinanceAsk) -> View:
    """Show the loans by town as they stand today."""
    with read(ask) as connection:
        report = loan_report(connection, ask.officer.area_code, ask.today, eligible_types(ask))
    policy, towns = ask.service.policy, report.towns
    paging = Paging(1, len(towns) + 1)

    def part(columns: tuple[Column[TownLine], ...], rows: list[TownLine]) -> Listing[TownLine]:
        return Listing(columns, [*rows, report.total], len(rows) + 1, paging)

    data = {
        "report": report,
        "stock": part(STOCK, sorted(towns, key=lambda line: -line.stock.amount_fen)),
        "new": part(_new(ask.today), sorted(towns, key=lambda line: -line.new.amount_fen)),
        "overdue": part(_overdue(ask), sorted(towns, key=lambda line: -line.overdue.amount_fen)),
        "red": policy.overdue_red_percent.entry_on(ask.today),
        "amber": policy.overdue_amber_percent.entry_on(ask.today),
        "types": policy.household_types.entry_on(ask.today),
    }
    whole = (*STOCK, *_new(ask.today)[1:], *_overdue(ask)[1:])
    return View(Words("小额信贷报表", "Loan report"), data, part(whole, list(towns)))
