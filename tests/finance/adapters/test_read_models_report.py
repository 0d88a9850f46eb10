from datetime import date
from decimal import Decimal

from services.finance.adapters.read_models_report import Sum, loan_report
from services.finance.domain.borrower import HouseholdSnapshot, Identification
from services.finance.domain.eligibility import Terms
from services.finance.domain.loan import Loan, LoanState
from shared.persistence.engine import reading

TYPES = ("100A03A03", "100A03001", "100A03002")
GUGUAN, HEBEI = "610327109", "610327112"


def household(household_id, town, type_="100A03A03", *, lifted_out=True):
    return HouseholdSnapshot(household_id, household_id, 1, f"{town}200", type_, lifted_out, ())


def loan(loan_id, household_id, town, state, disbursed_on, balance_fen, amount_fen=5_000_000):
    return Loan(
        id=loan_id,
        household_id=household_id,
        area_code=f"{town}200",
        borrower_id="p",
        applied_on=disbursed_on,
        terms=Terms(amount_fen, 12, Decimal("0.037"), "breeding", rated=True),
        eligible=True,
        state=state,
        disbursed_on=disbursed_on,
        due_on=date(2023, 1, 1),
        balance_fen=balance_fen,
    )


def fill(service):
    with service.uow() as uow:
        uow.borrowers.record(
            [
                household("h1", GUGUAN),
                household("h2", GUGUAN),
                household("h3", GUGUAN, "100A03A02"),
                household("h4", GUGUAN, "100A03A01", lifted_out=False),
                household("h5", HEBEI, "100A03A01", lifted_out=False),
            ]
        )
        uow.borrowers.identify([Identification("c1", "h4", "100A03002", date(2022, 5, 1))])
        for each in (
            loan("a", "h1", GUGUAN, LoanState.OVERDUE, date(2021, 6, 1), 1_000_000),
            loan("b", "h1", GUGUAN, LoanState.DISBURSED, date(2022, 6, 15), 3_000_000),
            loan("c", "h2", GUGUAN, LoanState.SETTLED, date(2022, 1, 1), 0, 2_000_000),
            loan("d", "h2", GUGUAN, LoanState.DISBURSED, date(2022, 6, 16), 4_000_000),
            loan("e", "h5", HEBEI, LoanState.DISBURSED, date(2021, 12, 31), 5_000_000),
        ):
            uow.loans.add(each)
        uow.commit()


def report(service, area_code="610327", day=date(2022, 6, 15)):
    with reading(service.engine) as connection:
        return loan_report(connection, area_code, day, TYPES)


def test_a_town_by_its_loans(service):
    """Stock, new lending of the year so far and of last year's same days, overdue; with households."""
    fill(service)
    line = next(line for line in report(service).towns if line.area_code == GUGUAN)
    assert (
        Sum(2, 8_000_000),
        Sum(2, 7_000_000),
        Sum(1, 5_000_000),
        Sum(1, 1_000_000),
        Decimal("12.50"),
    ) == (line.stock, line.new, line.new_last_year, line.overdue, line.overdue_percent)


def test_the_three_shares_of_households(service):
    """Eligible are h1, h2 and the identified h4: lent this year, in debt, ever lent."""
    fill(service)
    line = next(line for line in report(service).towns if line.area_code == GUGUAN)
    assert (3, Decimal("66.67"), Decimal("66.67"), Decimal("66.67")) == (
        line.eligible_households,
        line.lent_this_year_percent,
        line.in_debt_percent,
        line.ever_lent_percent,
    )


def test_the_county_is_the_sum(service):
    """The last line adds the towns up; every town has a line, also those without a loan."""
    fill(service)
    whole = report(service)
    assert (10, Sum(3, 13_000_000)) == (len(whole.towns), whole.total.stock)
    empty = next(line for line in whole.towns if line.area_code == "610327100")
    assert (Sum(), None, None) == (empty.stock, empty.overdue_percent, empty.ever_lent_percent)


def test_a_town_sees_its_own(service):
    """A town's report has that town alone."""
    fill(service)
    assert [HEBEI] == [line.area_code for line in report(service, HEBEI).towns]


def test_a_leap_day(service):
    """On 29 February the same day of last year is the 28th."""
    fill(service)
    assert 0 == report(service, day=date(2024, 2, 29)).total.new_last_year.households
