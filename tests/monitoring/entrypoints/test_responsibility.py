def test_a_line_from_the_town_to_the_county(as_person, household):
    """The town writes who answers, the county approves; the page tells when the item was recorded last."""
    town, county = as_person("guguan"), as_person("county")
    answer = town.submit(
        "/responsibilities",
        "/responsibilities",
        item="household",
        area_code="610327109",
        unit="固关镇",
        person="李华",
        within_days="5",
    )
    assert 303 == answer.status_code, answer.text
    page = county.get("/responsibilities").text
    assert "待批准" in page
    assert "2022-06-15" in page
    action = next(
        part.split('"')[0] for part in page.split('action="') if part.split('"')[0].endswith("/approve")
    )
    assert 303 == county.submit("/responsibilities", action).status_code
    assert "起生效" in county.get("/responsibilities").text
    assert "in force from" in as_person("english").get("/responsibilities").text
    assert "李华" not in as_person("pinggu").get("/responsibilities").text


def test_a_town_approves_nothing(as_program):
    """Who writes the list does not put it in force."""
    answer = as_program("guguan").post("/api/responsibilities/x/approve", json={"version": 1})
    assert 403 == answer.status_code


def test_from_the_line_to_person_and_entry(as_person, service, household):
    """Behind the last day stand the entries with day and account; not those of another village."""
    town, village = as_person("guguan"), as_person("chaijia")
    told = {"item": "visit", "area_code": "610327109", "unit": "固关镇", "person": "李华", "within_days": "5"}
    town.submit("/responsibilities", "/responsibilities", **told)
    as_person("shangcha").submit(
        f"/households/{household}/visits/new", f"/households/{household}/visits", kind="grid", result="01"
    )
    page = town.get("/responsibilities").text
    path = next(one.split('"')[0] for one in page.split('href="') if one.split('"')[0].endswith("/entries"))
    entries = town.get(path).text
    assert "H001" in entries
    assert "2022-07-01" in entries
    assert "H001" not in village.get(path).text
    assert 403 == village.get("/responsibilities/nowhere/entries").status_code
