"""What the documents say of the tree is true."""

import re

from tests.architecture.tree import ROOT

_PATH = re.compile(r"`((?:services|shared|deploy|tests|docs|bench)/[\w/.-]+\.\w+)`")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def _documents():
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_file_named_in_a_document_exists() -> None:
    """A path in backticks, in the README or below docs, leads somewhere."""
    missing = [
        f"{document.relative_to(ROOT)}: {path}"
        for document in _documents()
        for path in _PATH.findall(document.read_text(encoding="utf-8"))
        if not (ROOT / path).exists()
    ]
    assert not missing, "\n  ".join(["Named but not there:", *missing])


def test_every_link_of_a_document_leads_somewhere() -> None:
    """A relative link in the README or below docs has a target."""
    missing = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in _documents()
        for target in _LINK.findall(document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert not missing, "\n  ".join(["Linked but not there:", *missing])


def test_every_document_is_in_an_index() -> None:
    """docs/README.md leads to each document, the index of decisions to each decision."""
    missing = [
        str(document.relative_to(ROOT))
        for folder in (ROOT / "docs", ROOT / "docs/adr")
        for document in sorted(folder.glob("*.md"))
        if document.name != "README.md"
        and document.name not in _LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    ]
    assert not missing, "\n  ".join(["In no index:", *missing])


def test_the_readme_calls_things_what_the_pages_call_them() -> None:
    """Every label the README names to officials stands in a template or a form."""
    section = (ROOT / "README.md").read_text().split("## For an official")[1].split("\n## ")[0]
    slanted = re.findall(r"\*([^*\n]+)\*", re.sub(r"\*\*[^*]+\*\*", "", section))
    labels = {label for label in slanted if re.search(r"[\u4e00-\u9fff]", label)}
    folders = [*ROOT.glob("services/*/entrypoints/web"), ROOT / "shared/web", ROOT / "deploy/embedded"]
    pages = "".join(
        path.read_text() for folder in folders for path in folder.rglob("*.*") if path.suffix != ".pyc"
    )
    assert len(labels) > 15
    assert [] == [label for label in sorted(labels) if label not in pages]
