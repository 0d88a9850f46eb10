"""What a file is, by its content: PDF, picture, workbook or text document; its name proves nothing."""

import io
import zipfile

from services.evaluation.domain.reporting.errors import FileKindRefusedError, FileTooLargeError

PDF, JPG, PNG = "application/pdf", "image/jpeg", "image/png"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS = {PDF: "pdf", JPG: "jpg", PNG: "png", XLSX: "xlsx", DOCX: "docx"}
_BEGINS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPG), (b"\x89PNG\r\n\x1a\n", PNG))
_HOLDS = (("xl/workbook.xml", XLSX), ("word/document.xml", DOCX))
_MEGABYTE = 1 << 20


def kind_of(name: str, content: bytes, *, most_bytes: int) -> str:
    """Return the media type; raises FileTooLargeError or FileKindRefusedError."""
    if len(content) > most_bytes:
        raise FileTooLargeError(most_mb=most_bytes // _MEGABYTE or 1)
    found = next((kind for begin, kind in _BEGINS if content.startswith(begin)), "") or _office(content)
    if not found:
        raise FileKindRefusedError(kinds="PDF、JPG、PNG、XLSX、DOCX", name=name[:80])
    return found


def _office(content: bytes) -> str:
    if not content.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = frozenset(parts.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return ""
    return next((kind for part, kind in _HOLDS if part in names), "")
