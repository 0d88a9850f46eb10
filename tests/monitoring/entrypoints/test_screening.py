"""Screening rounds on the pages: the county opens, the village ticks off."""

import pytest

from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.screening import OpenScreeningRound, open_screening_round
from tests.monitoring.entrypoints.conftest import TODAY
from tests.monitoring.kit import OTHER_VILLAGE, VILLAGE, family


def opened(service):
    command = OpenScreeningRound(name="年中集中排查", first_on=TODAY, last_on=TODAY)
    return open_screening_round(command, service.uow())


def test_the_county_opens_a_round(as_person, household, outbox):
    """The county opens a round on the page; the village does not."""
    sent = {"name": "年中集中排查", "first_on": "2022-07-01", "last_on": "2022-07-20", "focus": ["01", "06"]}
    answered = as_person("county").submit("/screening", "/screening", **sent)
    assert 303 == answered.status_code
    assert 1 == len(outbox("monitoring.screening_round_opened.v1"))
    assert 'action="/screening"' not in as_person("shangcha").get("/screening").text


def test_a_village_ticks_off(as_person, service, household, outbox):
    """The village sees who is left, ticks the household, and nobody is left."""
    round_id = opened(service)
    browser, path = as_person("shangcha"), f"/screening/{round_id}/villages/{VILLAGE}"
    assert "集中排查入户：年中集中排查" in browser.get("/").text
    assert "赵甲一" in browser.get(path).text
    assert 303 == browser.submit(path, path, household_ids=household).status_code
    assert [round_id] == [told["round_id"] for told in outbox("monitoring.visit_recorded.v1")]
    assert "已全部入户" in browser.get(path).text
    assert "全部入户。" in browser.get(f"/screening/{round_id}/left").text


def test_nothing_ticked_is_said(as_person, service, household):
    """A form with nothing ticked comes back with what is wrong."""
    path = f"/screening/{opened(service)}/villages/{VILLAGE}"
    assert 422 == as_person("shangcha").submit(path, path).status_code


def test_another_village(as_person, service, household):
    """A village enters its own households only."""
    path = f"/screening/{opened(service)}/villages/{OTHER_VILLAGE}"
    assert 403 == as_person("shangcha").get(path).status_code


def test_pages_in_both_languages(as_person, service, household):
    """Coverage and the list of who is left are there in English too, and for the county by town."""
    round_id = opened(service)
    english = as_person("english")
    assert "households left" in english.get(f"/screening/{round_id}").text
    assert "Households not reached" in english.get(f"/screening/{round_id}/left?focus=1").text
    assert "固关镇" in as_person("county").get(f"/screening/{round_id}").text


@pytest.mark.parametrize(("login", "seen"), [("county", True), ("shangcha", True), ("pinggu", False)])
def test_an_address_leads_to_nobody_who_sees_no_names(as_person, as_program, service, login, seen):
    """Page, export and JSON of the households not reached tell the evaluator no address."""
    home = family("H002", address="上岔村三组十七号", persons=())
    register_household(home, service.uow(), service.checks)
    path = f"/screening/{opened(service)}/left"
    told = as_person(login).get(path).text, as_program(login).get(f"/api{path}").text
    assert (seen, seen) == tuple("三组十七号" in one for one in told)
    assert seen == ("三组十七号" in as_person(login).get(f"{path}?format=csv").text)
