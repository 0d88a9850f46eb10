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
