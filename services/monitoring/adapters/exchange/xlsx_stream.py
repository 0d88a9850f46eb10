"""An XLSX workbook read as a stream: its lines come out while it is unpacked, whatever its size.

Unpacked bytes and the texts that cells share are counted against limits while they are read, so that no
file can fill the memory; a document type (where XML bombs live) is refused.
"""

import zipfile
import zlib
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from xml.parsers import expat

from services.monitoring.domain.exchange.cell import Fault, Raw
from services.monitoring.domain.exchange.file_errors import FileBrokenError, FileSwollenError
from services.monitoring.domain.exchange.format import SheetRow

CHUNK = 1 << 18
MOST_UNPACKED = 3 * 10**9
MOST_SHARED = 400 * 10**6
MOST_COLUMNS = 300
MOST_PARTS = 2000
_LONGEST_CELL = 40_000


class XlsxStream:
    """One open workbook; its sheets in the order of their tabs."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise FileBrokenError from error
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            self._zip.close()
            raise FileSwollenError
        self._names = {part.filename for part in parts}
        self.sheets = self._sheet_parts()
        self._shared: _Shared | None = None

    def close(self) -> None:
        self._zip.close()

    def rows(self, sheet: str) -> Iterator[SheetRow]:
        """Yield the lines of the sheet kept as the part *sheet*."""
        if self._shared is None:
            self._shared = _read_shared(self._chunks("xl/sharedStrings.xml", MOST_SHARED))
        reading = _SheetReading(self._shared)
        for chunk in self._chunks(sheet, MOST_UNPACKED):
            yield from reading.feed(chunk)

    def _chunks(self, part: str, most: int) -> Iterator[bytes]:
        if part not in self._names:
            return
        read = 0
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(CHUNK):
                    read += len(chunk)
                    if read > most:
                        raise FileSwollenError
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
            raise FileBrokenError from error

    def _sheet_parts(self) -> tuple[str, ...]:
        """Return the parts of the visible sheets in the order of their tabs."""
        targets: dict[str, str] = {}
        for attributes in self._elements("xl/_rels/workbook.xml.rels", "Relationship"):
            targets[attributes.get("Id", "")] = attributes.get("Target", "")
        parts = []
        for attributes in self._elements("xl/workbook.xml", "sheet"):
            name = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            target = targets.get(name, "")
            part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            if target and attributes.get("state", "visible") == "visible" and part in self._names:
                parts.append(part)
        found = tuple(parts) or tuple(
            sorted(name for name in self._names if name.startswith("xl/worksheets/sheet"))
        )
        if not found:
            raise FileBrokenError
        return found

    def _elements(self, part: str, wanted: str) -> Iterator[Mapping[str, str]]:
        found: list[Mapping[str, str]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if name.rpartition(":")[2] == wanted:
                found.append(attributes)

        parser = _parser()
        parser.StartElementHandler = start
        for chunk in self._chunks(part, MOST_SHARED):
            _feed(parser, chunk)
        return iter(found)


def _parser() -> Any:  # noqa: ANN401  (expat's parser has no public type)
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def no_document_type(*_given: object) -> None:
        raise FileBrokenError

    parser.StartDoctypeDeclHandler = no_document_type
    return parser


def _feed(parser: Any, chunk: bytes) -> None:  # noqa: ANN401  (see above)
    try:
        parser.Parse(chunk, False)
    except expat.ExpatError as error:
        raise FileBrokenError from error


class _Shared:
    """The texts that cells share, packed: an object for each would cost five times the memory."""

    def __init__(self) -> None:
        self._packed = bytearray()
        self._ends = array("Q")

    def add(self, text: str) -> None:
        self._packed += text[:_LONGEST_CELL].encode("utf-8", "replace")
        self._ends.append(len(self._packed))

    def __getitem__(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        return self._packed[start : self._ends[number]].decode("utf-8")


def _read_shared(chunks: Iterator[bytes]) -> _Shared:  # noqa: C901  (one state of three handlers)
    shared = _Shared()
    parts: list[str] = []
    inside = [False, False]  # a text, and one that only says how another is pronounced

    def start(name: str, _attributes: object) -> None:
        local = name.rpartition(":")[2]
        if local == "t":
            inside[0] = True
        elif local == "rPh":
            inside[1] = True
        elif local == "si":
            parts.clear()

    def end(name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "t":
            inside[0] = False
        elif local == "rPh":
            inside[1] = False
        elif local == "si":
            shared.add("".join(parts))

    def text(data: str) -> None:
        if inside[0] and not inside[1]:
            parts.append(data)

    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    for chunk in chunks:
        _feed(parser, chunk)
    return shared


class _SheetReading:
    """Takes the XML of a sheet piece by piece and gives the lines that are complete."""

    def __init__(self, shared: _Shared) -> None:
        self._done: list[SheetRow] = []
        self._parser = _parser()
        _listen(self._parser, shared, self._done)

    def feed(self, chunk: bytes) -> list[SheetRow]:
        _feed(self._parser, chunk)
        ready = self._done[:]
        self._done.clear()
        return ready


def _listen(parser: Any, shared: _Shared, done: list[SheetRow]) -> None:  # noqa: ANN401, C901
    """Set the handlers of a sheet. One closure: it runs for each of ten million cells."""
    cells: list[Raw] = []
    text: list[str] = []
    column = number = 0
    kind = ""
    formula = collecting = False
    places: dict[str, int] = {}

    def start(name: str, given: dict[str, str]) -> None:
        nonlocal column, number, kind, formula, collecting
        if name in ("v", "t"):
            collecting = True
        elif name == "c":
            kind, formula = given.get("t", "n"), False
            if reference := given.get("r"):
                letters = reference.rstrip("0123456789")
                column = places[letters] if letters in places else places.setdefault(letters, _place(letters))
            text.clear()
        elif name == "row":
            said = given.get("r", "")
            number = int(said) if said.isdigit() else number + 1
            column = 0
        elif name == "f":
            formula = True
        elif ":" in name:
            start(name.rpartition(":")[2], given)

    def end(name: str) -> None:
        nonlocal column, collecting
        if name in ("v", "t"):
            collecting = False
        elif name == "c":
            if column < MOST_COLUMNS:
                value = _value(kind, "".join(text), shared, formula=formula) if text or formula else None
                _put(cells, column, value)
            column += 1
        elif name == "row":
            done.append(SheetRow(number, tuple(cells)))
            cells.clear()
        elif ":" in name:
            end(name.rpartition(":")[2])

    def characters(data: str) -> None:
        if collecting:
            text.append(data)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters


def _put(cells: list[Raw], column: int, value: Raw) -> None:
    if value is not None:
        if len(cells) < column:
            cells.extend([None] * (column - len(cells)))
        cells[column:] = [value]


def _place(letters: str) -> int:
    place = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise FileBrokenError
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _value(kind: str, text: str, shared: _Shared, *, formula: bool) -> Raw:
    try:
        match kind:
            case "s":
                return shared[int(text)] or None
            case "n":
                return float(text) if text else Fault.FORMULA if formula else None
            case "b":
                return text == "1"
            case "e":
                return Fault.FORMULA
            case _:
                return text[:_LONGEST_CELL] or None
    except (ValueError, IndexError, UnicodeDecodeError) as error:
        raise FileBrokenError from error
