"""What lists find: warnings become clues once, differences open and go with the newest month only."""

from datetime import date

from sqlalchemy import update

from services.monitoring.adapters.tables import (
    clue_reports,
    comparison_differences,
    department_warnings,
    members,
)
from services.monitoring.domain.comparison.difference import DifferenceStep
from services.monitoring.domain.comparison.row import AssistanceRow, RosterChangeRow
from services.monitoring.service_layer.comparison.difference import AnswerDifference, answer_difference
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.member import AddMember, add_member
from tests.monitoring.comparison_kit import (
    HEAD_NUMBER,
    SON_NUMBER,
    WIFE_NUMBER,
    cost,
    deliver,
    differences,
    insured,
    kept,
    warnings,
)
from tests.monitoring.kit import family, person


def explain(service):
    (difference,) = kept(service, comparison_differences, "id")[0]
    answer_difference(
        AnswerDifference(difference_id=difference, step=DifferenceStep.EXPLAIN, note="在外省参保"),
        service.uow(),
    )


def test_warning_becomes_a_clue_and_is_told_with_it(service, household, outbox):
    """The village is asked to look, and the county knows which clue the warning became."""
    deliver(service, "medical_cost", cost(inpatient=2_000_000))
    (told,) = outbox("monitoring.warning_raised.v1")
    (clue,) = outbox("monitoring.clue_reported.v1")
    assert (clue["clue_id"], "YB-02", "202206", False) == (
        told["clue_id"],
        told["rule"],
        told["month"],
        told["threshold_confirmed"],
    )


def test_two_warnings_of_one_risk_are_one_clue(service, household):
    """Husband and wife ill in the same month: one visit for the household, two reports."""
    deliver(service, "medical_cost", cost(inpatient=2_000_000), cost(WIFE_NUMBER, 2_000_000))
    assert (2, 1) == (
        len(kept(service, clue_reports)),
        len(set(kept(service, department_warnings, "clue_id"))),
    )


def test_warning_raised_before_reports_nothing_again(service, household, outbox):
    """The next month's list with the same cost is no second report of the clue."""
    deliver(service, "medical_cost", cost(inpatient=2_000_000), month="202205")
    deliver(service, "medical_cost", cost(inpatient=2_100_000), month="202206")
    assert (1, 1) == (len(kept(service, clue_reports)), len(warnings(service)))


def test_difference_is_found_once_and_gone_at_the_next_comparison(service, household, outbox):
    """Found in May and June it is one; in July the list agrees, and it is closed as gone."""
    deliver(service, "insured", insured(yes=False), month="202204")
    deliver(service, "insured", insured(yes=False), month="202205")
    assert [("insured", "no", "yes", "register", "")] == differences(service)
    deliver(service, "insured", insured(), month="202206")
    assert [("insured", "no", "yes", "closed", "gone")] == differences(service)
    (told,) = outbox("monitoring.comparison_difference_closed.v1")
    assert "gone" == told["how"]


def test_older_list_neither_opens_nor_closes(service, household):
    """A list of an earlier month that comes late is history."""
    deliver(service, "insured", insured(yes=False), month="202206")
    deliver(service, "insured", insured(), insured(WIFE_NUMBER, yes=False), month="202205")
    assert [("insured", "no", "yes", "register", "")] == differences(service)


def test_explained_difference_is_not_asked_again(service, household):
    """What was explained stays explained while both sides say the same."""
    deliver(service, "insured", insured(yes=False), month="202205")
    explain(service)
    deliver(service, "insured", insured(yes=False), month="202206")
    assert [("insured", "no", "yes", "closed", "explained")] == differences(service)


def test_corrected_and_found_again_is_a_new_difference(service, household):
    """What had gone and comes back is asked again."""
    for month, yes in (("202203", False), ("202204", True), ("202205", False)):
        deliver(service, "insured", insured(yes=yes), month=month)
    assert ["closed", "register"] == sorted(side for *_, side, _ in differences(service))


def test_complete_list_says_no_of_whom_it_leaves_out(service, household):
    """A list said to be complete that names one of three insured leaves two to be asked about."""
    deliver(service, "insured", insured(), complete=True)
    assert [("insured", "no", "yes", "register", "")] * 2 == differences(service)


def test_partial_list_says_nothing_of_others(service, household):
    """Without that word, whoever is not named is not compared."""
    deliver(service, "insured", insured())
    assert [] == differences(service)


def test_left_out_person_comes_back_on_the_list(service, household):
    """Named by the next complete list, the difference has gone."""
    both = (insured(), insured(WIFE_NUMBER))
    deliver(service, "insured", *both, complete=True, month="202205")
    deliver(service, "insured", *both, insured(SON_NUMBER), complete=True, month="202206")
    assert [("insured", "no", "yes", "closed", "gone")] == differences(service)


def test_low_income_is_compared_with_the_register(service, household):
    """On the list and not in the register: to be corrected; with the register corrected it agrees."""
    deliver(service, "low_income_aid", AssistanceRow(id_number=HEAD_NUMBER), month="202205")
    with service.engine.begin() as connection:
        connection.execute(update(members).where(members.c.name == "赵甲一").values(low_income="2"))
    deliver(service, "low_income_aid", AssistanceRow(id_number=HEAD_NUMBER), month="202206")
    assert [("low_income", "yes", "no", "closed", "gone")] == differences(service)


def test_death_told_by_the_police_asks_about_the_household(service, household):
    """A death is no sign of risk; that the register still counts the person is a difference."""
    row = RosterChangeRow(id_number=WIFE_NUMBER, event_no="G1", what="death", happened_on=date(2022, 6, 1))
    deliver(service, "roster_change", row)
    assert ([], [("membership", "left", "present", "register", "")]) == (
        warnings(service),
        differences(service),
    )


def test_each_household_has_its_own(service, household):
    """Warnings of two households go to two clues."""
    other = person(number=7, name="周丁四")
    register_household(family("H002", persons=(other,)), service.uow(), service.checks)
    deliver(service, "medical_cost", cost(inpatient=2_000_000), cost(other.id_number, 2_000_000))
    assert 2 == len(set(kept(service, department_warnings, "clue_id")))


def test_whoever_has_no_number_is_not_missed_on_a_list(service, household):
    """A newborn without a number can't be on a list by number: that is no difference."""
    newborn = person(name="赵小五", born_on=date(2022, 6, 1), id_number="", relation="003", education=None)
    command = AddMember(household_id=household, person=newborn, reason="01", on=date(2022, 6, 1))
    add_member(command, service.uow(), service.checks)
    deliver(service, "insured", insured(), insured(WIFE_NUMBER), insured(SON_NUMBER), complete=True)
    assert [] == differences(service)
