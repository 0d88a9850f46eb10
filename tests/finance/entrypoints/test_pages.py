from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.finance.service_layer.loan import (
    ApplyForLoan,
    ApproveLoan,
    DisburseLoan,
    RepayLoan,
    apply_for_loan,
    approve_loan,
    disburse_loan,
    repay_loan,
)
from shared.kernel.clock import at_hour
from shared.messaging.intake import take_in


@pytest.fixture(name="ids")
def _ids(service, told, make_household, make_request):
    """Three households: one with a loan soon to mature, one overdue, one applying; and a request."""
    told(
        make_household("h1", p1={}),
        make_household("h2", p2={}),
        make_household("h3", p3={}, type_="100A03003", lifted_out=False),
        make_household("h4", p4={}, type_="100A03A01", lifted_out=False),
        make_request("m1"),
    )
    ids = {"household": "h1", "measure": "m1"}
    for name, household, person, term, day in (
        ("loan", "h1", "p1", 12, date(2021, 6, 20)),
        ("overdue", "h2", "p2", 3, date(2022, 3, 1)),
    ):
        loan = _apply(service, household, person, term, day)
        approve_loan(ApproveLoan(loan, day, override_reason="同意"), service.uow(), service.policy)
        disburse_loan(DisburseLoan(loan, day), service.uow(), service.policy)
        ids[name] = loan
    repay_loan(RepayLoan(ids["loan"], date(2022, 6, 1), 1_000_000), service.uow())
    ids["applied"] = _apply(service, "h3", "p3", 12, date(2022, 6, 14))
    service.sweep()
    return ids


def _apply(service, household, person, term, day):
    command = ApplyForLoan(household, person, day, 3_000_000, term, Decimal("0.037"), "breeding", rated=True)
    return apply_for_loan(command, service.uow(), service.policy)


PAGES = (
    "/",
    "/borrowers",
    "/borrowers/{household}",
    "/borrowers/{household}/application",
    "/loans",
    "/loans/{loan}",
    "/loans/{overdue}",
    "/loans/{applied}",
    "/measures",
    "/measures/{measure}",
    "/report",
    "/policy",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("login", ["renhang", "english"])
def test_every_page_opens_in_both_languages(as_person, ids, path, login):
    """Each page answers, in the language of who reads it."""
    page = as_person(login).get(path.format(**ids))
    assert 200 == page.status_code
    assert ('<html lang="en">' in page.text) == (login == "english")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_programs(as_program, ids, path):
    """The same pages are JSON under /api."""
    answer = as_program("renhang").get("/api" + path.format(**ids).rstrip("/"))
    assert (200, dict) == (answer.status_code, type(answer.json()))


LISTS = ("/borrowers", "/loans", "/measures", "/report", "/policy")


@pytest.mark.parametrize("path", LISTS)
def test_every_list_exports(as_person, ids, path):
    """A list downloads as CSV with its heading and at least one row."""
    answer = as_person("renhang").get(path, params={"format": "csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert 2 <= len(answer.text.strip().splitlines())


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/borrowers", 2),
        ("/borrowers?eligible=all", 4),
        ("/borrowers?with_loan=yes", 2),
        ("/borrowers?eligible=all&with_loan=no", 2),
        ("/borrowers?household_no=Nh2", 1),
        ("/borrowers?town=610327112", 0),
        ("/loans", 3),
        ("/loans?state=live", 2),
        ("/loans?state=overdue", 1),
        ("/loans?state=applied", 1),
        ("/loans?disbursed_from=2022-01-01", 1),
        ("/loans?disbursed_until=2021-12-31", 1),
        ("/loans?size=2&page=2", 1),
        ("/measures", 1),
        ("/measures?state=accepted", 0),
    ],
)
def test_filters_and_pages(as_program, ids, path, count):
    """Each filter leaves what it says; a page holds at most its size."""
    assert count == len(as_program("renhang").get("/api" + path).json()["items"])


@pytest.mark.parametrize("path", ["/borrowers?eligible=all", "/loans", "/measures"])
def test_another_town_sees_nothing(as_program, ids, path):
    """A town's officer sees no row of another town."""
    assert [] == as_program("elsewhere").get("/api" + path).json()["items"]


@pytest.mark.parametrize("path", [path for path in PAGES if "{" in path])
def test_another_town_is_told_nothing(as_program, ids, path):
    """What lies elsewhere looks like what does not exist."""
    there = as_program("elsewhere").get("/api" + path.format(**ids))
    nowhere = as_program("elsewhere").get("/api" + path.format_map(dict.fromkeys(ids, "nothing")))
    assert (403, there.json()["code"]) == (nowhere.status_code, nowhere.json()["code"])
    assert 403 == there.status_code


def test_another_department_stays_out(as_program, ids):
    """The employment department has no business on the finance site."""
    assert 403 == as_program("renshe").get("/api/loans").status_code


def test_tasks_count_what_waits(as_program, ids):
    """One request, one application, one overdue loan, one that matures within 7, 30 and 60 days."""
    counts = as_program("renhang").get("/api").json()["counts"]
    assert {
        "measures": 1,
        "late": 0,
        "undecided": 1,
        "overdue": 1,
        "maturing": [[60, 1], [30, 1], [7, 1]],
    } == (counts)


def test_an_undecided_loan_shows_every_condition(as_person, ids):
    """Each condition with its paper; the one that is doubtful is marked as unconfirmed."""
    page = as_person("renhang").get(f"/loans/{ids['applied']}").text
    assert all(
        text in page
        for text in ("银保监发〔2021〕6号", "存疑，可说明理由", "未确认", "参照执行的户类型", "审批通过")
    )


def test_a_disbursed_loan_shows_its_interest(as_person, ids):
    """The settlement periods of the loan add up to 365 days."""
    page = as_person("renhang").get(f"/loans/{ids['loan']}").text
    assert all(text in page for text in ("利息测算", "365", "1,125.41", "登记还款"))


def test_the_report_leads_to_its_loans(as_person, ids):
    """Every town of the report is a link to the loans behind its figures."""
    browser = as_person("renhang")
    page = browser.get("/report").text
    assert "/loans?state=overdue&amp;town=610327102" in page
    assert "超线" in page
    assert "Nh2" in browser.get("/loans?state=overdue&town=610327102").text


def test_the_report_as_figures(as_program, ids):
    """Owed 20,000 and 30,000; lent this year 30,000; overdue 30,000 of 50,000."""
    total = as_program("renhang").get("/api/report").json()["report"]["total"]
    assert ((2, 5_000_000), (1, 3_000_000), (1, 3_000_000), (0, 0)) == tuple(
        (total[name]["households"], total[name]["amount_fen"])
        for name in ("stock", "new", "overdue", "new_last_year")
    )


def test_the_overdue_loan_turns_up_by_the_clock(as_person, service, ids):
    """The day after maturity the sweep has found it, and the page says since when."""
    service.clock.set(at_hour(date(2022, 6, 21), 1))
    service.sweep()
    assert "已逾期 1 天" in as_person("renhang").get(f"/loans/{ids['loan']}").text


def test_the_operator_sees_what_was_set_aside(as_program, service, told, make_request):
    """An event that breaks its contract waits on the operator's page, and no household does."""
    (good,) = told(make_request("m9"))
    broken = replace(good, id="broken", data={**good.data, "due_on": "soon"})
    take_in([broken], service.uow(), service.reader, at=service.clock())
    operator = as_program("yunwei")
    waiting = operator.get("/api/operations").json()["items"]
    assert ["invalid"] == [event["kind"] for event in waiting]
    assert 403 == operator.get("/api/measures").status_code
