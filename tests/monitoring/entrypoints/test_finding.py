def test_county_checks_a_sample(as_person, household, outbox):
    """The county records a sample check from the household's page."""
    path = f"/households/{household}"
    answer = as_person("county").submit(path, f"{path}/sample-checks", finding="missed")
    assert 303 == answer.status_code
    assert ["missed"] == [told["finding"] for told in outbox("monitoring.sample_checked.v1")]


def test_town_does_not_find_relapses(as_program, household, outbox):
    """Only the county records a relapse."""
    answer = as_program("guguan").post(f"/api/households/{household}/relapses", json={"cause": "100A27001"})
    assert (403, []) == (answer.status_code, outbox("monitoring.household_relapsed.v1"))
