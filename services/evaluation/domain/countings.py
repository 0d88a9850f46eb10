"""Every way of counting there is, by the name rule files use."""

from services.evaluation.domain.counted import (
    asset,
    case,
    change,
    clue,
    cooperative,
    dispatch,
    duration,
    duty,
    field_work,
    fund,
    guarantee,
    job,
    ledger,
    loan,
    measure,
    notice,
    place,
    project,
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
        ledger,
        loan,
        notice,
        duration,
        duty,
        reporting,
        supervision,
        dispatch,
        field_work,
        fund,
        project,
        asset,
        cooperative,
    )
    for counting in module.COUNTINGS
}
