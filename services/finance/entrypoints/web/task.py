"""What waits for the officer: requested measures, loans to decide and pay out, maturities, overdue loans."""

from services.finance.adapters.read_models import LoanFilter, LoanRow, Part, find_loans
from services.finance.adapters.read_models_measure import find_measures
from services.finance.domain.loan import LoanState
from services.finance.entrypoints.web.dependencies import FinanceAsk, read
from services.finance.entrypoints.web.loan import loan_columns
from services.finance.entrypoints.web.measure import OPEN_STATES, measure_columns
from shared.kernel.period import add_days
from shared.web.asking import View, own_area
from shared.web.i18n import Words
from shared.web.paging import Listing, Paging
from shared.web.section import Section

section = Section("task")

_SHOWN = 20


@section.page("/", "task.read", "finance/tasks.html", area_of=own_area)
def my_tasks(ask: FinanceAsk) -> View:
    """Show what waits, what is due first on top."""
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
    data = {
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
    return View(Words("我的待办", "My tasks"), data)


def _maturing(ask: FinanceAsk, days: int) -> LoanFilter:
    return LoanFilter(states=(LoanState.DISBURSED,), due_until=add_days(ask.today, days))


def _listing(ask: FinanceAsk, found: tuple[list[LoanRow], int]) -> Listing[LoanRow]:
    rows, total = found
    return Listing(loan_columns(ask), rows, total, Paging(1, _SHOWN))
