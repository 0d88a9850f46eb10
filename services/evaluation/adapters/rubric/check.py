"""What is wrong or odd with a rubric that can be read: the faults that published rubrics really have."""

from pathlib import Path

from services.evaluation.adapters.rubric.check_grades import check_grades
from services.evaluation.adapters.rubric.check_names import check_names, named_parts
from services.evaluation.adapters.rubric.check_points import check_points
from services.evaluation.adapters.rubric.check_rules import check_periods, check_rules
from services.evaluation.adapters.rubric.fault import Fault, UnusableFileError, in_order, warning
from services.evaluation.adapters.rubric.finding import Finding, Findings
from services.evaluation.adapters.rubric.load import Accepted, RubricFile, try_rubric
from services.evaluation.domain.rubric.errors import RubricCycleError, RubricError
from services.evaluation.domain.rubric.structure import index_rubric


def check_file(file: Path) -> tuple[RubricFile | None, tuple[Fault, ...]]:
    """Read and check *file*; return the rubric where it can be read, and every fault."""
    read, faults = try_rubric(file)
    return (None, faults) if read is None else (read, check_rubric(read))


def usable_rubric(file: Path) -> tuple[RubricFile, tuple[Fault, ...]]:
    """Return the rubric in *file* and what is odd about it; raises UnusableFileError for its errors."""
    read, faults = check_file(file)
    if read is None or any(fault.level == "error" for fault in faults):
        raise UnusableFileError(file, faults)
    return read, faults


def check_rubric(file: RubricFile) -> tuple[Fault, ...]:
    """Return every fault of *file*, in the order of its lines; those it accepts are marked so."""
    faults = [finding.fault(file) for finding in _findings(file)]
    told, used = [], set()
    for fault in faults:
        accepted = next((one for one in file.accepted if _covers(one, fault)), None)
        if accepted is not None:
            used.add(accepted)
        told.append(fault.accepted(accepted.reason) if accepted else fault)
    for index, accepted in enumerate(file.accepted):
        if accepted not in used:
            told.append(
                warning(
                    "accepted_not_found",
                    accepted.item,
                    f"accepted[{index + 1}]",
                    f"没有“{accepted.code}”这样的问题，可删去这一条",
                    f"there is no fault {accepted.code} to accept",
                    file.lines.of(("accepted", index)),
                )
            )
    return in_order(told)


def _covers(accepted: Accepted, fault: Fault) -> bool:
    return (
        accepted.code == fault.code
        and accepted.item in ("", fault.item)
        and accepted.field in ("", fault.field)
    )


def _findings(file: RubricFile) -> Findings:
    rubric = file.rubric
    yield from check_names(rubric)
    yield from check_rules(rubric)
    for name, named in named_parts(rubric):
        yield from check_periods(name, getattr(named, "periods", None))
    yield from check_points(rubric, file.units.groups, file.units.classes)
    yield from check_grades(rubric)
    try:
        index_rubric(rubric)
    except RubricCycleError as cycle:
        yield Finding("error", cycle.code, "", ("parts",), cycle.text("zh"), cycle.text("en"))
    except RubricError:
        pass  # told above, each with its line
