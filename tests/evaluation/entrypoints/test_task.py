from datetime import timedelta

from services.evaluation.entrypoints.web import task
from services.evaluation.entrypoints.web.task_item import Task
from shared.web.i18n import Words
from tests.evaluation.samples import TODAY


def one(about, due_on):
    return Task(Words("办理某事", "Do it"), "/notices", about, "610327109", due_on)


def test_what_is_due_first_stands_on_top(as_person, monkeypatch):
    """Tasks of all subjects are sorted by their day; those past it are counted as overdue."""
    late, soon = one("第一件", TODAY - timedelta(days=1)), one("第二件", TODAY)
    later = one("第三件", TODAY + timedelta(days=task.NEAR_DAYS + 1))
    sources = (lambda _ask, _connection: iter((later, late)), lambda _ask, _connection: iter((soon,)))
    monkeypatch.setattr(task, "SOURCES", sources)
    answer = as_person("pinggu").get("/api/tasks").json()
    assert ["第一件", "第二件", "第三件"] == [row["about"] for row in answer["items"]]
    assert (1, 1, 1) == (answer["red"], answer["yellow"], answer["blue"])


def test_the_page_names_the_unit(as_person, monkeypatch):
    """The page says what is to be done, for which unit, and leads there."""
    monkeypatch.setattr(task, "SOURCES", (lambda _ask, _connection: iter((one("第一件", TODAY),)),))
    page = as_person("pinggu").get("/tasks").text
    assert "固关镇" in page
    assert 'href="/notices"' in page
