"""Every way of counting there is, by the name rule files use."""

from services.evaluation.domain import case, change, clue, job, loan, measure, notice, visit
from services.evaluation.domain.counting import Counting

COUNTINGS: dict[str, Counting] = {
    counting.name: counting
    for module in (visit, clue, case, measure, change, job, loan, notice)
    for counting in module.COUNTINGS
}
