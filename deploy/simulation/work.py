"""Work: people take and lose jobs, villages offer posts, the employment department answers measures."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.people import WEAK
from deploy.simulation.world import Home, World
from services.employment.domain.errors import NoVacancyError
from services.employment.domain.job import Channel
from services.employment.service_layer.job import EndJob, StartJob, end_job, start_job
from services.employment.service_layer.measure import (
    AcceptMeasure,
    DeclineMeasure,
    DeliverMeasure,
    accept_measure,
    decline_measure,
    deliver_measure,
)
from services.employment.service_layer.placement import (
    PlaceOnPost,
    RecordAttendance,
    place_on_post,
    record_attendance,
)
from services.employment.service_layer.post import OfferPost, offer_post
from shared.contracts.envelope import Envelope
from shared.kernel.money import fen
from shared.kernel.period import Month

LONGXIAN, XI_AN, BAOJI, XUZHOU, SHENZHEN = "610327", "610113", "610302", "320312", "440306"
POST_CATEGORY = "100A42"
_POST_KINDS = ("001", "003", "005", "006", "008")
_POST_PAY = fen(550)
_AFTER_SPRING_FESTIVAL = date(2022, 2, 8)
_YEAR_DAYS = 330


class Work:
    """Who works where, as far as this simulation has arranged it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._employment = world.county.employment
        self._jobs: dict[str, str] = {}
        self._lost_on: dict[str, date] = {}
        self._on_post: dict[str, str] = {}
        self._posts: dict[str, str] = {}

    def plan(self) -> None:
        """Put the year's jobs and posts on the calendar, and listen for measures asked for."""
        self._world.courier.listen(self._hear)
        for home, person_id in self._able():
            self._plan_job(home, person_id)
        self._world.agenda.on(date(2022, 2, 20), self._offer_posts)

    # --- jobs ----------------------------------------------------------------------------------

    def _able(self) -> Iterator[tuple[Home, str]]:
        for home in self._world.homes.values():
            for person, person_id in zip(home.family.people, home.person_ids, strict=True):
                if person.works:
                    yield home, person_id

    def _plan_job(self, home: Home, person_id: str) -> None:
        chance = self._world.chance("job", home.family.number, str(home.person_ids.index(person_id)))
        share = rates()["work"]
        of_people = share["lifted_out_workers"] if home.family.lifted_out else share["other_workers"]
        # The published share is of all people; three in four here are able to work.
        if home.person(person_id).labour_skill == WEAK or not chance.happens(of_people * 4 / 3):
            return
        day = _AFTER_SPRING_FESTIVAL + timedelta(days=chance.number(0, 50))
        self._world.agenda.on(day, partial(self._start, home, person_id, chance))

    def _start(self, _home: Home, person_id: str, chance: Chance, day: date) -> None:
        if person_id in self._jobs or person_id in self._on_post:
            return
        job_id = start_job(_job(person_id, chance, day), self._employment.uow(), self._employment.policy)
        self._jobs[person_id] = job_id
        if chance.happens(rates()["work"]["lost_in_year"]):
            lost_on = day + timedelta(days=chance.number(30, _YEAR_DAYS))
            self._world.agenda.on(lost_on, partial(self._lose, person_id, job_id, chance))

    def _lose(self, person_id: str, job_id: str, chance: Chance, day: date) -> None:
        if self._jobs.get(person_id) != job_id:
            return
        end_job(EndJob(job_id, day, "lost"), self._employment.uow())
        del self._jobs[person_id]
        self._lost_on[person_id] = day
        self._world.agenda.after(day, chance.number(20, 70), partial(self._again, person_id, chance))

    def _again(self, person_id: str, chance: Chance, day: date) -> None:
        working = person_id in self._jobs or person_id in self._on_post
        if working or self._lost_on.get(person_id) == day:  # the last day of a job is no first day of another
            return
        command = _job(person_id, chance, day)
        self._jobs[person_id] = start_job(command, self._employment.uow(), self._employment.policy)

    # --- posts ---------------------------------------------------------------------------------

    def _offer_posts(self, day: date) -> None:
        villages = sorted({home.family.area_code for home in self._world.homes.values()})
        for number, village in enumerate(villages):
            command = OfferPost(
                area_code=village,
                kind=_POST_KINDS[number % len(_POST_KINDS)],
                monthly_pay_fen=_POST_PAY,
                vacancies=2,
                offered_on=day,
                funding="衔接资金",
            )
            self._posts[village] = offer_post(command, self._employment.uow(), self._employment.policy)
        for home, person_id in self._able():
            chance = self._world.chance("post", home.family.number)
            if home.person(person_id).labour_skill == WEAK and chance.happens(Decimal("0.4")):
                self._world.agenda.after(day, chance.number(5, 30), partial(self._place, home, person_id))

    def _place(self, home: Home, person_id: str, day: date) -> str | None:
        if person_id in self._on_post or person_id in self._jobs:
            return self._on_post.get(person_id)
        post = self._posts.get(home.family.area_code)
        if post is None:
            return None
        try:
            placement = place_on_post(
                PlaceOnPost(post, person_id, day), self._employment.uow(), self._employment.policy
            )
        except NoVacancyError:
            return None
        self._on_post[person_id] = placement
        self._world.agenda.on(Month.of(day).last_day, partial(self._check_attendance, placement))
        return placement

    def _check_attendance(self, placement: str, day: date) -> None:
        passed = self._world.chance("attendance", placement, str(day)).number(0, 39) > 0
        command = RecordAttendance(placement, Month.of(day), passed)
        record_attendance(command, self._employment.uow())
        self._world.agenda.on(Month.of(day).plus(1).last_day, partial(self._check_attendance, placement))

    # --- measures --------------------------------------------------------------------------------

    def _hear(self, event: Envelope) -> None:
        home = self._world.home_of(event)
        if event.fact != "monitoring.measure_requested" or event.data["service"] != "employment" or not home:
            return
        chance = self._world.chance("employment", home.family.number, event.businessdate)
        measure_id, today = str(event.data["measure_id"]), self._world.today()
        first = event.data.get("replaces") is None
        if first and chance.happens(rates()["procedure"]["declined"]):
            self._world.agenda.after(today, chance.number(2, 6), partial(self._decline, measure_id))
            return
        self._world.agenda.after(today, chance.number(1, 4), partial(self._accept, measure_id))
        late = chance.happens(rates()["procedure"]["late_official"])
        days = chance.number(32, 50) if late else chance.number(6, 26)
        self._world.agenda.after(today, days, partial(self._deliver, home, event, chance))

    def _accept(self, measure_id: str, _day: date) -> None:
        accept_measure(AcceptMeasure(measure_id), self._employment.uow())

    def _decline(self, measure_id: str, _day: date) -> None:
        command = DeclineMeasure(measure_id, "not_willing", "本人暂无就业意愿")
        decline_measure(command, self._employment.uow())

    def _deliver(self, home: Home, event: Envelope, chance: Chance, day: date) -> None:
        measure_id = str(event.data["measure_id"])
        person_id = str(event.data.get("person_id") or home.person_ids[0])
        if event.data["category"] == POST_CATEGORY:
            placement = self._place(home, person_id, day)
            if placement is None:
                decline_measure(
                    DeclineMeasure(measure_id, "no_vacancy", "本村岗位已满"), self._employment.uow()
                )
                return
            command = DeliverMeasure(measure_id, "placement", placement, day)
        else:
            if person_id not in self._jobs:
                self._again(person_id, chance, day)
            job = self._jobs.get(person_id)
            command = (
                DeliverMeasure(measure_id, "job", job, day)
                if job
                else DeliverMeasure(measure_id, "training", f"培训班{day:%Y%m}", day)
            )
        deliver_measure(command, self._employment.uow())


def _job(person_id: str, chance: Chance, day: date) -> StartJob:
    share = rates()["work"]
    place, channel = SHENZHEN, Channel.ENTERPRISE
    if chance.happens(share["within_county"]):
        place, channel = LONGXIAN, Channel.FACTORY
    elif chance.happens(share["within_province"] / (1 - share["within_county"])):
        place, channel = chance.one_of((XI_AN, BAOJI)), Channel.SELF
    elif chance.number(0, 3) == 0:
        place, channel = XUZHOU, Channel.ORGANISED
    complete = chance.happens(share["complete_record"])
    return StartJob(
        person_id=person_id,
        started_on=day,
        place_code=place,
        channel=channel,
        monthly_pay_fen=fen(chance.number(2_200, 5_600)),
        employer=f"示例企业{chance.number(1, 40)}" if complete else "",
        industry=chance.one_of(("制造", "建筑", "餐饮", "养殖", "运输")),
        point_to_point=channel is Channel.ORGANISED,
    )
