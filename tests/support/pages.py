"""People at browsers: they sign in, read pages, fill in the forms the pages show, and follow links."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

Value = str | Sequence[str]


@dataclass
class ShownForm:
    """A form as the page shows it: where it leads, what is filled in, and what may be chosen."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Collects the forms and links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[ShownForm] = []
        self.links: list[str] = []
        self._select = ""
        self._textarea = ""
        self._option: tuple[str, str] | None = None
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if tag == "form":
            self.forms.append(ShownForm(given.get("action", ""), given.get("method", "get")))
            self._open = True
        if self._open:
            self._control(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        if tag == "select":
            self._select = ""
        if tag == "option" and self._option is not None:
            self.forms[-1].choices[self._select].append(self._option)
            self._option = None
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1].fields[self._textarea] = [data.strip()]
        if self._option is not None:
            self._option = (self._option[0], self._option[1] + data)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        if tag == "input":
            self._input(form, name, given)
        elif tag == "select":
            self._select = name
            form.fields[name] = [""]
            form.choices[name] = []
        elif tag == "option" and self._select:
            self._option = (given.get("value", ""), "")
            if "selected" in given:
                form.fields[self._select] = [given.get("value", "")]
        elif tag == "textarea":
            self._textarea = name
            form.fields[name] = [""]

    @staticmethod
    def _input(form: ShownForm, name: str, given: dict[str, str]) -> None:
        if given.get("type") in {"checkbox", "radio"}:
            form.choices.setdefault(name, []).append((given.get("value", ""), ""))
            if "checked" in given:
                form.fields.setdefault(name, []).append(given.get("value", ""))
        elif name:
            form.fields[name] = [given.get("value", "")]


def read(page: str) -> tuple[list[ShownForm], list[str]]:
    """Return the forms and the links of *page*."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms, reader.links


class Browser:
    """One person at a browser."""

    def __init__(self, app: FastAPI, login: str, password: str) -> None:
        self.login = login
        self._client = TestClient(app)
        answer = self.submit("/sign-in", "/sign-in", login=login, password=password)
        assert "/sign-in" != urlsplit(str(answer.url)).path, login

    def get(self, path: str) -> Response:
        return self._client.get(path)

    def speak(self, language: str) -> None:
        """Switch the pages to *language*, ``zh`` or ``en``."""
        (form,) = [one for one in read(self.get("/").text)[0] if one.action.endswith("/language")]
        self._client.post(form.action, data={**form.fields, "language": [language]})

    def form(self, page: str, action: str) -> ShownForm:
        """Return the form on *page* whose action ends with *action*."""
        answer = self.get(page)
        found = [one for one in read(answer.text)[0] if urlsplit(one.action).path.endswith(action)]
        assert len(found) == 1, f"{self.login}: {page} ({answer.status_code}) has {len(found)} forms {action}"
        return found[0]

    def submit(self, page: str, action: str, **given: Value) -> Response:
        """Fill in the form on *page* that leads to *action*, send it, and return the page it leads to.

        What the page filled in is sent too; double underscores in a name stand for dots.
        """
        form = self.form(page, action)
        named = {name.replace("__", "."): value for name, value in given.items()}
        unknown = set(named) - set(form.fields) - set(form.choices)
        assert not unknown, f"{page}: the form has no {unknown}"
        sent = {**form.fields, **{name: _several(value) for name, value in named.items()}}
        answer = self._client.post(form.action, data=sent)
        assert 200 == answer.status_code, f"{self.login} {form.action}: {said(answer.text)}"
        assert answer.history, f"{form.action} was answered at once: {said(answer.text)}"
        return answer

    def follow(self, page: str, pattern: str) -> str:
        """Return the path of the one link on *page* that matches *pattern*."""
        found = {link for link in read(self.get(page).text)[1] if re.search(pattern, link)}
        assert len(found) == 1, f"{self.login}: {page} links to {sorted(found)} for {pattern}"
        return found.pop()


def _several(value: Value) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def said(page: str) -> str:
    """Return the text of the main part of *page*."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.group() if main else page)).strip()


def crawl(
    browser: Browser, starts: Sequence[str], *, each: int, most: int
) -> Iterator[tuple[str, str, Response]]:
    """Yield the pages *starts* lead to: where the link stood, its address, the answer.

    Of pages that differ only in an id, or in the values of their query, *each* are opened.
    """
    waiting, seen = [("", start) for start in starts], set(starts)
    opened: dict[str, int] = {}
    count = 0
    while waiting and count < most:
        source, path = waiting.pop(0)
        if opened.get(_kind(path), 0) >= each:
            continue
        opened[_kind(path)] = opened.get(_kind(path), 0) + 1
        count += 1
        answer = browser.get(path)
        yield source, path, answer
        if answer.headers["content-type"].startswith("text/html"):
            here = urlsplit(str(answer.url)).path
            for link in (here + one if one.startswith("?") else one for one in read(answer.text)[1]):
                if link.startswith("/") and link not in seen:
                    seen.add(link)
                    waiting.append((path, link))


_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b\d{9}\b|\bI\d\d-\d+\b|[A-Za-z0-9_-]{20,}|/\d+\b")


def _kind(path: str) -> str:
    split = urlsplit(path)
    names = sorted(part.split("=")[0] for part in split.query.split("&") if part)
    return _ID.sub("*", split.path) + "?" + ",".join(names)


def evidence(page: str) -> frozenset[str]:
    """Return the ids of the events *page* links to."""
    return frozenset(re.findall(r'href="/evaluation/events/([^"/]+)"', page))


def rows(page: str) -> Mapping[str, str]:
    """Return the rows of a unit's page by indicator, as text."""
    found = re.findall(r"<tr><td[^>]*><a [^>]*>(I\d\d-\d+)</a></td>(.*?)</tr>", page, re.DOTALL)
    return {name: re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cells)).strip() for name, cells in found}
