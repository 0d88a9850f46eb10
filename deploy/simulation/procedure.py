"""How officials take a clue through the procedure, from the check at the household to the decision."""

from datetime import date
from functools import partial

from deploy.simulation.agenda import Act
from deploy.simulation.chance import rates
from deploy.simulation.help import plan_help
from deploy.simulation.registry import record_ledger
from deploy.simulation.world import COUNTY_OFFICE, TOWN, VILLAGE, Home, World
from services.monitoring.adapters.unit_of_work import MonitoringUnitOfWork
from services.monitoring.service_layer import case as steps
from services.monitoring.service_layer import case_decision as decisions
from services.monitoring.service_layer.clue import VerifyClue, verify_clue
from shared.contracts.envelope import Envelope
from shared.kernel.money import fen

UNSTABLE, MARGINAL, SUDDEN = "100A03001", "100A03002", "100A03003"
_ILL = "100A27001"


def follow_clues(world: World) -> None:
    """Let every new clue be checked some days after it was reported."""
    heard: set[str] = set()

    def hear(event: Envelope) -> None:
        clue_id = str(event.data.get("clue_id", ""))
        if event.fact == "monitoring.clue_reported" and clue_id not in heard:
            heard.add(clue_id)
            home = world.home_of(event)
            if home is not None:
                _plan_check(world, home, clue_id, str(event.data["risk"]), event)

    world.courier.listen(hear)


def _plan_check(world: World, home: Home, clue_id: str, risk: str, event: Envelope) -> None:
    chance = world.chance("check", home.family.number, risk, event.businessdate)
    late = chance.happens(rates()["procedure"]["late_official"])
    days = chance.number(4, 9) if late else chance.number(1, 3)
    today = world.today()
    world.agenda.after(today, days, partial(_check, world, home, clue_id, risk))


def _check(world: World, home: Home, clue_id: str, risk: str, day: date) -> None:
    chance = world.chance("real", home.family.number, risk, str(day))
    real = chance.happens(rates()["procedure"]["clue_is_real"])
    command = VerifyClue(clue_id=clue_id, outcome="risk" if real else "no_risk", on=day, by=VILLAGE)
    if real and home.case_id is not None:
        # A case that is open takes a further risk; one that has it already only notes the clue.
        command = VerifyClue(clue_id=clue_id, outcome="already_monitored", on=day, by=VILLAGE)
    case_id = verify_clue(command, world.county.monitoring.uow())
    if real and home.case_id is None and case_id is not None:
        home.case_id = case_id
        Procedure(world, home, case_id, risk).begin(day)


class Procedure:
    """One case on its way; each step puts the next on the calendar."""

    def __init__(self, world: World, home: Home, case_id: str, risk: str) -> None:
        self._world = world
        self._home = home
        self._case_id = case_id
        self._risk = risk
        self._chance = world.chance("case", home.family.number, risk)
        self._monitoring = world.county.monitoring

    def begin(self, day: date) -> None:
        """The village takes the income down and has the authorisation signed."""
        spent = fen(self._chance.number(3_000, 30_000)) if self._risk == _ILL else 0
        record_ledger(self._world, self._home, day, self_paid=spent, lost=fen(self._chance.number(0, 40_000)))
        steps.sign_authorisation(
            steps.SignAuthorisation(case_id=self._case_id, on=day, by=VILLAGE), self._uow()
        )
        steps.send_for_comparison(
            steps.SendForComparison(case_id=self._case_id, on=day, by=VILLAGE), self._uow()
        )
        self._later(day, 1, self._compare)
        self._later(day, self._chance.number(1, 2), self._vote)

    def _compare(self, day: date) -> None:
        hit = self._chance.about("hit").happens(rates()["procedure"]["comparison_hit"])
        hits = ("vehicle",) if hit else ()
        command = steps.RecordComparison(case_id=self._case_id, hits=hits, on=day, by=COUNTY_OFFICE)
        steps.record_comparison(command, self._uow(), self._monitoring.case_policy)
        if hit:
            self._later(day, 1, self._explain)

    def _explain(self, day: date) -> None:
        if self._home.case_id is None:
            return  # voted down in the meantime
        note = "农用车，用于生产经营"
        steps.explain(
            steps.Explain(case_id=self._case_id, accepted=True, note=note, on=day, by=COUNTY_OFFICE),
            self._uow(),
        )

    def _vote(self, day: date) -> None:
        fails = self._chance.about("vote").happens(rates()["procedure"]["vote_fails"])
        agree, disagree = (9, 14) if fails else (self._chance.number(18, 30), self._chance.number(0, 4))
        command = steps.RecordVote(case_id=self._case_id, agree=agree, disagree=disagree, on=day, by=VILLAGE)
        steps.record_vote(command, self._uow())
        if fails:
            self._end()
            return
        notice = steps.StartNotice(case_id=self._case_id, on=day, by=VILLAGE)
        steps.start_notice(notice, self._uow(), self._monitoring.case_policy)
        if self._chance.about("objection").happens(rates()["procedure"]["objection"]):
            self._later(day, 2, self._object)
        self._later(day, 5, self._end_notice)

    def _object(self, day: date) -> None:
        raised = steps.RaiseObjection(
            case_id=self._case_id, note="群众反映收入核算有出入", on=day, by=VILLAGE
        )
        number = steps.raise_objection(raised, self._uow())
        self._later(day, 1, partial(self._dismiss, number))

    def _dismiss(self, number: int, day: date) -> None:
        command = steps.ResolveObjection(
            case_id=self._case_id, number=number, upheld=False, note="经复核，收入核算无误", on=day, by=TOWN
        )
        steps.resolve_objection(command, self._uow())

    def _end_notice(self, day: date) -> None:
        steps.end_notice(steps.EndNotice(case_id=self._case_id, on=day, by=VILLAGE), self._uow())
        late = self._chance.about("town").happens(rates()["procedure"]["late_official"])
        self._later(day, self._chance.number(6, 9) if late else 1, self._town)

    def _town(self, day: date) -> None:
        steps.town_review(steps.TownReview(case_id=self._case_id, passed=True, on=day, by=TOWN), self._uow())
        self._later(day, self._chance.number(1, 2), self._decide)

    def _decide(self, day: date) -> None:
        command = decisions.CountyDecide(
            case_id=self._case_id,
            decision="approve",
            monitored_class=self._class(),
            note="综合研判收入、支出和应对能力",
            on=day,
            by=COUNTY_OFFICE,
        )
        decisions.county_decide(command, self._uow(), self._monitoring.case_policy)
        decisions.announce(decisions.Announce(case_id=self._case_id, on=day, by=COUNTY_OFFICE), self._uow())
        self._home.monitored = True
        late = self._chance.about("helper").happens(rates()["procedure"]["late_official"])
        self._later(
            day, self._chance.number(9, 14) if late else self._chance.number(0, 4), self._assign_helper
        )
        self._later(
            day, self._chance.number(1, 6), partial(plan_help, self._world, self._home, self._case_id)
        )

    def _assign_helper(self, day: date) -> None:
        number = f"BF{self._chance.number(1, 999):04d}"
        command = decisions.AssignHelper(case_id=self._case_id, helper_no=number, on=day, by=TOWN)
        decisions.assign_helper(command, self._uow(), self._monitoring.case_policy)

    def _class(self) -> str:
        if not self._home.below_line:
            return SUDDEN
        return UNSTABLE if self._home.family.lifted_out else MARGINAL

    def _end(self) -> None:
        self._home.case_id = None

    def _later(self, day: date, days: int, act: Act) -> None:
        self._world.agenda.after(day, days, act)

    def _uow(self) -> MonitoringUnitOfWork:
        return self._monitoring.uow()
