import pytest

from services.monitoring.service_layer.water.works import record_water_works
from tests.monitoring.kit import DAY
from tests.monitoring.service_layer.water.test_problem import find
from tests.monitoring.service_layer.water.test_works import works

TESTED = "monitoring.water_tested.v1"


@pytest.fixture(name="works_id")
def _works_id(service):
    (id_,) = record_water_works(
        [works(maintainer="周甲九", maintainer_phone="13800000000")], DAY, service.uow()
    )
    return id_


def test_failed_fixed_and_repeated_on_pages(as_person, works_id, outbox):
    """A failed test leads to its page, where it is fixed and then repeated."""
    water = as_person("shuili")
    failed = water.submit(
        f"/water/works/{works_id}", f"/water/works/{works_id}/tests", failed_items="浊度"
    ).headers["location"]
    assert 303 == as_person("guguan").submit(failed, f"{failed}/fix").status_code
    assert 303 == water.submit(failed, f"/water/works/{works_id}/tests", passed="true").status_code
    assert [(False, None), (True, failed.rsplit("/", 1)[1])] == [
        (told["passed"], told.get("retest_of")) for told in outbox(TESTED)
    ]


def test_untested_works_wait_for_the_water_bureau(as_person, works_id):
    """A works without this year's test is a task until it is tested."""
    water = as_person("shuili")
    assert "年度水质检测" in water.get("/").text
    water.submit(f"/water/works/{works_id}", f"/water/works/{works_id}/tests", passed="true")
    assert "年度水质检测" not in water.get("/").text


def test_works_on_its_page(as_person, outbox):
    """A works is recorded with its form and corrected on its page, what is known filled in."""
    water = as_person("shuili")
    answer = water.submit(
        "/water/works",
        "/water/works",
        works_no="GC9",
        name="示例水厂",
        area_code="610327109203",
        supply="1",
        in_use="true",
    )
    path = answer.headers["location"]
    assert (
        303
        == water.submit(
            path,
            f"{path}/correct",
            supply="1",
            households="10",
            population="30",
            pipes="renovating",
            in_use="true",
        ).status_code
    )
    assert [1, 2] == [told["version"] for told in outbox("monitoring.water_works_recorded.v1")]
    assert "改造中" in water.get(path).text


def test_who_looks_after_it_is_not_for_everybody(as_person, as_program, works_id):
    """The maintainer's name and telephone are for the office, not for who only assesses."""
    assert "周甲九" in as_person("shuili").get(f"/water/works/{works_id}").text
    for text in (
        as_person("pinggu").get(f"/water/works/{works_id}").text,
        as_program("pinggu").get("/api/water/works").text,
    ):
        assert ("周甲九" in text, "13800000000" in text) == (False, False)


def test_problem_is_closed_on_its_page(service, as_person, household, outbox):
    """A problem waits for town and water bureau; the town arranges, the bureau closes."""
    path = f"/water/problems/{find(service, household)}"
    assert path in as_person("guguan").get("/").text
    assert path in as_person("shuili").get("/").text
    assert 303 == as_person("guguan").submit(path, f"{path}/arrange", note="送水").status_code
    assert 303 == as_person("shuili").submit(path, f"{path}/close").status_code
    assert 1 == len(outbox("monitoring.water_problem_closed.v1"))


def test_other_departments_do_not_see_water(as_person, works_id):
    """The housing bureau is told whose subject it is."""
    assert 403 == as_person("zhujian").get("/water/works").status_code
    assert 403 == as_person("zhujian").get(f"/water/works/{works_id}").status_code
