"""Sample inspections on the pages."""

import re


def test_from_the_freeze_to_the_end(as_person, household, outbox):
    """The county freezes, draws and inspects; the digest and the seed stand on the page."""
    county = as_person("county")
    where = county.submit("/samples", "/samples", title="三季度抽样").headers["location"]
    page = county.get(where).text
    assert re.search("<code>[0-9a-f]{64}</code>", page)
    assert household in county.get(f"{where}/list?format=csv").text
    assert 303 == county.submit(where, f"{where}/draw", seed="20220701").status_code
    page = county.get(where).text
    assert "20220701" in page
    sampled = re.findall(r'href="(/samples/households/[^"]+)"', page)[0]
    assert "抽样检查：三季度抽样" in county.get("/").text
    sent = {"right": ["identified"], "finding": "missed", "risk": "100A27001"}
    assert 303 == county.submit(sampled, f"{sampled}/inspect", **sent).status_code
    assert ["missed"] == [told["finding"] for told in outbox("monitoring.sample_checked.v1")]
    assert "应纳未纳" in county.get(where).text
    assert 303 == county.submit(where, f"{where}/close").status_code


def test_a_village_does_not_draw(as_person, household):
    """A village sees what was drawn in it and draws nothing; the list of the county is not its."""
    county = as_person("county")
    where = county.submit("/samples", "/samples", title="三季度抽样").headers["location"]
    village = as_person("shangcha")
    assert f"{where}/draw" not in village.get(where).text
    assert 403 == village.get(f"{where}/list").status_code
    assert "Seed" in as_person("english").get(where).text
