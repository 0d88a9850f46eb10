import io
import zipfile

import pytest

from services.evaluation.domain.reporting.errors import FileKindRefusedError, FileTooLargeError
from services.evaluation.domain.reporting.file_kind import DOCX, JPG, PDF, PNG, XLSX, kind_of


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 x", PDF),
        (b"\xff\xd8\xff\xe0", JPG),
        (b"\x89PNG\r\n\x1a\nx", PNG),
        (zipped("xl/workbook.xml"), XLSX),
        (zipped("word/document.xml"), DOCX),
    ],
)
def test_content_says_what_a_file_is(content, kind):
    """The kind is found in the content, whatever the name says."""
    assert kind == kind_of("程序.exe", content, most_bytes=1000)


@pytest.mark.parametrize("content", [b"", b"MZ", b"PK\x03\x04 broken", zipped("setup.exe"), b" %PDF-"])
def test_anything_else_is_refused(content):
    """A program stays one under the name of a document."""
    with pytest.raises(FileKindRefusedError):
        kind_of("材料.pdf", content, most_bytes=1000)


@pytest.mark.parametrize(("size", "taken"), [(1000, True), (1001, False)])
def test_the_limit_is_within(size, taken):
    """So many bytes are taken, one more is not."""
    content = b"%PDF-".ljust(size, b"x")
    if taken:
        assert PDF == kind_of("a", content, most_bytes=1000)
    else:
        with pytest.raises(FileTooLargeError):
            kind_of("a", content, most_bytes=1000)
