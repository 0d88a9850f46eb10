from datetime import date

import pytest

from services.employment.service_layer.measure import AcceptMeasure, accept_measure


@pytest.fixture(autouse=True)
def _known(told, make_household, make_request):
    told(make_household("h1", p1={}, p2={"labour_skill": "003"}), make_request("m1"))


def location(answer):
    return answer.headers["location"]


def test_from_the_request_to_its_delivery_on_pages(as_person, service, outbox):
    """An officer accepts a request, records a job of the person, and names it as delivery: four forms."""
    browser = as_person("renshe")
    assert 303 == browser.submit("/measures/m1", "/measures/m1/accept").status_code
    started = browser.submit(
        "/labourers/p1",
        "/labourers/p1/jobs",
        started_on="2022-06-12",
        place_code="440305",
        channel="organised",
        monthly_pay_fen="4,500",
        employer="示例电子厂",
        industry="制造业",
        point_to_point="yes",
        full_time="true",
    )
    job = location(started).removeprefix("/jobs/")
    page = browser.get("/measures/m1").text
    assert f'value="job:{job}"' in page
    done = browser.submit(
        "/measures/m1", "/measures/m1/deliver", record=f"job:{job}", delivered_on="2022-06-12"
    )
    assert "/measures/m1" == location(done)
    assert "已落实" in browser.get("/measures/m1").text
    assert [
        "employment.measure_accepted.v1",
        "employment.job_started.v1",
        "employment.measure_delivered.v1",
    ] == [event.type for event in outbox()]
    assert (450_000, True) == (outbox()[1].data["monthly_pay_fen"], outbox()[1].data["complete"])


def test_a_post_is_offered_taken_checked_and_left(as_person, outbox):
    """A post's whole life on pages: offered, a person placed, a month checked, left, closed."""
    browser = as_person("renshe")
    offered = browser.submit(
        "/posts",
        "/posts",
        area_code="610327102200",
        kind="003",
        monthly_pay_fen="600",
        vacancies="1",
        offered_on="",
    )
    post = location(offered).removeprefix("/posts/")
    placed = browser.submit(
        "/labourers/p1", "/labourers/p1/placements", post_id=post, started_on="2022-05-01"
    )
    placement = location(placed)
    browser.submit(placement, f"{placement}/checks", month="2022-05", passed="true")
    browser.submit(placement, f"{placement}/end", reason="job_found", ended_on="2022-06-10")
    browser.submit(f"/posts/{post}", f"/posts/{post}/close")
    assert ["post_placed", "post_attendance_recorded", "post_ended"] == [
        event.type.split(".")[1] for event in outbox()
    ]
    assert "已停用" in browser.get(f"/posts/{post}").text


def test_declined_with_a_reason(as_person, outbox):
    """Declining sends the reason's code; the note stays here and is on the page."""
    browser = as_person("renshe")
    browser.submit("/measures/m1", "/measures/m1/decline", reason="other", note="全家在外省务工")
    assert ("other", "") == (outbox()[0].data["reason"], outbox()[0].data["note"])
    assert "全家在外省务工" in browser.get("/measures/m1").text


def test_delivered_by_training(as_program, outbox):
    """A training is named by its reference on the page; the event says only that it was a training."""
    program = as_program("renshe")
    program.post("/api/measures/m1/accept", json={"version": 1})
    answer = program.post(
        "/api/measures/m1/deliver-other",
        json={"version": 2, "kind": "training", "reference": "陇县2022-07期"},
    )
    assert (200, "training") == (answer.status_code, outbox()[-1].data["by"])
    assert "陇县2022-07期" == program.get("/api/measures/m1").json()["delivered_by"]


BAD = [
    ("/api/measures/m1/accept", {"version": 0}, 409, "stale_version"),
    ("/api/measures/m1/accept", {"version": "1"}, 422, "invalid_input"),
    ("/api/measures/m1/accept", {}, 422, "invalid_input"),
    ("/api/measures/m1/deliver", {"version": 1, "record": "job:j1"}, 404, "job_not_found"),
    ("/api/measures/m1/deliver", {"version": 1, "record": "loan:l1"}, 422, "invalid_input"),
    ("/api/measures/m1/decline", {"version": 1, "reason": "tired"}, 422, "invalid_input"),
    ("/api/measures/m1/decline", {"version": 1, "reason": "other"}, 422, "note_needed"),
    ("/api/labourers/p9/jobs", {"started_on": "2022-06-01", "place_code": "610327"}, 404, "not_found"),
    ("/api/labourers/p1/jobs", {"started_on": "2022-06-16", "place_code": "610327"}, 422, "day_in_future"),
    ("/api/labourers/p1/jobs", {"started_on": "2022-06-01", "place_code": "6103"}, 422, "place_code_invalid"),
    (
        "/api/labourers/p1/jobs",
        {"started_on": "2022-06-01", "place_code": "610327", "channel": "friends"},
        422,
        "invalid_input",
    ),
    (
        "/api/posts",
        {"area_code": "610327102200", "kind": "099", "monthly_pay_fen": 1, "vacancies": 1},
        422,
        "post_kind_unknown",
    ),
    (
        "/api/labourers/p1/placements",
        {"post_id": "nothing", "started_on": "2022-06-01"},
        404,
        "not_found",
    ),
]


@pytest.mark.parametrize(("path", "body", "status", "code"), BAD)
def test_bad_requests_change_nothing(as_program, outbox, path, body, status, code):
    """Wrong types, unknown codes, stale versions: the right problem document, and no event."""
    answer = as_program("county").post(path, json=body)
    assert (status, code, "application/problem+json") == (
        answer.status_code,
        answer.json()["code"],
        answer.headers["content-type"],
    )
    assert [] == outbox()


@pytest.mark.parametrize("login", ["elsewhere", "renhang", "pinggu", "town"])
def test_who_may_not_answer(as_program, outbox, login):
    """Neither another town, another department, an evaluator nor the town itself answers for employment."""
    answer = as_program(login).post("/api/measures/m1/accept", json={"version": 1})
    assert (403, []) == (answer.status_code, outbox())


def test_another_towns_person(as_program, outbox):
    """A town's officer records no job of a person elsewhere."""
    answer = as_program("elsewhere").post(
        "/api/labourers/p1/jobs", json={"started_on": "2022-06-01", "place_code": "610327"}
    )
    assert (403, []) == (answer.status_code, outbox())


def test_a_request_sent_twice_is_done_once(as_program, outbox):
    """With one Idempotency-Key a job is recorded once, and both answers are the same."""
    body = {"started_on": "2022-06-01", "place_code": "610327"}
    answers = [
        as_program("town").post("/api/labourers/p1/jobs", json=body, headers={"Idempotency-Key": "k1"})
        for _ in range(2)
    ]
    assert ([201, 201], 1) == ([answer.status_code for answer in answers], len(outbox()))
    assert answers[0].json() == answers[1].json()


def test_the_page_offers_only_permitted_steps(as_person, service):
    """Before acceptance there is nothing to deliver; after it nothing to accept."""
    before = as_person("renshe").get("/measures/m1").text
    accept_measure(AcceptMeasure("m1"), service.uow())
    after = as_person("renshe").get("/measures/m1").text
    assert (True, False) == ("/measures/m1/accept" in before, "/measures/m1/deliver" in before)
    assert (False, True) == ("/measures/m1/accept" in after, "/measures/m1/deliver" in after)
    assert "/measures/m1/accept" not in as_person("town").get("/measures/m1").text


def test_who_cannot_work_is_recorded_and_marked(as_program):
    """A person without labour may be recorded as working: the doubt is a remark, not a refusal."""
    program = as_program("town")
    answer = program.post("/api/labourers/p2/jobs", json={"started_on": "2022-06-01", "place_code": "610327"})
    job = program.get(f"/api/jobs/{answer.json()['id']}").json()
    assert {"no_labour", "items_missing"} == {remark["code"] for remark in job["remarks"]}
    assert {False} == {remark["confirmed"] for remark in job["remarks"]}


def test_a_day_is_today_unless_given(as_person, outbox):
    """A form without a day means the business day."""
    browser = as_person("renshe")
    started = browser.submit(
        "/labourers/p1", "/labourers/p1/jobs", started_on="2022-06-01", place_code="610327", full_time="true"
    )
    browser.submit(location(started), f"{location(started)}/end", reason="returned", ended_on="")
    assert date(2022, 6, 15).isoformat() == outbox()[-1].data["occurred_on"]
