"""Every way of counting there is, by the name rule files use."""

from services.evaluation.domain.counted import (
    case,
    change,
    clue,
    guarantee,
    job,
    loan,
    measure,
    notice,
    place,
    register,
    visit,
)
from services.evaluation.domain.counting import Counting

COUNTINGS: dict[str, Counting] = {
    counting.name: counting
    for module in (visit, clue, case, measure, change, guarantee, place, register, job, loan, notice)
    for counting in module.COUNTINGS
}
