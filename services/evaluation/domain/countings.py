"""Every way of counting there is, by the name rule files use."""

from services.evaluation.domain.counted import (
    case,
    change,
    clue,
    duration,
    guarantee,
    job,
    loan,
    measure,
    notice,
    place,
    register,
    reporting,
    supervision,
    visit,
)
from services.evaluation.domain.counting import Counting

COUNTINGS: dict[str, Counting] = {
    counting.name: counting
    for module in (
        visit,
        clue,
        case,
        measure,
        change,
        guarantee,
        place,
        register,
        job,
        loan,
        notice,
        duration,
        reporting,
        supervision,
    )
    for counting in module.COUNTINGS
}
