import hashlib
from typing import Annotated

import openpyxl
import pytest
from fastapi.testclient import TestClient

from shared.web import multipart
from shared.web.access import load_permissions
from shared.web.app import SectionError, create_site
from shared.web.asking import Done, FileAnswer
from shared.web.forms import Form, Label, Upload
from shared.web.i18n import Words
from shared.web.section import Section
from tests.shared.web import example
from tests.shared.web.conftest import HERE, PASSWORD, Browser

SENT = "名称\n上岔井\n".encode()


class MapForm(Form):
    title: Annotated[str, Label("标题", "Title")]
    file: Annotated[Upload, Label("文件", "File")]


def declare(section, **given):
    words = Words("上传", "Send")
    return section.action(
        "/maps", "map.send", words, MapForm, permission="well.dig", area_of=example.own_area, **given
    )


class Kept:
    """What the action was given, and whether the file was there while it ran."""

    def __init__(self):
        self.forms, self.contents = [], []


@pytest.fixture(name="kept")
def _kept():
    return Kept()


@pytest.fixture(name="site")
def _site(service, gate, kept):
    section = Section("map")

    def keep(act, form):
        kept.forms.append(form)
        kept.contents.append(form.file.path.read_bytes())
        return Done("/maps", "已收到", "Received", {"size": form.file.size}, created=True)

    declare(section, largest_file=1000)(keep)
    section.download("/maps/file", "well.read", area_of=example.own_area)(
        lambda ask: FileAnswer("水井 1.csv", "text/csv", [b"a", b"b"])
    )
    permissions = load_permissions("wells", HERE / "permissions.yaml")
    return create_site(
        "wells", Words("水井", "Wells"), service, gate, [example.section, section],
        permissions=permissions, templates=[HERE / "templates"],
    )  # fmt: skip


@pytest.fixture(name="person")
def _person(site):
    browser = Browser(site)
    browser.sign_in("guguan")
    return browser


@pytest.fixture(name="program")
def _program(site):
    client = TestClient(site, follow_redirects=False)
    client.auth = ("guguan", PASSWORD)
    return client


def test_a_program_sends_a_file(program, kept):
    """The file lies on disk while the action runs, with its size and hash; afterwards it is gone."""
    answer = program.post("/api/maps", data={"title": "一"}, files={"file": ("C:\\表\\井.csv", SENT)})
    assert (201, {"size": len(SENT)}) == (answer.status_code, answer.json())
    (form,) = kept.forms
    assert ("一", "井.csv", hashlib.sha256(SENT).hexdigest()) == (
        form.title,
        form.file.name,
        form.file.sha256,
    )
    assert ([SENT], False) == (kept.contents, form.file.path.exists())


def test_the_same_key_does_nothing_twice_and_another_file_is_another_request(program, kept):
    """The file counts towards what was asked for."""
    key = {"Idempotency-Key": "k1"}
    sent = {"data": {"title": "一"}, "headers": key}
    assert 201 == program.post("/api/maps", files={"file": ("a", SENT)}, **sent).status_code
    again = program.post("/api/maps", files={"file": ("a", SENT)}, **sent)
    assert ("true", 1) == (again.headers["Idempotent-Replay"], len(kept.forms))
    other = program.post("/api/maps", files={"file": ("a", b"other")}, **sent)
    assert (422, "idempotency_key_reused") == (other.status_code, other.json()["code"])


def test_too_much_is_refused_unread(program, kept):
    """A body beyond the limit, or one that does not say its length, is refused."""
    large = program.post("/api/maps", data={"title": "一"}, files={"file": ("a", b"x" * 2_002_000)})
    unsaid = program.post(
        "/api/maps",
        content=iter([b"--b\r\n"]),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert [(413, "too_large")] * 2 == [(one.status_code, one.json()["code"]) for one in (large, unsaid)]
    assert [] == kept.forms


def test_a_missing_file_is_a_wrong_field(program):
    """Without the file, the field is named."""
    answer = program.post("/api/maps", data={"title": "一"}, files={"other": ("", b"")})
    assert (422, "#/file") == (answer.status_code, answer.json()["errors"][0]["pointer"])


def test_a_cookie_alone_sends_no_file(person, kept):
    """What a foreign page could send with the cookie lacks the token, on pages and on the API."""
    for path in ("/maps", "/api/maps"):
        answer = person.client.post(path, data={"title": "一"}, files={"file": ("a", SENT)})
        assert 403 == answer.status_code
    assert [] == kept.forms


def test_who_may_not_sends_nothing(site, kept, monkeypatch):
    """Without the permission not even the file is taken in."""
    monkeypatch.setattr(multipart, "received", None)
    client = TestClient(site, follow_redirects=False)
    client.auth = ("shangcha", PASSWORD)
    answer = client.post("/api/maps", data={"title": "一"}, files={"file": ("a", SENT)})
    assert (403, "not_permitted") == (answer.status_code, answer.json()["code"])
    assert [] == kept.forms


def test_a_file_is_fetched_under_its_name(program):
    """A download streams, is never kept by a cache, and may have a Chinese name."""
    answer = program.get("/api/maps/file")
    assert (b"ab", "no-store") == (answer.content, answer.headers["cache-control"])
    assert "filename*=UTF-8''%E6%B0%B4%E4%BA%95%201.csv" in answer.headers["content-disposition"]


def test_a_list_is_exported_as_a_workbook(program, tmp_path):
    """?format=xlsx gives every row of the filter under the headings of the list."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(program.get("/api/wells?format=xlsx&deeper_than=3").content)
    rows = list(openpyxl.load_workbook(path).worksheets[0].values)
    assert ("名称", "状态", "深度（米）", "造价（元）") == rows[0]
    assert [40, 1234.5] == list(rows[1][2:])


def test_the_document_says_multipart(program):
    """OpenAPI names the encoding and the file."""
    api = program.get("/api/openapi.json").json()
    body = api["paths"]["/api/maps"]["post"]["requestBody"]["content"]
    assert {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/MapForm"}}} == body
    assert "binary" == api["components"]["schemas"]["MapForm"]["properties"]["file"]["format"]


def test_a_form_with_a_file_must_say_how_large(service, gate):
    """A forgotten limit stops the start."""
    section = Section("map")
    declare(section)(lambda act, form: Done("/maps"))
    with pytest.raises(SectionError, match="how large"):
        create_site(
            "wells", Words("水井", "Wells"), service, gate, [section],
            permissions=load_permissions("wells", HERE / "permissions.yaml"), templates=[HERE / "templates"],
        )  # fmt: skip
