"""Micro-credit: households apply, banks decide and pay out, some pay back late, measures are answered."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import Home, World
from services.finance.domain.errors import NotEligibleError, OverrideNeededError
from services.finance.domain.measure import DeclineReason
from services.finance.service_layer.loan import (
    ApplyForLoan,
    ApproveLoan,
    DisburseLoan,
    RefuseLoan,
    RepayLoan,
    apply_for_loan,
    approve_loan,
    disburse_loan,
    refuse_loan,
    repay_loan,
)
from services.finance.service_layer.measure import (
    AcceptMeasure,
    DeclineMeasure,
    DeliverMeasure,
    accept_measure,
    decline_measure,
    deliver_measure,
)
from shared.contracts.envelope import Envelope
from shared.kernel.money import Fen, fen
from shared.kernel.period import add_months, age_on

_RATE = Decimal("0.0365")
_USES = ("planting", "breeding", "breeding", "processing")
_BANK = "示例农商银行"
_YOUNGEST, _OLDEST = 20, 62


class Credit:
    """Who has borrowed, as far as this simulation has arranged it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._finance = world.county.finance
        self._loans: dict[str, str] = {}
        self._amounts: dict[str, Fen] = {}

    def plan(self) -> None:
        """Put the year's loans on the calendar, and listen for measures asked for."""
        self._world.courier.listen(self._hear)
        for home in self._world.homes.values():
            chance = self._world.chance("loan", home.family.number)
            if home.family.lifted_out and chance.happens(rates()["loans"]["households"] * 2):
                day = date(2022, 2, 14) + timedelta(days=chance.number(0, 200))
                self._world.agenda.on(day, partial(self._apply, home, chance))

    def _apply(self, home: Home, chance: Chance, day: date) -> str | None:
        """Let the household apply, and put the bank's answer on the calendar; return the loan's id."""
        borrower = self._borrower(home, day)
        if borrower is None or home.household_id in self._loans:
            return None
        term, amount = chance.one_of((5, 6, 6, 9, 12, 24)), fen(chance.number(2, 10) * 5_000)
        loan_id = apply_for_loan(
            ApplyForLoan(
                household_id=home.household_id,
                borrower_id=borrower,
                applied_on=day,
                amount_fen=amount,
                term_months=term,
                annual_rate=_RATE,
                use_code=chance.one_of(_USES),
                rated=True,
                bank_branch=_BANK,
            ),
            self._finance.uow(),
            self._finance.policy,
        )
        self._loans[home.household_id] = loan_id
        self._amounts[loan_id] = amount
        self._world.agenda.after(day, chance.number(2, 8), partial(self._decide, home, loan_id, term, chance))
        return loan_id

    def _borrower(self, home: Home, day: date) -> str | None:
        for person, person_id in zip(home.family.people, home.person_ids, strict=True):
            if person.works and _YOUNGEST <= age_on(person.born_on, day) <= _OLDEST:
                return person_id
        return None

    def _decide(self, home: Home, loan_id: str, term: int, chance: Chance, day: date) -> None:
        try:
            approve_loan(
                ApproveLoan(loan_id, day, override_reason="经银行评级授信，同意"),
                self._finance.uow(),
                self._finance.policy,
            )
        except (NotEligibleError, OverrideNeededError):
            refuse_loan(RefuseLoan(loan_id, "not_eligible", "不符合贷款条件"), self._finance.uow())
            del self._loans[home.household_id]
            return
        pay_out = partial(self._pay_out, home, loan_id, term, chance)
        self._world.agenda.after(day, chance.number(1, 5), pay_out)

    def _pay_out(self, home: Home, loan_id: str, term: int, chance: Chance, day: date) -> None:
        disburse_loan(DisburseLoan(loan_id, day), self._finance.uow(), self._finance.policy)
        due_on = add_months(day, term)
        late = chance.about("late").happens(rates()["loans"]["late"])
        pays_on = (
            due_on + timedelta(days=chance.number(12, 60))
            if late
            else due_on - timedelta(days=chance.number(0, 9))
        )
        self._world.agenda.on(pays_on, partial(self._pay_back, home, loan_id))

    def _pay_back(self, home: Home, loan_id: str, day: date) -> None:
        repay_loan(RepayLoan(loan_id, day, self._amounts[loan_id]), self._finance.uow())
        self._loans.pop(home.household_id, None)

    # --- measures --------------------------------------------------------------------------------

    def _hear(self, event: Envelope) -> None:
        home = self._world.home_of(event)
        if event.fact != "monitoring.measure_requested" or event.data["service"] != "finance" or home is None:
            return
        chance = self._world.chance("finance", home.family.number, event.businessdate)
        self._world.agenda.after(
            self._world.today(), chance.number(1, 4), partial(self._answer, home, event, chance)
        )

    def _answer(self, home: Home, event: Envelope, chance: Chance, day: date) -> None:
        measure_id = str(event.data["measure_id"])
        loan_id = self._apply(home, chance, day)
        if loan_id is None:
            running = home.household_id in self._loans
            reason: DeclineReason = "loan_running" if running else "no_eligible_borrower"
            decline_measure(DeclineMeasure(measure_id, reason, "见贷款台账"), self._finance.uow())
            return
        accept_measure(AcceptMeasure(measure_id), self._finance.uow())
        # The bank needs at most 8 days to decide and 5 to pay out.
        self._world.agenda.after(day, 14, partial(self._deliver, measure_id, loan_id, home))

    def _deliver(self, measure_id: str, loan_id: str, home: Home, day: date) -> None:
        if self._loans.get(home.household_id) != loan_id:
            decline_measure(DeclineMeasure(measure_id, "bank_refused", "银行未批准"), self._finance.uow())
            return
        deliver_measure(DeliverMeasure(measure_id, "loan", loan_id, day), self._finance.uow())
