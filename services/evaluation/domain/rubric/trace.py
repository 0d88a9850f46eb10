"""What was read on the way to a number, so that it can be shown beside the points."""

from dataclasses import dataclass, field

from services.evaluation.domain.rubric.gap import GapError
from services.evaluation.domain.rubric.result import InputUsed
from services.evaluation.domain.rubric.values import CellKey, CellValue, Scalar


@dataclass(slots=True)
class Trace:
    """Cells and other items that were read; each once, in the order of reading."""

    cells: dict[CellKey, CellValue | None] = field(default_factory=dict)
    items: dict[str, None] = field(default_factory=dict)

    def add(self, other: "Trace") -> None:
        self.cells.update(other.cells)
        self.items.update(other.items)

    def inputs(self) -> tuple[InputUsed, ...]:
        return tuple(
            InputUsed(key.item, key.input, key.period, key.dimension, value)
            for key, value in self.cells.items()
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """An item's value, or the gap it fell into; with what was read."""

    value: Scalar | None
    gap: GapError | None
    trace: Trace

    def known(self) -> Scalar:
        """Return the value; raises the gap."""
        if self.gap is not None:
            raise type(self.gap)(self.gap.where)
        if self.value is None:
            raise AssertionError(self)
        return self.value
