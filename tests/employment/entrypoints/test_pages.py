from dataclasses import replace
from datetime import date

import pytest

from services.employment.domain.job import Channel
from services.employment.service_layer.job import StartJob, start_job
from services.employment.service_layer.measure import AcceptMeasure, accept_measure
from services.employment.service_layer.placement import PlaceOnPost, place_on_post
from services.employment.service_layer.post import OfferPost, offer_post
from shared.messaging.intake import take_in

DAY = date(2022, 6, 10)


@pytest.fixture(name="ids")
def _ids(service, told, make_household, make_request):
    """One household with a job, a post, a placement and two requests, all of village 610327102200."""
    told(
        make_household("h1", p1={}, p2={}, p3={"labour_skill": "004"}),
        make_request("m1"),
        make_request("m2", category="100A42", code="003", person_id="p2"),
    )
    job = start_job(StartJob("p1", DAY, "440300", Channel.SELF, 450_000), service.uow(), service.policy)
    post = offer_post(
        OfferPost("610327102200", "003", 60_000, 2, date(2022, 1, 1)), service.uow(), service.policy
    )
    command = PlaceOnPost(post, "p2", date(2022, 3, 1), date(2022, 7, 1))
    placement = place_on_post(command, service.uow(), service.policy)
    accept_measure(AcceptMeasure("m1"), service.uow())
    return {"job": job, "post": post, "placement": placement, "measure": "m1", "person": "p1"}


PAGES = (
    "/",
    "/labourers",
    "/labourers/{person}",
    "/jobs",
    "/jobs/{job}",
    "/posts",
    "/posts/{post}",
    "/placements/{placement}",
    "/measures",
    "/measures/{measure}",
    "/policy",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("login", ["renshe", "english"])
def test_every_page_opens_in_both_languages(as_person, ids, path, login):
    """Each page answers; in the language of who reads it."""
    page = as_person(login).get(path.format(**ids))
    assert 200 == page.status_code
    assert ('<html lang="en">' in page.text) == (login == "english")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_programs(as_program, ids, path):
    """The same pages are JSON under /api."""
    answer = as_program("renshe").get("/api" + path.format(**ids).rstrip("/"))
    assert (200, dict) == (answer.status_code, type(answer.json()))


LISTS = ("/labourers", "/jobs", "/posts", "/measures", "/policy")


@pytest.mark.parametrize("path", LISTS)
def test_every_list_exports(as_person, ids, path):
    """A list downloads as CSV with its heading and at least one row."""
    answer = as_person("renshe").get(path, params={"format": "csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert 2 <= len(answer.text.strip().splitlines())


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/labourers", 3),
        ("/labourers?working=yes", 2),
        ("/labourers?working=no", 1),
        ("/labourers?skill=004", 1),
        ("/labourers?household_no=Nh1", 3),
        ("/labourers?household_no=Nh2", 0),
        ("/labourers?town=610327112", 0),
        ("/labourers?size=2&page=2", 1),
        ("/jobs", 1),
        ("/jobs?state=ended", 0),
        ("/jobs?doubtful=yes", 1),
        ("/posts?vacant=yes", 1),
        ("/measures", 2),
        ("/measures?state=accepted", 1),
        ("/measures?state=declined", 0),
    ],
)
def test_filters_and_pages(as_program, ids, path, count):
    """Each filter leaves what it says; a page holds at most its size."""
    assert count == len(as_program("renshe").get("/api" + path).json()["items"])


@pytest.mark.parametrize("path", LISTS[:-1])
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


def test_what_is_not_there_is_said_plainly_to_the_county(as_program, ids):
    """A county officer asks for an unknown job and gets 404."""
    assert 404 == as_program("county").get("/api/jobs/nothing").status_code


def test_another_department_stays_out(as_program, ids):
    """The finance department has no business on the employment site."""
    assert 403 == as_program("renhang").get("/api/labourers").status_code


def test_tasks_show_what_is_due_first(as_person, ids):
    """The start page names the request, how pressing it is, and the agreement that ends soon."""
    page = as_person("renshe").get("/").text
    assert all(text in page for text in ("就业帮扶：经营主体就业", "已受理 · 未到期", "2022-07-01", "未确认"))


def test_an_unconfirmed_remark_is_marked(as_person, ids):
    """A job whose employer is blank shows the remark as unconfirmed, with its source."""
    page = as_person("renshe").get(f"/jobs/{ids['job']}").text
    assert all(text in page for text in ("需核实", "未确认", "5_01_007"))


def test_no_page_knows_a_name(as_person, ids):
    """People appear by number, relation and age."""
    page = as_person("renshe").get("/measures/m1").text
    assert "h1-p1" in page
    assert "户主" in page


def test_the_operator_sees_what_was_set_aside(as_program, service, told, make_request):
    """An event that breaks its contract waits on the operator's page, and no household does."""
    (good,) = told(make_request("m9"))
    broken = replace(good, id="broken", data={**good.data, "due_on": "soon"})
    take_in([broken], service.uow(), service.reader, at=service.clock())
    operator = as_program("yunwei")
    waiting = operator.get("/api/operations").json()["items"]
    assert ["invalid"] == [event["kind"] for event in waiting]
    assert 403 == operator.get("/api/measures").status_code
