"""What an official paper is made of: headings, paragraphs, tables, and the sources of its figures."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.evaluation.domain.documents.frozen import FrozenLine

Piece = str | int
"""Text, or the number of a source, which is set as a raised ``[7]``."""


@dataclass(frozen=True, slots=True)
class Heading:
    """*level* 1 is 一、, level 2 （一）; the number stands in the text."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The words without the sources."""
        return "".join(piece for piece in self.pieces if isinstance(piece, str))


@dataclass(frozen=True, slots=True)
class Table:
    """*note* says below the table where its figures come from; *widths* are shares of the page."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    widths: tuple[int, ...] = ()


Block = Heading | Paragraph | Table


def said(*pieces: Piece) -> Paragraph:
    return Paragraph(pieces)


@dataclass(slots=True)
class Sources:
    """The lines a paper cites, numbered in the order they were cited first."""

    _numbers: dict[str, int] = field(default_factory=dict)
    lines: list[FrozenLine] = field(default_factory=list)

    def cite(self, line: FrozenLine) -> int:
        """Return the number of *line* in the list of sources."""
        if line.id not in self._numbers:
            self.lines.append(line)
            self._numbers[line.id] = len(self.lines)
        return self._numbers[line.id]


@dataclass(frozen=True, slots=True)
class Paper:
    """One official paper. *mark* is set on every page of what is not the county's published result."""

    title: str
    issuer: str
    number: str
    mark: str
    addressees: str
    body: tuple[Block, ...]
    attachments: tuple[str, ...]
    dated: str
    copies_to: str
    annex: tuple[Block, ...] = ()
    made_from: str = ""


def table_of(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    note: str = "",
    widths: Sequence[int] = (),
) -> Table:
    """Return a table; raises ValueError when a row is not as long as the head."""
    if any(len(row) != len(head) for row in rows):
        raise ValueError(f"{caption}: a row is not as long as the head")
    return Table(caption, tuple(head), tuple(tuple(row) for row in rows), note, tuple(widths))
