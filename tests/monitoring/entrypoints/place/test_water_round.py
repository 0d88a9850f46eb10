from datetime import date

import pytest

from services.monitoring.service_layer.water.survey_round import OpenWaterRound, open_water_round

CHECKED = "monitoring.water_household_checked.v1"
VILLAGE = "610327109203"


@pytest.fixture(name="round_id")
def _round_id(service):
    return open_water_round(
        OpenWaterRound(first_on=date(2022, 6, 1), last_on=date(2022, 7, 31)), service.uow()
    )


def test_round_is_opened_on_the_page(as_person, outbox):
    """The water bureau opens a round; the town does not."""
    answer = as_person("shuili").submit(
        "/water/rounds", "/water/rounds", first_on="2022-06-01", last_on="2022-07-31"
    )
    assert 303 == answer.status_code
    assert "/water/rounds" not in [path for path, _ in _forms(as_person("guguan").get("/water/rounds").text)]
    assert 1 == len(outbox("monitoring.water_round_opened.v1"))


def _forms(html):
    from tests.monitoring.entrypoints.conftest import forms

    return forms(html)


def test_a_village_ticks_its_households(as_person, round_id, household, outbox):
    """The village ticks who was visited; the page then shows full coverage and the task is done."""
    browser = as_person("shangcha")
    path = f"/water/rounds/{round_id}/villages/{VILLAGE}"
    assert "还有1户" in browser.get("/").text
    assert 303 == browser.submit(path, path, households=household).status_code
    assert [household] == [told["household_id"] for told in outbox(CHECKED)]
    assert "本村农户已全部入户" in browser.get(path).text
    assert "还有1户" not in browser.get("/").text


def test_all_of_a_village_with_one_tick(as_person, round_id, household, outbox):
    """One tick stands for every household that is left."""
    path = f"/water/rounds/{round_id}/villages/{VILLAGE}"
    as_person("shangcha").submit(path, path, everybody="true")
    assert [household] == [told["household_id"] for told in outbox(CHECKED)]


def test_a_household_with_a_problem(as_person, round_id, household, outbox):
    """Measured values decide; what is not met is a problem with its own page."""
    page = f"/households/{household}/places"
    answer = as_person("shangcha").submit(
        page, f"/households/{household}/water-checks", litres="12", supply="2"
    )
    assert 303 == answer.status_code
    assert [("not", False)] == [(told["quantity"], told["safe"]) for told in outbox(CHECKED)]
    assert "水量" in as_person("shangcha").get(page).text
    assert ["quantity"] == [told["criterion"] for told in outbox("monitoring.water_problem_found.v1")]
    assert round_id == outbox(CHECKED)[0]["round_id"]


def test_town_closes_the_round(as_person, round_id, household, outbox):
    """The town's task says how many are left; with all reached it closes the round."""
    town = as_person("guguan")
    assert "还有1户" in town.get("/").text
    path = f"/water/rounds/{round_id}"
    assert 409 == town.submit(path, f"{path}/close").status_code
    village = f"{path}/villages/{VILLAGE}"
    as_person("shangcha").submit(village, village, everybody="true")
    assert "全覆盖，待办结" in town.get("/").text
    assert 303 == town.submit(path, f"{path}/close").status_code
    assert [(1, 1)] == [
        (told["households"], told["checked"]) for told in outbox("monitoring.water_round_closed.v1")
    ]


def test_village_of_others_is_closed(as_person, round_id, household):
    """Another village sees neither the list nor the households."""
    path = f"/water/rounds/{round_id}/villages/{VILLAGE}"
    assert 403 == as_person("chaijia").get(path).status_code
    assert household not in as_person("chaijia").get(f"/water/rounds/{round_id}").text


def test_evaluator_reads_no_names(as_person, as_program, round_id, household):
    """Who only assesses sees how far a round is and no head's whole name."""
    path = f"/water/rounds/{round_id}/villages/{VILLAGE}"
    for text in (as_person("pinggu").get(path).text, as_program("pinggu").get(f"/api{path}").text):
        assert (True, False) == ("赵某" in text, "赵甲一" in text)
    assert household in as_program("pinggu").get(f"/api{path}").text
