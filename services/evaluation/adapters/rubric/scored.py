"""A rubric file and a values file → the result; what the engine refuses is told with its line."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from services.evaluation.adapters.rubric.check import usable_rubric
from services.evaluation.adapters.rubric.fault import Fault, UnusableFileError, error, in_order
from services.evaluation.adapters.rubric.load import RubricFile
from services.evaluation.adapters.rubric.needs import needs_of
from services.evaluation.adapters.rubric.percent_slip import percent_slips
from services.evaluation.adapters.rubric.reading import told
from services.evaluation.adapters.rubric.unread import unread_values
from services.evaluation.adapters.rubric.values import ReadValues, read_values
from services.evaluation.domain.rubric.errors import WrongValueError
from services.evaluation.domain.rubric.result import RubricResult
from services.evaluation.domain.rubric.score import score_rubric


@dataclass(frozen=True, slots=True)
class Scored:
    """A result and what it was made from; *rubric_faults* are warnings and accepted faults."""

    file: RubricFile
    rubric_faults: tuple[Fault, ...]
    read: ReadValues
    result: RubricResult


def score_files(rubric_file: Path, values_file: Path, as_of: date | None = None) -> Scored:
    """Score; raises UnusableFileError for either file, RubricError for what neither shows by itself."""
    file, faults = usable_rubric(rubric_file)
    read = read_values(values_file, needs_of(file.rubric), file.units)
    read = replace(read, faults=in_order([*read.faults, *percent_slips(file.rubric, read)]))
    try:
        result = score_rubric(file.rubric, read.values, as_of=as_of)
    except WrongValueError as refused:
        raise UnusableFileError(values_file, [_wrong_value(refused, read)]) from refused
    read = replace(read, faults=in_order([*read.faults, *unread_values(file.rubric, result, read)]))
    return Scored(file, faults, read, result)


def _wrong_value(refused: WrongValueError, read: ReadValues) -> Fault:
    """Return the refusal with the first line of the unit's item."""
    unit, item = str(refused.details.get("unit", "")), str(refused.details.get("where", ""))
    stands = [line for key, line in read.lines.items() if (key.unit, key.item) == (unit, item)]
    zh, en = told(refused)
    return error(refused.code, item, "value", zh, en, min(stands, default=0))
