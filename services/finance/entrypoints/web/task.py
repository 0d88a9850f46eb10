"""What waits for the officer: measures, loans, maturities; money, projects and assets past their day."""

from dataclasses import dataclass

from services.finance.adapters.read_models import LoanFilter, LoanRow, Part, find_loans
from services.finance.adapters.read_models_measure import find_measures
from services.finance.adapters.read_models_process import count_open
from services.finance.domain.loan import LoanState
from services.finance.entrypoints.web.dependencies import FinanceAsk, read
from services.finance.entrypoints.web.loan import loan_columns
from services.finance.entrypoints.web.measure import OPEN_STATES, measure_columns
from services.finance.entrypoints.web.process import announcement, asset, cooperative, fund, upkeep
from shared.kernel.period import add_days
from shared.web.asking import View, own_area
from shared.web.i18n import Words
from shared.web.paging import Listing, Paging
from shared.web.section import Section

section = Section("task")

_SHOWN = 20
KINDS = (
    fund.KIND,
    announcement.KIND,
    asset.KIND,
    asset.PROBLEM,
    upkeep.PAY,
    cooperative.LOAN,
    cooperative.INCOME,
    cooperative.FIRM,
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of one kind are open, and how many of them past their day."""

    words: Words
    path: str
    permission: str
    open: int
    late: int


@section.page("/", "home.read", "finance/tasks.html", area_of=own_area)
def my_tasks(ask: FinanceAsk) -> View:
    """Show what waits, what is due first on top; loans and measures only to the department they belong to."""
    lends = ask.officer.role != "department" or ask.officer.service == "finance"
    data = {"waiting": _waiting(ask), "lends": lends, **(_loans_and_measures(ask) if lends else {})}
    return View(Words("我的待办", "My tasks"), data)


def _waiting(ask: FinanceAsk) -> list[Waiting]:
    """Count what is open and late of every kind that has a day; a page shows those it may open."""
    with read(ask) as connection:
        found = [
            (kind, count_open(connection, kind.table, ask.officer.area_code, kind.process.CLOSED, ask.today))
            for kind in KINDS
        ]
    return [Waiting(kind.words, kind.path, kind.reading, *counts) for kind, counts in found]


def _loans_and_measures(ask: FinanceAsk) -> dict[str, object]:
    area, first = ask.officer.area_code, Part(_SHOWN)
    notices = ask.service.policy.maturity_notice_days.entry_on(ask.today)
    ahead = sorted((int(days) for days in notices.value), reverse=True)
    with read(ask) as connection:
        measures, open_measures = find_measures(connection, area, "", OPEN_STATES, first)
        undecided = find_loans(connection, area, LoanFilter(states=("applied", "approved")), first)
        overdue = find_loans(connection, area, LoanFilter(states=(LoanState.OVERDUE,)), first)
        maturing = find_loans(
            connection,
            area,
            LoanFilter(states=(LoanState.DISBURSED,), due_until=add_days(ask.today, ahead[0])),
            first,
        )
        counted = [(days, find_loans(connection, area, _maturing(ask, days), Part(1))[1]) for days in ahead]
    late = sum(row.measure.request.due_on < ask.today for row in measures)
    return {
        "measures": Listing(measure_columns(ask), measures, open_measures, Paging(1, _SHOWN)),
        "undecided": _listing(ask, undecided),
        "overdue": _listing(ask, overdue),
        "maturing": _listing(ask, maturing),
        "notices": notices,
        "counts": {
            "measures": open_measures,
            "late": late,
            "undecided": undecided[1],
            "overdue": overdue[1],
            "maturing": counted,
        },
    }


def _maturing(ask: FinanceAsk, days: int) -> LoanFilter:
    return LoanFilter(states=(LoanState.DISBURSED,), due_until=add_days(ask.today, days))


def _listing(ask: FinanceAsk, found: tuple[list[LoanRow], int]) -> Listing[LoanRow]:
    rows, total = found
    return Listing(loan_columns(ask), rows, total, Paging(1, _SHOWN))
