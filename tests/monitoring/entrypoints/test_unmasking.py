def test_the_county_reads_who_saw_a_number(as_person, household, people):
    """The log has who, whose and why; nobody but the county reads it."""
    village, county = as_person("shangcha"), as_person("county")
    path = f"/households/{household}/members/{people[0].id}"
    assert 303 == village.submit(path, f"{path}/unmask", reason="核对医保报销").status_code
    page = county.get("/unmaskings").text
    wanted = ("shangcha", "核对医保报销", "H001", people[0].person_no)
    assert [] == [one for one in wanted if one not in page]
    assert people[0].id_number not in page
    assert 403 == village.get("/unmaskings").status_code
    assert "核对医保报销" not in county.get("/unmaskings?by=guguan").text
