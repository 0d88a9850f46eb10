"""Borrowers: the list of households by what they owe, and one household with its members and loans."""

from services.finance.adapters.read_models import (
    BorrowerFilter,
    BorrowerRow,
    borrower_by_id,
    find_borrowers,
    loans_of_household,
)
from services.finance.adapters.read_models_measure import measures_of_household
from services.finance.domain.errors import HouseholdNotFoundError
from services.finance.entrypoints.web.dependencies import (
    FinanceAsk,
    eligible_types,
    household_area,
    part_of,
    read,
    towns,
)
from services.finance.entrypoints.web.labels import area_words, words_of
from services.finance.entrypoints.web.loan import loan_columns
from services.finance.entrypoints.web.measure import measure_columns
from shared.web.asking import Crumb, View, own_area
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("borrower", "/borrowers")

COLUMNS = (
    Column[BorrowerRow](
        "户编号",
        "Household no.",
        lambda row: row.household_no,
        link=lambda row: f"/borrowers/{row.household_id}",
    ),
    Column[BorrowerRow](
        "户类型", "Household type", lambda row: words_of("household_type", row.household_type)
    ),
    Column[BorrowerRow]("脱贫户", "Lifted out", lambda row: row.lifted_out),
    Column[BorrowerRow]("所在村", "Village", lambda row: area_words(row.area_code)),
    Column[BorrowerRow]("贷款余额（元）", "Owed (yuan)", lambda row: row.balance_fen, "yuan"),
    Column[BorrowerRow]("累计贷款笔数", "Loans ever", lambda row: row.loans, "number"),
)


@section.page("", "borrower.read", "finance/borrowers.html", area_of=own_area)
def list_borrowers(
    ask: FinanceAsk, town: str = "", household_no: str = "", eligible: str = "yes", with_loan: str = ""
) -> View:
    """List the households of the officer's area, at first those that may borrow."""
    types = eligible_types(ask) if eligible == "yes" else ()
    wanted = BorrowerFilter(town, household_no.strip(), types, {"yes": True, "no": False}.get(with_loan))
    with read(ask) as connection:
        rows, total = find_borrowers(connection, ask.officer.area_code, wanted, part_of(ask))
    given = {"town": town, "household_no": household_no, "eligible": eligible, "with_loan": with_loan}
    listing = Listing(COLUMNS, rows, total, ask.paging)
    return View(Words("农户信贷", "Borrowers"), {"towns": towns(ask), "given": given}, listing)


@section.page("/{household_id}", "borrower.read", "finance/borrower.html", area_of=household_area)
def show_borrower(ask: FinanceAsk, household_id: str) -> View:
    """Show one household with its members, loans and requested measures."""
    with read(ask) as connection:
        borrower = borrower_by_id(connection, household_id)
        if borrower is None:
            raise HouseholdNotFoundError(household_id=household_id)
        loans = loans_of_household(connection, household_id)
        measures = measures_of_household(connection, household_id)
    kinds = [words_of("household_type", kind) for kind in sorted(borrower.kinds_on(ask.today))]
    data = {
        "borrower": borrower,
        "facts": [
            (Words("户编号", "Household no."), borrower.household_no),
            (
                Words("户类型", "Household type"),
                Words("、".join(kind.zh for kind in kinds), ", ".join(kind.en for kind in kinds)),
            ),
            (Words("脱贫户", "Lifted out"), borrower.lifted_out),
            (Words("所在村", "Village"), area_words(borrower.area_code)),
        ],
        "members": [
            {
                "person_no": member.person_no,
                "relation": words_of("relation", member.relation),
                "age": borrower.age_of(member.person_id, ask.today),
            }
            for member in borrower.members
            if not member.left
        ],
        "loans": Listing(loan_columns(ask), loans, len(loans), ask.paging),
        "measures": Listing(measure_columns(ask), measures, len(measures), ask.paging),
    }
    number = borrower.household_no
    crumbs = (Crumb(Words("农户信贷", "Borrowers"), "/borrowers"), Crumb(Words(number, number)))
    return View(Words(f"农户 {number}", f"Household {number}"), data, crumbs=crumbs)
