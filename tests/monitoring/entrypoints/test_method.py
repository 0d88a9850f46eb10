"""Check-lists of methods on the pages."""

from tests.monitoring.kit import VILLAGE


def test_unconfirmed_until_there_is_a_paper(as_person):
    """Each method is marked unconfirmed; the county edits it, a village does not."""
    assert 3 == as_person("shangcha").get("/methods").text.count('class="unconfirmed"')
    county, path = as_person("county"), "/methods/grid"
    sent = {"zh": "网格清单", "en": "Grid list", "items": "看病\n上学", "source": "陇乡振发〔2022〕9号"}
    assert 303 == county.submit(path, f"{path}/edit", **sent, confirmed="true").status_code
    page = as_person("english").get(path).text
    assert ("Grid list" in page, 'class="unconfirmed"' in page) == (True, False)
    assert f"{path}/edit" not in as_person("shangcha").get(path).text


def test_filled_in(as_person, household):
    """A village fills in a list for itself and for a household, with nothing or something ticked."""
    village = as_person("shangcha")
    where = f"/methods/grid/villages/{VILLAGE}"
    assert 303 == village.submit("/methods/grid", where).status_code
    path = f"/households/{household}/methods/three_four_five"
    assert 303 == village.submit(path, path, ticked="必核收入支出").status_code
    assert "必核收入支出" in village.get("/methods/three_four_five").text
