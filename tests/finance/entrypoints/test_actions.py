import pytest

FORM = {
    "borrower_id": "p1",
    "amount_fen": "30,000",
    "term_months": "12",
    "annual_rate_percent": "3.7",
    "use_code": "breeding",
    "rated": "true",
    "bank_branch": "示例农商银行",
}
BODY = {
    "borrower_id": "p1",
    "amount_fen": 3_000_000,
    "term_months": 12,
    "annual_rate_percent": "3.7",
    "use_code": "breeding",
    "rated": True,
}


@pytest.fixture(autouse=True)
def _known(told, make_household, make_request):
    told(make_household("h1", p1={}), make_request("m1"))


def location(answer):
    return answer.headers["location"]


def test_from_the_request_to_its_delivery_on_pages(as_person, outbox):
    """A request is accepted; a loan is checked, applied for, approved, paid out and named as delivery."""
    browser = as_person("renhang")
    browser.submit("/measures/m1", "/measures/m1/accept")
    checked = browser.submit("/borrowers/h1/application", "/borrowers/h1/checks", **FORM)
    page = browser.get(location(checked)).text
    assert "符合条件" in page
    assert 'value="30000.00"' in page
    loan = location(browser.submit(location(checked), "/borrowers/h1/loans", **FORM))
    browser.submit(loan, f"{loan}/approve", approved_on="", override_reason="")
    browser.submit(loan, f"{loan}/disburse", disbursed_on="")
    browser.submit("/measures/m1", "/measures/m1/deliver", loan_id=loan.removeprefix("/loans/"))
    assert [
        "measure_accepted",
        "loan_applied",
        "loan_approved",
        "loan_disbursed",
        "measure_delivered",
    ] == [event.type.split(".")[1] for event in outbox()]
    assert (3_000_000, "2023-06-15") == (outbox()[3].data["amount_fen"], outbox()[3].data["due_on"])
    assert "已落实" in browser.get("/measures/m1").text


def test_repaid_extended_and_settled_on_pages(as_person, outbox):
    """A part is repaid, the maturity moved, the rest repaid: the loan is settled."""
    browser = as_person("renhang")
    loan = location(browser.submit("/borrowers/h1/application", "/borrowers/h1/checks", **FORM))
    loan = location(browser.submit(loan, "/borrowers/h1/loans", **FORM))
    for step in ("approve", "disburse"):
        browser.submit(loan, f"{loan}/{step}")
    browser.submit(loan, f"{loan}/repay", amount_fen="10,000")
    browser.submit(loan, f"{loan}/extend", due_on="2023-12-15")
    assert "2023-12-15" in browser.get(loan).text
    browser.submit(loan, f"{loan}/repay", amount_fen="20,000")
    assert "已结清" in browser.get(loan).text
    assert [2_000_000, 0] == [event.data["balance_fen"] for event in outbox()[-2:]]


def test_checking_records_nothing(as_program, outbox):
    """The conditions are answered one by one, and no event is told."""
    answer = as_program("town").post("/api/borrowers/h1/checks", json=BODY | {"use_code": "wedding"})
    failed = [check["code"] for check in answer.json()["checks"] if not check["passed"]]
    assert (200, False, ["forbidden_uses"], []) == (
        answer.status_code,
        answer.json()["eligible"],
        failed,
        outbox(),
    )


def test_a_forbidden_use_is_recorded_and_refused(as_program, outbox):
    """The application is kept as not eligible, approval is refused with its conditions, refusing works."""
    program = as_program("renhang")
    loan = program.post("/api/borrowers/h1/loans", json=BODY | {"use_code": "wedding"}).json()["id"]
    approved = program.post(f"/api/loans/{loan}/approve", json={"version": 1, "override_reason": "领导同意"})
    assert (409, "loan_not_eligible") == (approved.status_code, approved.json()["code"])
    refused = program.post(f"/api/loans/{loan}/refuse", json={"version": 1, "reason": "not_eligible"})
    assert (200, "finance.loan_refused.v1") == (refused.status_code, outbox()[-1].type)


def test_a_rate_above_the_lpr_needs_a_reason(as_program):
    """The LPR in the file is unconfirmed, so it asks for a reason instead of refusing."""
    program = as_program("renhang")
    loan = program.post("/api/borrowers/h1/loans", json=BODY | {"annual_rate_percent": "3.8"}).json()["id"]
    without = program.post(f"/api/loans/{loan}/approve", json={"version": 1})
    assert (409, "override_reason_needed") == (without.status_code, without.json()["code"])
    reason = {"version": 1, "override_reason": "省联社批复利率"}
    assert 200 == program.post(f"/api/loans/{loan}/approve", json=reason).status_code
    assert "省联社批复利率" == program.get(f"/api/loans/{loan}").json()["row"]["loan"]["override_reason"]


BAD = [
    ("/api/borrowers/h1/loans", BODY | {"amount_fen": 0}, 422, "invalid_input"),
    ("/api/borrowers/h1/loans", BODY | {"amount_fen": "30000"}, 422, "invalid_input"),
    ("/api/borrowers/h1/loans", BODY | {"annual_rate_percent": "370"}, 422, "invalid_input"),
    ("/api/borrowers/h1/loans", BODY | {"use_code": "gambling"}, 422, "use_unknown"),
    ("/api/borrowers/h1/loans", BODY | {"borrower_id": "p9"}, 422, "borrower_not_member"),
    ("/api/borrowers/h1/loans", BODY | {"applied_on": "2022-06-16"}, 422, "day_in_future"),
    ("/api/borrowers/h1/loans", BODY | {"parent_loan_id": "l1"}, 422, "parent_loan_invalid"),
    ("/api/borrowers/h9/loans", BODY, 404, "not_found"),
    ("/api/loans/nothing/approve", {"version": 1}, 404, "not_found"),
    ("/api/measures/m1/accept", {"version": 7}, 409, "stale_version"),
    ("/api/measures/m1/deliver", {"version": 1, "loan_id": "l1"}, 404, "loan_not_found"),
]


@pytest.mark.parametrize(("path", "body", "status", "code"), BAD)
def test_bad_requests_change_nothing(as_program, outbox, path, body, status, code):
    """Wrong types, unknown codes, strangers, stale versions: the right problem document, and no event."""
    answer = as_program("county").post(path, json=body)
    assert (status, code, "application/problem+json") == (
        answer.status_code,
        answer.json()["code"],
        answer.headers["content-type"],
    )
    assert [] == outbox()


@pytest.mark.parametrize("login", ["elsewhere", "renshe", "pinggu", "town"])
def test_who_may_not_decide(as_program, outbox, login):
    """Another town, another department, an evaluator, the town itself: none decides on loans."""
    loan = as_program("renhang").post("/api/borrowers/h1/loans", json=BODY).json()["id"]
    answer = as_program(login).post(f"/api/loans/{loan}/approve", json={"version": 1})
    assert (403, 1) == (answer.status_code, len(outbox()))


def test_another_towns_household(as_program, outbox):
    """A town's officer records no application of a household elsewhere."""
    answer = as_program("elsewhere").post("/api/borrowers/h1/loans", json=BODY)
    assert (403, []) == (answer.status_code, outbox())


def test_a_stale_version_is_refused(as_program):
    """Two officers decide on one loan: the second has seen an older version."""
    program = as_program("renhang")
    loan = program.post("/api/borrowers/h1/loans", json=BODY).json()["id"]
    program.post(f"/api/loans/{loan}/approve", json={"version": 1})
    late = program.post(f"/api/loans/{loan}/disburse", json={"version": 1})
    assert (409, "stale_version") == (late.status_code, late.json()["code"])


def test_a_request_sent_twice_is_done_once(as_program, outbox):
    """With one Idempotency-Key an application is recorded once, and both answers are the same."""
    answers = [
        as_program("town").post("/api/borrowers/h1/loans", json=BODY, headers={"Idempotency-Key": "k1"})
        for _ in range(2)
    ]
    assert ([201, 201], 1) == ([answer.status_code for answer in answers], len(outbox()))
    assert answers[0].json() == answers[1].json()
