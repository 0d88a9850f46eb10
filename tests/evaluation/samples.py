"""Events as the departments publish them, in short; and whole small years of them for property tests."""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shared.contracts.employment import v1 as employment
from shared.contracts.envelope import Envelope
from shared.contracts.finance import v1 as finance
from shared.contracts.monitoring import v1 as monitoring
from shared.kernel.clock import at_hour
from shared.kernel.ids import SeededIds
from tests.evaluation.samples_dispatch import add_dispatch
from tests.evaluation.samples_finance import add_finance
from tests.evaluation.samples_ledger import add_problems
from tests.evaluation.samples_register import add_registers
from tests.evaluation.samples_reporting import add_reporting
from tests.evaluation.samples_supervision import add_supervision

TODAY = date(2023, 1, 10)
FIRST = date(2022, 1, 1)
VILLAGES = ("610327109203", "610327112200", "610327100200")


def sealed(events, *, seed="events", at=TODAY):
    """Put events into envelopes, with ids that depend on *seed* alone."""
    ids = SeededIds(seed)
    return [Envelope.seal(event, ids=ids, at=at_hour(at, 9)) for event in events]


def of_others(envelopes):
    """Return those that come from other services: what this office said itself no queue brings it."""
    return [one for one in envelopes if not one.type.startswith("evaluation.")]


def household(household_id, *, day=FIRST, area_code=VILLAGES[0], version=1, **about):
    """A household with one labourer of working age unless told otherwise."""
    member = monitoring.Member(
        person_id=f"{household_id}p1",
        person_no=f"{household_id}-1",
        relation="001",
        sex="1",
        born_on=date(1985, 5, 5),
        labour_skill="001",
    )
    given = {"members": (member,), "household_type": "100A03A03", **about}
    return monitoring.HouseholdRecorded(
        occurred_on=day,
        household_id=household_id,
        area_code=area_code,
        household_no=f"N{household_id}",
        version=version,
        **given,
    )


class Year:
    """A small year made by chance: every kind of event of every service, about few subjects."""

    chance: Any

    def __init__(self, seed, households=3):
        self.chance = random.Random(seed)
        self.events = []
        for number in range(households):
            self._home(f"h{number}", VILLAGES[number % len(VILLAGES)])
        # After all homes: what chance made of them before stays as it was.
        for number in range(households):
            place = VILLAGES[number % len(VILLAGES)]
            add_reporting(self, f"h{number}", {"household_id": f"h{number}", "area_code": place})
        for number in range(households):
            add_problems(self, f"h{number}", {"area_code": VILLAGES[number % len(VILLAGES)]})
        add_dispatch(self, "h0", {"area_code": VILLAGES[0]})
        add_supervision(self, "s")

    def day(self, first=FIRST, last=date(2022, 12, 31)):
        return first + timedelta(days=self.chance.randint(0, max((last - first).days, 0)))

    def maybe(self, share=0.6):
        return self.chance.random() < share

    def add(self, event):
        self.events.append(event)
        return event.occurred_on

    def _home(self, household, area):
        where = {"household_id": household, "area_code": area}
        for version in range(1, self.chance.randint(1, 3) + 1):
            self.events.append(_moved(self, household, area, version, self.day(FIRST, date(2022, 3, 1))))
        for number in range(self.chance.randint(0, 4)):
            kind = self.chance.choice(["screening", "helper", "resident_team", "grid"])
            result = self.chance.choice(["01", "02", "03"])
            self.add(
                monitoring.VisitRecorded(
                    occurred_on=self.day(),
                    visit_id=f"{household}v{number}",
                    kind=kind,
                    risk_found=False,
                    result=result,
                    **where,
                )
            )
        for month in (2, 9):
            self.add(
                monitoring.VisitRecorded(
                    occurred_on=date(2022, month, 1),
                    visit_id=f"{household}w{month}",
                    kind="grid",
                    risk_found=False,
                    **where,
                )
            )
        self._case(household, where)
        self._work(household, where)
        self._loan(household, where)
        self._changes(household, where)
        add_registers(self, household, where)
        add_finance(self, household, where)

    def _case(self, household, where):
        clue, case = f"{household}c", f"{household}k"
        for report in range(self.chance.randint(0, 2)):
            day = self.day()
            self.add(
                monitoring.ClueReported(
                    occurred_on=day,
                    clue_id=clue,
                    report_id=f"{clue}{report}",
                    risk="100A27001",
                    source="01",
                    verify_due_on=day + timedelta(days=5),
                    limit_confirmed=False,
                    **where,
                )
            )
        if self.maybe():
            self.add(monitoring.ClueVerified(occurred_on=self.day(), clue_id=clue, outcome="risk", **where))
        if self.maybe(0.8):
            self._identified(household, case, where)

    def _identified(self, household, case, where):
        start = self.add(
            monitoring.CaseIdentified(
                occurred_on=self.day(),
                case_id=case,
                monitored_class="100A03001",
                risks=("100A27001", "100A27009"),
                first_clue_on=FIRST,
                due_on=FIRST,
                **where,
            )
        )
        if self.maybe():
            self.add(
                monitoring.HelperAssigned(
                    occurred_on=self.day(start),
                    case_id=case,
                    helper_no="1",
                    due_on=start + timedelta(days=10),
                    limit_confirmed=False,
                    **where,
                )
            )
        for number in range(self.chance.randint(0, 3)):
            self._measure(f"{household}m{number}", case, start, where)
        if self.maybe(0.4):
            self.add(
                monitoring.RiskEliminated(
                    occurred_on=self.day(start),
                    case_id=case,
                    way="01",
                    assessed=True,
                    publicised=self.maybe(),
                    signed=True,
                    **where,
                )
            )
        if self.maybe(0.2):
            self.add(
                monitoring.EliminationRolledBack(
                    occurred_on=self.day(start), case_id=case, reason="x", **where
                )
            )

    def _measure(self, measure, case, start, where):
        about = {
            "measure_id": measure,
            "case_id": case,
            "risk": self.chance.choice(["100A27001", "100A27009"]),
            "category": self.chance.choice(["100A48", "100A40"]),
            "code": "005",
            "department": self.chance.choice(["县人社局", "县医保局"]),
            "due_on": start + timedelta(days=30),
            **where,
        }
        asked = self.add(
            monitoring.MeasureRequested(occurred_on=self.day(start), service="employment", **about)
        )
        for version in range(1, self.chance.randint(0, 2) + 1):
            status = self.chance.choice(["accepted", "delivered", "declined", "withdrawn"])
            self.add(
                monitoring.MeasureRecorded(
                    occurred_on=self.day(asked), status=status, version=version, **about
                )
            )

    def _work(self, household, where):
        person = f"{household}p1"
        for number in range(self.chance.randint(0, 2)):
            start = self.add(
                employment.JobStarted(
                    occurred_on=self.day(),
                    spell_id=f"{household}s{number}",
                    person_id=person,
                    place_code="610327",
                    region="county",
                    monthly_pay_fen=1,
                    channel="x",
                    lifted_out=self.maybe(),
                    complete=self.maybe(),
                    **where,
                )
            )
            if self.maybe():
                self.add(
                    employment.JobEnded(
                        occurred_on=self.day(start),
                        spell_id=f"{household}s{number}",
                        person_id=person,
                        reason="lost",
                        without_work=True,
                        **where,
                    )
                )
        if self.maybe(0.4):
            self._post(f"{household}o", person, where)

    def _post(self, placement, person, where):
        start = self.add(
            employment.PostPlaced(
                occurred_on=self.day(),
                placement_id=placement,
                person_id=person,
                post_kind="001",
                monthly_pay_fen=1,
                ends_on=date(2023, 6, 1),
                **where,
            )
        )
        for month in sorted({self.day(start).strftime("%Y%m") for _ in range(2)}):
            self.add(
                employment.PostAttendanceRecorded(
                    occurred_on=self.day(start),
                    placement_id=placement,
                    person_id=person,
                    month=month,
                    passed=self.maybe(),
                    **where,
                )
            )
        if self.maybe(0.4):
            self.add(
                employment.PostEnded(
                    occurred_on=self.day(start), placement_id=placement, person_id=person, reason="x", **where
                )
            )

    def _loan(self, household, where):
        loan = f"{household}l"
        if not self.maybe():
            return
        start = self.add(
            finance.LoanApplied(
                occurred_on=self.day(),
                loan_id=loan,
                amount_fen=5_000_000,
                use_code="1",
                eligible=self.maybe(0.8),
                **where,
            )
        )
        if self.maybe(0.3):
            self.add(finance.LoanRefused(occurred_on=self.day(start), loan_id=loan, reason="x", **where))
            return
        self.add(
            finance.LoanDisbursed(
                occurred_on=self.day(start),
                loan_id=loan,
                amount_fen=5_000_000,
                annual_rate=Decimal("0.037"),
                due_on=date(2022, 12, 1),
                **where,
            )
        )
        for sequence in range(1, self.chance.randint(0, 2) + 1):
            self.add(
                finance.LoanRepaid(
                    occurred_on=self.day(start),
                    loan_id=loan,
                    amount_fen=1,
                    sequence=sequence,
                    balance_fen=self.chance.choice([0, 1_000_000]),
                    **where,
                )
            )
        if self.maybe(0.3):
            self.add(
                finance.LoanOverdue(
                    occurred_on=self.day(start),
                    loan_id=loan,
                    balance_fen=1,
                    due_on=date(2022, 12, 1),
                    **where,
                )
            )

    def _changes(self, household, where):
        for number in range(self.chance.randint(0, 2)):
            kind = self.chance.choice(["dropout", "house_damage", "illness"])
            change = f"{household}x{number}"
            day = self.add(
                monitoring.HouseholdChanged(occurred_on=self.day(), change_id=change, kind=kind, **where)
            )
            if self.maybe():
                self.add(
                    monitoring.HouseholdChangeResolved(
                        occurred_on=self.day(day), change_id=change, kind=kind, **where
                    )
                )
        if self.maybe(0.2):
            cause = self.chance.choice(["100A27001", "100A27006"])
            self.add(
                monitoring.HouseholdRelapsed(
                    occurred_on=self.day(), relapse_id=f"{household}r", cause=cause, **where
                )
            )
        if self.maybe(0.5):
            self.add(
                monitoring.SampleChecked(
                    occurred_on=self.day(),
                    sample_id="q1",
                    finding=self.chance.choice(["", "missed"]),
                    **where,
                )
            )


def _moved(year, household_id, area, version, day):
    """A later snapshot may lie in another village, even another town."""
    area_code = area if version == 1 or year.maybe(0.7) else year.chance.choice(VILLAGES)
    return household(
        household_id,
        day=day,
        area_code=area_code,
        version=version,
        lifted_out=year.maybe(),
        relocated=year.maybe(),
        complete=year.maybe(),
    )
