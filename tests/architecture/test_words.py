"""What no file of the project may say: where it was built, and where its packages came from."""

import re

from tests.architecture.tree import ROOT, project_files

# Written with classes of one letter, so that this file does not contain what it looks for.
_FORBIDDEN = re.compile(
    rb"pyp[i]\.org|pythonhoste[d]|registry\.npm[j]s|npm[j]s\.org|deb\.debia[n]\.org|snapshot\.debia[n]\.org"
    rb"|(?<![\w.])/wor[k]/|(?<![\w.])/far[m]/|(?<![\w.])/roo[t]/|(?<![\w.])/hom[e]/\w+/|farm-(?:benc[h]|studi[o])",
)
_BINARY = {".png", ".jpg", ".ico", ".woff2", ".xlsx", ".gz", ".zip"}


def test_no_file_names_an_index_or_a_machine() -> None:
    """A clone at any path, on any network, finds nothing of the place it came from."""
    found = [
        f"{path}:{number}: {line.strip()[:100].decode(errors='replace')}"
        for path in project_files()
        if path.suffix not in _BINARY
        for number, line in enumerate((ROOT / path).read_bytes().splitlines(), 1)
        if _FORBIDDEN.search(line)
    ]
    assert not found, "\n  ".join(["Lines that name an index host or a path of one machine:", *found])


def test_what_is_looked_for_would_be_found() -> None:
    """The expression matches each kind of word once."""
    words = [
        b"https://pyp" + b"i.org/simple",
        b"x /wor" + b"k/main",
        b"cd /roo" + b"t/x",
        b"farm-benc" + b"h",
    ]
    assert len(words) == len([word for word in words if _FORBIDDEN.search(word)])
