"""Judgements on the pages."""


def test_a_judgement(as_person, household, outbox):
    """A judgement that says identify makes the clue."""
    browser, path = as_person("shangcha"), f"/households/{household}/judgements"
    sent = {"risks": ["100A27001"], "unable_reason": "03", "include": "true"}
    assert 303 == browser.submit(f"{path}/new", path, **sent).status_code
    assert ["100A27001"] == [told["risk"] for told in outbox("monitoring.clue_reported.v1")]
