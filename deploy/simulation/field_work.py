"""Training, resident teams, publicity, volunteers and homes for the old: the registers of the year."""

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from deploy.simulation.chance import rates
from deploy.simulation.world import World
from services.evaluation.service_layer.field_work.cadre import EnrolCadre, enrol_cadres
from services.evaluation.service_layer.field_work.point_account import (
    EnterPoints,
    account_id_of,
    enter_points,
    open_accounts,
)
from services.evaluation.service_layer.field_work.training import (
    Attended,
    HoldClass,
    Method,
    PlanClass,
    hold_class,
    plan_classes,
)
from services.evaluation.service_layer.field_work.work_entry import EnterWork, enter_work
from shared.areas import areas
from shared.kernel.period import Month

_YEAR = 2022
_ENROLLED = date(_YEAR, 1, 1)
_CADRES_OF_A_UNIT = 4
_NEW_POSTS = (date(_YEAR, 2, 14), date(_YEAR, 7, 11))
_ORGANISER = "县委组织部"
_PRESS = "县委宣传部"
_CLASSES: tuple[tuple[date, Method], ...] = (
    (date(_YEAR, 4, 20), "classroom"),
    (date(_YEAR, 6, 15), "on_site"),
    (date(_YEAR, 8, 17), "exchange"),
    (date(_YEAR, 9, 14), "online"),
)
_FIELDS = ("consolidation", "construction", "governance", "social")
_LEVELS = ("county", "county", "county", "city", "city", "province")
_FULL_MONTH = 22
_SHORT_MONTH = 15


class FieldWork:
    """The registers of cadres, classes, teams and entries, kept through the year."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._evaluation = world.county.evaluation
        self._units = [unit.id for unit in self._evaluation.units()]
        self._cadres: list[str] = []
        self._residents: list[tuple[str, str]] = []
        """Each resident with the village."""
        self._homes: list[str] = []

    def plan(self) -> None:
        """Put the year on the calendar."""
        on = self._world.agenda.on
        on(_ENROLLED, self._enrol)
        for day in _NEW_POSTS:
            on(day, self._new_posts)
        on(date(_YEAR, 1, 20), self._plan_classes)
        for number in range(1, 13):
            month = Month(_YEAR, number)
            on(month.plus(1).first_day + timedelta(days=3), partial(self._month_of_teams, month))
            on(date(_YEAR, number, 18), self._spot_checks)
            on(date(_YEAR, number, 24), self._tell_the_press)
        on(date(_YEAR, 2, 25), self._homes_begin)
        for number in (5, 8, 11):
            on(date(_YEAR, number, 9), self._check_homes)

    # --- cadres --------------------------------------------------------------------------------------

    def _enrol(self, day: date) -> None:
        standing = [
            EnrolCadre(number=f"GB{_YEAR}{place:03d}{number}", unit=unit, since=day)
            for place, unit in enumerate(self._units)
            for number in range(1, _CADRES_OF_A_UNIT + 1)
        ]
        villages = areas().villages()
        residents = [
            EnrolCadre(
                number=f"ZC{village.code[6:]}",
                unit=village.code[:9],
                since=day,
                kind="resident",
                area_code=village.code,
            )
            for village in villages
        ]
        self._cadres += self._enrolled(standing)
        ids = self._enrolled(residents)
        self._residents = list(zip(ids, (village.code for village in villages), strict=True))
        codes = [village for _, village in self._residents]
        open_accounts(codes, day, self._evaluation.uow(), self._evaluation.field_work)

    def _new_posts(self, day: date) -> None:
        some = [
            EnrolCadre(number=f"XR{day:%m%d}{place:03d}", unit=unit, since=day, how="new")
            for place, unit in enumerate(self._units)
            if self._world.chance("new post", unit, str(day)).happens(rates()["field_work"]["new_post"])
        ]
        ids = self._enrolled(some)
        self._cadres += ids
        class_ids = self._classes([(day + timedelta(days=25), "on_site")])
        self._world.agenda.after(day, 22, partial(self._hold, class_ids[0], ids))

    def _enrolled(self, commands: list[EnrolCadre]) -> tuple[str, ...]:
        return enrol_cadres(commands, self._evaluation.uow(), self._evaluation.field_work, self._units)

    # --- classes -------------------------------------------------------------------------------------

    def _plan_classes(self, _day: date) -> None:
        everybody = [*self._cadres, *(one for one, _ in self._residents)]
        for place, (class_id, (day, _)) in enumerate(zip(self._classes(_CLASSES), _CLASSES, strict=True)):
            group = tuple(everybody[place :: len(_CLASSES)])
            self._world.agenda.on(day, partial(self._hold, class_id, group))

    def _classes(
        self, classes: "tuple[tuple[date, Method], ...] | list[tuple[date, Method]]"
    ) -> tuple[str, ...]:
        commands = [
            PlanClass(name="示例：巩固衔接业务培训", unit=_ORGANISER, method=method, due_on=day)
            for day, method in classes
        ]
        return plan_classes(commands, self._evaluation.uow(), self._units)

    def _hold(self, class_id: str, people: tuple[str, ...], day: date) -> None:
        share = rates()["field_work"]
        attended = []
        for person in people:
            chance = self._world.chance("class", class_id, person)
            if not chance.happens(share["class_missed"]):
                attended.append(Attended(person, passed=not chance.happens(share["test_failed"])))
        hold_class(HoldClass(class_id=class_id, on=day, attended=attended), self._evaluation.uow())

    # --- resident teams --------------------------------------------------------------------------------

    def _month_of_teams(self, month: Month, day: date) -> None:
        """Enter who was on post in the month that is over, and the points that follow."""
        entries, points = [], []
        for resident, village in self._residents:
            chance = self._world.chance("on post", village, str(month))
            short = chance.happens(rates()["field_work"]["short_month"])
            quantity = _SHORT_MONTH if short else _FULL_MONTH
            entries.append(
                EnterWork(kind="attendance", on=day, about=resident, month=str(month), quantity=quantity)
            )
            if short:
                points.append(_points(account_id_of(_YEAR, village), "-0.5", "attendance", day))
            elif chance.happens(rates()["field_work"]["praised"]):
                points.append(_points(account_id_of(_YEAR, village), "0.5", "praise", day))
        self._enter(entries)
        enter_points(points, self._evaluation.uow(), self._evaluation.field_work)

    def _spot_checks(self, day: date) -> None:
        entries, points = [], []
        for resident, village in self._residents:
            chance = self._world.chance("spot check", village, str(day))
            if chance.happens(rates()["field_work"]["spot_checked"]):
                passed = not chance.happens(rates()["field_work"]["not_there"])
                entries.append(EnterWork(kind="spot_check", on=day, about=resident, passed=passed))
                if not passed:
                    points.append(_points(account_id_of(_YEAR, village), "-1.5", "spot_check", day))
        self._enter(entries)
        enter_points(points, self._evaluation.uow(), self._evaluation.field_work)

    # --- publicity, volunteers, homes --------------------------------------------------------------------

    def _tell_the_press(self, day: date) -> None:
        entries = []
        for unit in self._units:
            chance = self._world.chance("press", unit, str(day))
            if chance.happens(rates()["field_work"]["article"]):
                level, field = chance.one_of(_LEVELS), chance.one_of(_FIELDS)
                entries.append(EnterWork(kind="article", on=day, unit=unit, level=level, field=field))
            if chance.happens(rates()["field_work"]["typical_case"]):
                level = chance.one_of(_LEVELS)
                entries.append(EnterWork(kind="typical_case", on=day, unit=unit, level=level))
            if unit.isdigit() and chance.happens(rates()["field_work"]["volunteers"]):
                entries.append(EnterWork(kind="volunteer_activity", on=day, unit=unit))
        entries.append(EnterWork(kind="volunteer_activity", on=day, unit=_PRESS))
        self._enter(entries)

    def _homes_begin(self, day: date) -> None:
        homes = []
        for town in self._evaluation.towns:
            chance = self._world.chance("homes", town.id)
            some = areas().villages(town.id)[: chance.number(1, 3)]
            homes += [EnterWork(kind="home", on=day, unit=town.id, area_code=one.code) for one in some]
        self._homes = list(self._enter(homes))

    def _check_homes(self, day: date) -> None:
        checks = []
        for home in self._homes:
            passed = not self._world.chance("home", home, str(day)).happens(
                rates()["field_work"]["home_shut"]
            )
            checks.append(EnterWork(kind="home_check", on=day, about=home, passed=passed))
        self._enter(checks)

    def _enter(self, entries: list[EnterWork]) -> tuple[str, ...]:
        return enter_work(entries, self._evaluation.uow(), self._units)


def _points(account_id: str, points: str, reason: str, day: date) -> EnterPoints:
    return EnterPoints(account_id=account_id, points=Decimal(points), reason=reason, on=day)
