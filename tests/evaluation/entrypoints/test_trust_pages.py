import pytest

TOWN = "610327109"
DAYS = "as_of=2022-12-31&known_at=2023-01-10"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_if_compares_two_boards(as_person, language):
    """The evaluator supposes other points and sees before, after and why, in both languages."""
    evaluator = as_person("pinggu")
    evaluator.get(f"/language/{language}")
    page = evaluator.get(f"/what-if?{DAYS}")
    assert 200 == page.status_code
    found = evaluator.get(f"/what-if?{DAYS}&indicator=I01-1&points=40")
    assert 200 == found.status_code
    assert f"/units/{TOWN}" in found.text
    assert "I01-1</a>" in found.text


@pytest.mark.parametrize(
    "query", ["indicator=I01-1&points=many", "figure=helper_days&figure_value=x", "event=x"]
)
def test_what_cannot_be_supposed_is_said(as_person, query):
    """What means nothing is refused in words, not with a crash."""
    assert as_person("pinggu").get(f"/what-if?{DAYS}&{query}").status_code in {400, 422}


def test_firmness_of_ranks(as_person):
    """The page shows every town with a score and says that the policy is unconfirmed."""
    page = as_person("pinggu").get(f"/robustness?{DAYS}")
    assert 200 == page.status_code
    assert f"/units/{TOWN}" in page.text
    assert "未确认" in page.text


@pytest.mark.parametrize("path", ["/what-if", "/robustness"])
def test_suppositions_are_not_for_the_assessed(as_person, path):
    """Whoever is assessed sees neither."""
    assert 403 == as_person("guguan").get(path).status_code


def test_a_town_sees_what_it_would_take(as_person):
    """The town's own sheet leads to the page; another town's is closed to it."""
    town = as_person("guguan")
    assert f"/units/{TOWN}/goal" in town.get(f"/units/{TOWN}?{DAYS}").text
    page = town.get(f"/units/{TOWN}/goal?{DAYS}")
    assert 200 == page.status_code
    assert "补正" in page.text
    assert town.get(f"/units/610327101/goal?{DAYS}").status_code in {403, 404}
