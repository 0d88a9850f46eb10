"""Applications, the sheet of a check, and answers on the pages."""


def applied(browser, household):
    path = f"/households/{household}/applications"
    page = browser.get(f"{path}/new").text
    assert 'name="members" type="text" value="3"' in page
    return browser.submit(f"{path}/new", path, risk="100A27001", members="3", difficulties="003")


def test_from_the_application_to_the_answer(as_person, household):
    """A household applies, is checked by two people, is not identified, and is told why."""
    village = as_person("shangcha")
    clue = applied(village, household).headers["location"]
    assert "农户书面申请" in village.get(clue).text
    sent = {"outcome": "no_risk", "visitors": "赵村干、钱驻村", "income": "above", "able": "yes"}
    assert 303 == village.submit(clue, f"{clue}/verify", **sent).status_code
    page = village.get(clue).text
    assert "赵村干、钱驻村" in page
    assert "不足 2 人" not in page
    assert "答复线索反映人" in village.get("/").text
    answer = {"way": "person", "note": "医疗费用已由大病保险报销"}
    assert 303 == village.submit(clue, f"{clue}/answer", **answer).status_code
    assert "答复线索反映人" not in village.get("/").text
    assert "已答复反映人" in village.get(clue).text


def test_one_person_alone_is_only_said(as_person, household):
    """Who went alone is not refused; the page warns, as unconfirmed."""
    village = as_person("shangcha")
    clue = applied(village, household).headers["location"]
    sent = {"outcome": "risk", "visitors": "赵村干", "income": "below", "able": "no"}
    assert 303 == village.submit(clue, f"{clue}/verify", **sent).status_code
    assert "入户核实人员不足 2 人" in village.get(clue).text
