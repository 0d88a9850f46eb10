"""What happens to one household, step by step through the services, each step one command of an official."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from deploy.simulation.people import NORMAL_LABOUR, SKILLED, Family, families
from services.employment.domain.job import Channel
from services.employment.service_layer import job as jobs
from services.employment.service_layer import measure as employment_measures
from services.finance.service_layer import loan as loans
from services.finance.service_layer import measure as finance_measures
from services.monitoring.service_layer import case as steps
from services.monitoring.service_layer import case_decision as decisions
from services.monitoring.service_layer import measure as plans
from services.monitoring.service_layer.change import RecordChange, record_change
from services.monitoring.service_layer.clue import VerifyClue, verify_clue
from services.monitoring.service_layer.household import RegisterHousehold, register_household
from services.monitoring.service_layer.income import RecordIncome, record_income
from services.monitoring.service_layer.member import Person
from shared.kernel.money import fen
from shared.kernel.period import age_on
from tests.support.county_on import TestCounty

VILLAGE, TOWN, OFFICE = "acc-village", "acc-town", "acc-county"
HEALTH, WORK, CREDIT = "100A45", "100A40", "100A41"
HEALTH_OFFICE = "县医保局"

Act = Callable[[TestCounty, "Story", date], Any]


@dataclass(frozen=True)
class Step:
    """One command. *after* is how many days after the story's first day it is given."""

    name: str
    after: int
    act: Act


@dataclass
class Story:
    """A household and what the commands about it returned so far."""

    family: Family
    first_day: date
    steps: list[Step] = field(default_factory=list)
    results: dict[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> str:
        return self.family.number

    @property
    def household_id(self) -> str:
        return str(self.results["register"])

    @property
    def case_id(self) -> str:
        return str(self.results["verify"])

    def measure(self, category: str) -> str:
        """Return the id of the measure of *category* that was first planned."""
        return next(m.id for m in self.results["plan"] if m.category == category)

    def day_of(self, step: Step) -> date:
        return self.first_day + timedelta(days=step.after)

    def last_day(self) -> date:
        return max(map(self.day_of, self.steps))

    def take(self, step: Step, county: TestCounty) -> Any:
        """Give the command of *step*; ids depend only on household and step, whoever else acts meanwhile."""
        county.begin(f"{self.number}/{step.name}")
        self.results[step.name] = step.act(county, self, self.day_of(step))
        return self.results[step.name]


def suitable_families(count: int) -> list[Family]:
    """Return invented families, lifted out of poverty, each with two adults who may work and may borrow."""
    found = [family for family in families("stories", count * 8 + 40) if _suitable(family)]
    assert len(found) >= count
    return found[:count]


def _suitable(family: Family) -> bool:
    able = [p for p in family.people if p.labour_skill in {NORMAL_LABOUR, SKILLED} and not p.school_status]
    ages = [age_on(person.born_on, date(2022, 1, 1)) for person in able]
    return family.lifted_out and len(able) >= 2 and 20 < ages[0] < 60 and able[0] == family.people[0]


def illness(family: Family, first_day: date, *, declined: bool = False, job_lost: bool = False) -> Story:
    """Return the story of an illness, from the village to help delivered by three services.

    With *declined* employment declines at first and the measure is planned anew.
    With *job_lost* the job that was found is lost again.
    """
    story = Story(family, first_day)
    story.steps += [
        Step("register", 0, _register),
        Step("income", 0, _income),
        Step("illness", 10, _illness),
        Step("verify", 12, _verify),
        *_procedure(13),
        Step("plan", 25, _plan),
        Step("request", 25, _request),
        Step("accept health", 27, partial(_answer_health, plans.RecordAcceptance, plans.record_acceptance)),
        *(_declined_work() if declined else _delivered_work(job_lost=job_lost)),
        *_delivered_credit(),
        Step("deliver health", 34, partial(_answer_health, plans.RecordDelivery, plans.record_delivery)),
    ]
    story.steps.sort(key=lambda step: step.after)
    return story


def mixed_stories(count: int, first_day: date) -> list[Story]:
    """Return stories of all kinds."""
    return [
        illness(family, first_day, declined=number % 3 == 1, job_lost=number % 3 == 2)
        for number, family in enumerate(suitable_families(count))
    ]


def _register(county: TestCounty, story: Story, day: date) -> str:
    family = story.family
    command = RegisterHousehold(
        household_no=family.number,
        area_code=family.area_code,
        persons=tuple(
            Person(
                name=person.name,
                sex=person.sex,
                born_on=person.born_on,
                relation=person.relation,
                labour_skill=person.labour_skill,
                id_number=person.id_number,
                education=person.education,
                school_status=person.school_status,
            )
            for person in family.people
        ),
        on=day,
        household_type=family.household_type,
        lifted_out=True,
        lifted_out_year=2018,
    )
    monitoring = county.monitoring
    household_id = register_household(command, county.uow("monitoring"), monitoring.checks)
    with monitoring.uow() as uow:
        members = sorted(uow.households.get(household_id).members, key=lambda member: member.person_no)
    story.results["people"] = tuple(member.id for member in members)
    return household_id


def _income(county: TestCounty, story: Story, day: date) -> None:
    command = RecordIncome(
        household_id=story.household_id,
        items={"A1": fen(12_000), "B1": fen(4_000), "E1": fen(1_500)},
        on=day,
        self_paid_fen=fen(20_000),
        by=VILLAGE,
    )
    record_income(command, county.uow("monitoring"), county.monitoring.line)


def _illness(county: TestCounty, story: Story, day: date) -> Any:
    monitoring = county.monitoring
    command = RecordChange(
        household_id=story.household_id,
        kind="illness",
        detail="003",
        on=day,
        person_id=story.results["people"][1],
        amount_fen=fen(45_000),
        by=VILLAGE,
    )
    return record_change(command, county.uow("monitoring"), monitoring.thresholds, monitoring.clue_policy)


def _verify(county: TestCounty, story: Story, day: date) -> str | None:
    clue_id = story.results["illness"].clue_id
    assert clue_id, "an illness of this cost raises a clue"
    command = VerifyClue(clue_id=clue_id, outcome="risk", on=day, by=VILLAGE)
    return verify_clue(command, county.uow("monitoring"))


def _procedure(first: int) -> Iterator[Step]:
    """Yield the steps from the signed authorisation to the helper."""

    def step(name: str, after: int, command: Any, function: Any, policy: bool = False, **given: Any) -> Step:
        def act(county: TestCounty, story: Story, day: date) -> None:
            more = (county.monitoring.case_policy,) if policy else ()
            function(command(case_id=story.case_id, on=day, **given), county.uow("monitoring"), *more)

        return Step(name, after, act)

    yield step("sign", first, steps.SignAuthorisation, steps.sign_authorisation, by=VILLAGE)
    yield step("send", first, steps.SendForComparison, steps.send_for_comparison, by=VILLAGE)
    yield step(
        "compare", first + 1, steps.RecordComparison, steps.record_comparison, True, hits=(), by=OFFICE
    )
    yield step("vote", first + 2, steps.RecordVote, steps.record_vote, agree=21, disagree=2, by=VILLAGE)
    yield step("hang notice", first + 2, steps.StartNotice, steps.start_notice, True, by=VILLAGE)
    yield step("end notice", first + 8, steps.EndNotice, steps.end_notice, by=VILLAGE)
    yield step("town", first + 9, steps.TownReview, steps.town_review, passed=True, by=TOWN)
    yield step(
        "decide",
        first + 10,
        decisions.CountyDecide,
        decisions.county_decide,
        True,
        decision="approve",
        monitored_class="100A03003",
        note="综合研判收入、支出和应对能力",
        by=OFFICE,
    )
    yield step("announce", first + 10, decisions.Announce, decisions.announce, by=OFFICE)
    yield step(
        "helper",
        first + 11,
        decisions.AssignHelper,
        decisions.assign_helper,
        True,
        helper_no="BF0001",
        by=TOWN,
    )


def _plan(county: TestCounty, story: Story, day: date) -> Any:
    command = plans.PlanMeasures(case_id=story.case_id, on=day, by=TOWN)
    return plans.plan_measures(command, county.uow("monitoring"), county.monitoring.measure_rules)


def _request(county: TestCounty, story: Story, day: date) -> Any:
    monitoring = county.monitoring
    command = plans.RequestMeasures(case_id=story.case_id, on=day, by=TOWN)
    return plans.request_measures(
        command, county.uow("monitoring"), monitoring.measure_rules, monitoring.case_policy
    )


def _answer_health(command: Any, function: Any, county: TestCounty, story: Story, day: date) -> None:
    given = command(measure_id=story.measure(HEALTH), unit=HEALTH_OFFICE, on=day)
    function(given, county.uow("monitoring"))


# --- employment -----------------------------------------------------------------------------------


def _delivered_work(*, job_lost: bool) -> Iterator[Step]:
    yield Step("accept work", 27, _accept_work)
    yield Step("job", 30, _start_job)
    yield Step("deliver work", 30, _deliver_work)
    if job_lost:
        yield Step("job lost", 33, _lose_job)


def _declined_work() -> Iterator[Step]:
    yield Step("decline work", 28, _decline_work)
    yield Step("replan", 29, _replan)
    yield Step("deliver instead", 33, _deliver_instead)


def _accept_work(county: TestCounty, story: Story, _day: date) -> None:
    command = employment_measures.AcceptMeasure(story.measure(WORK))
    employment_measures.accept_measure(command, county.uow("employment"))


def _decline_work(county: TestCounty, story: Story, _day: date) -> None:
    command = employment_measures.DeclineMeasure(story.measure(WORK), "not_willing", "本人暂无就业意愿")
    employment_measures.decline_measure(command, county.uow("employment"))


def _start_job(county: TestCounty, story: Story, day: date) -> str:
    command = jobs.StartJob(
        person_id=story.results["people"][0],
        started_on=day,
        place_code="610327",
        channel=Channel.FACTORY,
        monthly_pay_fen=fen(3_100),
        employer="示例企业1",
        industry="制造",
        point_to_point=False,
    )
    return jobs.start_job(command, county.uow("employment"), county.employment.policy)


def _deliver_work(county: TestCounty, story: Story, day: date) -> None:
    command = employment_measures.DeliverMeasure(story.measure(WORK), "job", story.results["job"], day)
    employment_measures.deliver_measure(command, county.uow("employment"))


def _lose_job(county: TestCounty, story: Story, day: date) -> None:
    jobs.end_job(jobs.EndJob(story.results["job"], day, "lost"), county.uow("employment"))


def _replan(county: TestCounty, story: Story, day: date) -> Any:
    monitoring = county.monitoring
    # Today: not before the day of the answer, which a department gives on its own day.
    command = plans.ReplanMeasure(case_id=story.case_id, measure_id=story.measure(WORK), by=TOWN)
    return plans.replan_measure(
        command, county.uow("monitoring"), monitoring.measure_rules, monitoring.case_policy
    )


def _deliver_instead(county: TestCounty, story: Story, day: date) -> None:
    measure = story.results["replan"]
    command = plans.RecordDelivery(measure_id=measure.id, unit=measure.department)
    plans.record_delivery(command, county.uow("monitoring"))


# --- finance --------------------------------------------------------------------------------------


def _delivered_credit() -> Iterator[Step]:
    yield Step("accept credit", 27, _accept_credit)
    yield Step("apply", 28, _apply)
    yield Step("approve", 30, _approve)
    yield Step("disburse", 31, _disburse)
    yield Step("deliver credit", 32, _deliver_credit)


def _accept_credit(county: TestCounty, story: Story, _day: date) -> None:
    command = finance_measures.AcceptMeasure(story.measure(CREDIT))
    finance_measures.accept_measure(command, county.uow("finance"))


def _apply(county: TestCounty, story: Story, day: date) -> str:
    command = loans.ApplyForLoan(
        household_id=story.household_id,
        borrower_id=story.results["people"][0],
        applied_on=day,
        amount_fen=fen(30_000),
        term_months=6,
        annual_rate=Decimal("0.0365"),
        use_code="breeding",
        rated=True,
        bank_branch="示例农商银行",
    )
    return loans.apply_for_loan(command, county.uow("finance"), county.finance.policy)


def _approve(county: TestCounty, story: Story, day: date) -> None:
    command = loans.ApproveLoan(story.results["apply"], day, override_reason="经银行评级授信，同意")
    loans.approve_loan(command, county.uow("finance"), county.finance.policy)


def _disburse(county: TestCounty, story: Story, day: date) -> None:
    command = loans.DisburseLoan(story.results["apply"], day)
    loans.disburse_loan(command, county.uow("finance"), county.finance.policy)


def _deliver_credit(county: TestCounty, story: Story, day: date) -> None:
    command = finance_measures.DeliverMeasure(story.measure(CREDIT), "loan", story.results["apply"], day)
    finance_measures.deliver_measure(command, county.uow("finance"))
