"""Lists are taken whole or not at all, matched with explanation, and repeated without harm."""

import random
from datetime import date
from typing import Any

import pytest

from services.monitoring.adapters.tables import department_list_rows, department_warnings
from services.monitoring.domain.comparison import row as rows
from services.monitoring.domain.comparison.catalogue import rule_of
from services.monitoring.domain.comparison.errors import (
    EmptyListError,
    ForeignListError,
    ListMonthError,
    RowNotToConfirmError,
    UnreadableRowError,
)
from services.monitoring.domain.comparison.rule import warning_id
from services.monitoring.service_layer.comparison.department_list import (
    ConfirmMatch,
    TakeDepartmentList,
    confirm_match,
    take_department_list,
)
from services.monitoring.service_layer.exchange.part import part_of
from tests.monitoring.comparison_kit import (
    HEAD_NUMBER,
    SON_NUMBER,
    WIFE_NUMBER,
    cost,
    deliver,
    insured,
    kept,
    lists,
    warnings,
)
from tests.monitoring.kit import VILLAGE, id_number

NAMED: dict[str, Any] = {"name": "赵甲一", "born_on": date(1978, 3, 5), "area_code": VILLAGE}


def test_list_is_counted_and_told(service, household, outbox):
    """The county is told of the list with how many of its rows were found by number."""
    deliver(service, "insured", insured(), insured(WIFE_NUMBER), insured("610327199001011234"))
    (told,) = outbox("monitoring.department_list_received.v1")
    assert ("县医保局", "insured", "202206", 3, 2) == (
        told["department"],
        told["kind"],
        told["month"],
        told["rows"],
        told["matched"],
    )


def test_wrong_row_leaves_nothing(service, household, outbox):
    """A row that cannot be used in the second chunk takes the first with it."""
    given_rows = [insured(f"{number:018d}") for number in range(5_000)]
    with pytest.raises(UnreadableRowError) as refused:
        deliver(service, "insured", insured(yes=False), *given_rows, insured(yes="maybe"))
    assert 5_002 == refused.value.details["line"]
    assert ([], []) == (lists(service), outbox("monitoring.department_list_received.v1"))


def test_list_without_rows_is_refused(service):
    """Nothing delivered is not a list."""
    with pytest.raises(EmptyListError):
        deliver(service, "insured")


@pytest.mark.parametrize("month", ["202208", "2022-6", "202213", ""])
def test_month_must_have_come(service, month):
    """A month to come, or not written YYYYMM, is refused."""
    with pytest.raises(ListMonthError):
        deliver(service, "insured", insured(), month=month)


def test_list_of_another_department_is_refused(service):
    """Education does not deliver the list of health insurance."""
    with pytest.raises(ForeignListError):
        deliver(service, "insured", insured(), department="县教体局")


def test_same_list_again_changes_nothing(service, household, outbox):
    """Delivered twice, the list is the same one, and nothing more is told."""
    first = deliver(service, "medical_cost", cost(inpatient=2_100_000))
    told = len(outbox())
    assert (first, told) == (
        deliver(service, "medical_cost", cost(inpatient=2_100_000)),
        len(outbox()),
    )


def test_same_list_leaves_no_second_one_inside_a_larger_transaction(service, household):
    """An import takes the list as part of its own transaction: the repeated list leaves no rows either."""
    first = deliver(service, "insured", insured())
    with service.uow() as uow:
        command = TakeDepartmentList(kind="insured", month="202206", rows=[insured()])
        again = take_department_list(command, part_of(uow), service.comparison, service.clue_policy)
        uow.commit()
    assert (first, [(first,)], 1) == (again, lists(service, "id"), len(kept(service, department_list_rows)))


def test_resend_replaces_the_list_of_the_month(service, household):
    """Other rows for the same month supersede the list; its rows stay."""
    first = deliver(service, "insured", insured())
    second = deliver(service, "insured", insured(), insured(WIFE_NUMBER))
    assert {(first, second), (second, None)} == set(lists(service, "id", "superseded_by"))
    assert 3 == len(kept(service, department_list_rows))


def test_lists_at_once_add_to_one_another(service, household):
    """Two disasters of one month are two lists, neither replaced."""
    for event in ("Z1", "Z2"):
        row = rows.DisasterRow(
            id_number=HEAD_NUMBER, event_no=event, kind="001", happened_on=date(2022, 6, 20)
        )
        deliver(service, "disaster", row)
    assert [None, None] == [superseded for (superseded,) in lists(service, "superseded_by")]
    assert [("YJ-01", "to_check", "202206")] * 2 == warnings(service)


def test_name_alone_raises_nothing_before_somebody_confirms(service, household, outbox):
    """Matched by name, birth date and village, the row waits; confirmed, it raises its warning."""
    one = deliver(service, "medical_cost", cost("", inpatient=2_100_000, **NAMED))
    assert ([("name",)], []) == (kept(service, department_list_rows, "matched"), warnings(service))
    confirm_match(
        ConfirmMatch(list_id=one, line=1, same=True), service.uow(), service.comparison, service.clue_policy
    )
    assert ([("confirmed", "")], [("YB-02", "to_check", "202206")]) == (
        kept(service, department_list_rows, "matched", "name"),
        warnings(service),
    )
    assert [(1, 0, 1)] == lists(service, "matched", "by_name", "warnings")


def test_refused_match_is_listed_as_unmatched(service, household):
    """Somebody else of the same name: the row stays, unmatched, and can't be confirmed again."""
    one = deliver(service, "medical_cost", cost("", inpatient=2_100_000, **NAMED))
    refuse = ConfirmMatch(list_id=one, line=1, same=False)
    confirm_match(refuse, service.uow(), service.comparison, service.clue_policy)
    assert [("none", "refused", None)] == kept(
        service, department_list_rows, "matched", "reason", "person_id"
    )
    with pytest.raises(RowNotToConfirmError):
        confirm_match(refuse, service.uow(), service.comparison, service.clue_policy)


def test_number_of_nobody_is_kept_masked_with_why(service, household):
    """Of a row that was not matched the department sees why, and no whole number is kept."""
    stranger = id_number(date(1990, 1, 1), "1")
    deliver(service, "insured", rows.InsuredRow(id_number=stranger, name="王戊", insured=True))
    assert [("none", "not_registered", "王戊", f"610{'*' * 13}{stranger[-2:]}")] == kept(
        service, department_list_rows, "matched", "reason", "name", "masked_number"
    )


def test_matched_rows_keep_no_name(service, household):
    """What the register knows is not kept a second time."""
    deliver(service, "insured", rows.InsuredRow(id_number=HEAD_NUMBER, name="赵甲一", insured=True))
    assert [("number", "", "")] == kept(service, department_list_rows, "matched", "name", "masked_number")


MONTHS = (("202203", 2_100_000), ("202204", 2_400_000), ("202205", 2_600_000), ("202206", 3_600_000))


@pytest.mark.parametrize("seed", range(5))
def test_order_and_repetition_of_lists_change_no_warning(service, household, seed):
    """However a year's lists are ordered and repeated, the same warnings are raised, each once."""
    deliveries = [one for one in MONTHS for _ in range(2)]
    random.Random(seed).shuffle(deliveries)
    for month, paid in deliveries:
        deliver(service, "medical_cost", cost(inpatient=paid), cost(SON_NUMBER, paid), month=month)
    ids = sorted(id_ for (id_,) in kept(service, department_warnings, "id"))
    with service.uow() as uow:
        persons = uow.register_lookup.by_number([HEAD_NUMBER, SON_NUMBER])
    expected = [
        warning_id(rule_of("YB-02"), known[0], ("2022", step)) for known in persons.values() for step in "013"
    ]
    assert sorted(expected) == ids


def test_number_of_a_disability_card_is_its_bearer_s(service, household):
    """Lists of certificates give the card's number: the ID number with kind and grade behind it."""
    deliver(service, "insured", insured(f"{HEAD_NUMBER}42"))
    assert [("number",)] == kept(service, department_list_rows, "matched")
