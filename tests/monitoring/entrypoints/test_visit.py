def test_visit_on_the_page(as_person, household, outbox):
    """A visit that found nothing is proof of coverage; one that found a risk is a clue."""
    browser, path = as_person("shangcha"), f"/households/{household}/visits"
    assert 303 == browser.submit(f"{path}/new", path, kind="grid", result="01").status_code
    assert 303 == browser.submit(f"{path}/new", path, kind="grid", result="01", risks="100A27003").status_code
    assert [False, True] == [told["risk_found"] for told in outbox("monitoring.visit_recorded.v1")]
    assert ["100A27003"] == [told["risk"] for told in outbox("monitoring.clue_reported.v1")]
