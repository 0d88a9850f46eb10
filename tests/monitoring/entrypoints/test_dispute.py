from tests.monitoring.kit import VILLAGE


def test_a_dispute_on_its_pages(as_person, outbox):
    """The village records it, it waits with its limit, and is settled; another village sees nothing of it."""
    village = as_person("shangcha")
    made = village.submit("/disputes", "/disputes", area_code=VILLAGE, kind="land", note="地界不清")
    path = made.headers["location"]
    assert path in village.get("/").text
    assert 403 == as_person("chaijia").get(path).status_code
    assert "未确认" in village.get(path).text
    assert 303 == village.submit(path, f"{path}/close", way="settled").status_code
    assert "调解成功" in village.get("/disputes?state=all").text
    assert "settled" in as_person("english").get(path).text
    assert 1 == len(outbox("monitoring.dispute_closed.v1"))


def test_no_dispute_for_another_village(as_program, outbox):
    """A village records its own disputes only."""
    sent = {"area_code": "610327109205", "kind": "land"}
    assert 403 == as_program("shangcha").post("/api/disputes", json=sent).status_code
    assert [] == outbox("monitoring.dispute_opened.v1")


def test_the_openapi_document_names_every_operation_once(as_program):
    """Pages that are declared for several kinds of matter are operations of their own for programs."""
    document = as_program("county").get("/api/openapi.json").json()
    names = [
        one["operationId"]
        for path in document["paths"].values()
        for one in path.values()
        if "operationId" in one
    ]
    assert len(names) == len(set(names))
    assert any("relocation_return" in name for name in names)
