"""ZIP files whose bytes depend on their content alone, not on when they were written."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)


def member(name: str) -> zipfile.ZipInfo:
    """Return the entry *name* with a fixed time and fixed rights."""
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def rewritten(content: bytes) -> bytes:
    """Return the ZIP *content* with fixed times, its entries in the same order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(buffer, "w") as archive:
        for entry in given.infolist():
            archive.writestr(member(entry.filename), given.read(entry))
    return buffer.getvalue()


def zip_files(target: Path, files: Mapping[str, Path]) -> None:
    """Write the *files* (name → where it is) to the ZIP *target*, piece by piece, by name."""
    with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
        for name in sorted(files):
            with archive.open(member(name), "w", force_zip64=True) as out, files[name].open("rb") as given:
                while piece := given.read(1 << 18):
                    out.write(piece)
