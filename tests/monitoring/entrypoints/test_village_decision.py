from services.monitoring.domain.village_decision import STEPS
from tests.monitoring.kit import VILLAGE


def test_a_decision_from_the_first_step_to_the_file(as_person, outbox):
    """The page offers each next step in turn; with the sixth the decision is filed as complete."""
    village = as_person("shangcha")
    made = village.submit(
        "/decisions", "/decisions", area_code=VILLAGE, kind="fund", title="入村道路维修", on="2022-06-01"
    )
    path = made.headers["location"]
    for step in STEPS:
        answer = village.submit(path, f"{path}/steps", step=step, on="2022-06-20")
        assert 303 == answer.status_code, answer.text
    assert 303 == village.submit(path, f"{path}/file").status_code
    assert [True] == [told["complete"] for told in outbox("monitoring.village_decision_filed.v1")]
    assert "步骤齐全" in village.get("/decisions").text
    assert "filed, complete" in as_person("english").get(path).text


def test_a_missing_step_shows(as_person):
    """A decision filed without its steps is marked."""
    village = as_person("shangcha")
    made = village.submit("/decisions", "/decisions", area_code=VILLAGE, kind="fund", title="入村道路维修")
    path = made.headers["location"]
    village.submit(path, f"{path}/file")
    assert "缺步骤" in village.get(path).text
