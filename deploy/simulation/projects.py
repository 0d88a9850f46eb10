"""Money and projects: every town has a few, from the library to their assets; late here and there."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import COUNTY_OFFICE, TOWN, World
from services.finance.domain.announcement import ELEMENTS
from services.finance.domain.fund import Source
from services.finance.domain.project import REVIEWS
from services.finance.service_layer.announcement import (
    OweAnnouncement,
    PublishAnnouncement,
    owe_announcement,
    publish_announcement,
)
from services.finance.service_layer.asset import FormAsset, form_asset
from services.finance.service_layer.fund import ArrangeFund, MoveFund, arrange_fund, issue_fund, pay_fund
from services.finance.service_layer.project import (
    AgreeBenefit,
    EnterProject,
    ProposeProject,
    RecordProgress,
    SignReview,
    accept_project,
    agree_benefit,
    arrange_project,
    complete_project,
    enter_project,
    propose_project,
    record_progress,
    sign_review,
    start_project,
)
from services.finance.service_layer.step import TakeStep
from shared.areas import areas
from shared.kernel.money import fen

_YEAR = 2022
_FINANCE, _REFORM = "县财政局", "县发改局"
_PROPOSED, _ENTERED, _ARRANGED, _FUNDED = (date(_YEAR, 1, day) for day in (4, 12, 18, 25))
_KINDS = ("industry", "industry", "construction", "industry")
_COOPERATION = 3
"""Which of a town's projects is paid out of cooperation money."""


@dataclass(frozen=True, slots=True)
class _Site:
    """One project of the year, before and after it has an id."""

    number: int
    town: str
    village: str
    kind: str
    amount: int
    id: str = ""

    @property
    def cooperation(self) -> bool:
        return self.number == _COOPERATION


def towns_of(world: World) -> dict[str, list[str]]:
    """Return the towns in which anybody lives, each with its inhabited villages."""
    found: dict[str, list[str]] = {}
    for village in sorted({home.family.area_code for home in world.homes.values()}):
        found.setdefault(village[:9], []).append(village)
    return found


def plan_projects(world: World) -> None:
    """Put every town's projects, their money and their announcements on the calendar."""
    for town, villages in towns_of(world).items():
        for number, kind in enumerate(_KINDS):
            chance = world.chance("project", town, str(number))
            amount = int(fen(chance.number(40, 160) * 10_000))
            site = _Site(number, town, villages[number % len(villages)], kind, amount)
            world.agenda.on(_PROPOSED, partial(_propose, world, site, chance))
        for kind, day in (("plan", date(_YEAR, 2, 10)), ("completion", date(_YEAR, 11, 20))):
            world.agenda.on(day, partial(_announce, world, kind, town, town))
    for unit in (_FINANCE, "县乡村振兴局"):
        world.agenda.on(date(_YEAR, 2, 15), partial(_announce, world, "division", unit, "610327"))


def _propose(world: World, site: _Site, chance: Chance, day: date) -> None:
    uow = world.county.finance.uow
    project_id = propose_project(
        ProposeProject(
            area_code=site.village,
            on=day,
            by=TOWN,
            project_no=f"XM{_YEAR}{site.town[6:]}{site.number + 1:02d}",
            name=f"示例：{areas().get(site.village).name}项目{site.number + 1}",
            year=_YEAR,
            kind=site.kind,
            unit=site.town,
            planned_fen=site.amount,
            funding="cooperation" if site.cooperation else "bridging",
        ),
        uow(),
    )
    hasty = chance.happens(rates()["projects"]["review_left_out"])
    for review in tuple(REVIEWS)[: 2 if hasty else 3]:
        paper = f"示例审〔{_YEAR}〕{site.number + 1}号"
        sign_review(
            SignReview(id=project_id, on=day, by=COUNTY_OFFICE, review=review, paper_no=paper),  # type: ignore[arg-type]  # a key of REVIEWS
            uow(),
        )
    known = _Site(site.number, site.town, site.village, site.kind, site.amount, project_id)
    world.agenda.on(_ENTERED, partial(_enter, world, known, chance, hasty=hasty))


def _enter(world: World, site: _Site, chance: Chance, day: date, *, hasty: bool) -> None:
    uow = world.county.finance.uow
    reason = "示例：急需开工，审查后补" if hasty else ""
    enter_project(EnterProject(id=site.id, on=day, by=COUNTY_OFFICE, reason=reason), uow())
    if site.kind == "industry" and not chance.happens(rates()["projects"]["benefit_left_out"]):
        ratio = Decimal(chance.number(4, 12))
        agreed = AgreeBenefit(id=site.id, on=day, by=TOWN, modes=("work", "share"), ratio=ratio)
        agree_benefit(agreed, uow())
    world.agenda.on(_ARRANGED, partial(_arrange, world, site, chance))


def _arrange(world: World, site: _Site, chance: Chance, day: date) -> None:
    finance = world.county.finance
    step = TakeStep(id=site.id, on=day, by=COUNTY_OFFICE)
    arrange_project(step, finance.uow(), finance.project_policy)
    world.agenda.on(_FUNDED, partial(_fund, world, site, chance))
    late = chance.happens(rates()["projects"]["late_start"])
    days = chance.number(45, 100) if late else chance.number(5, 30)
    world.agenda.on(date(_YEAR, 3, 1) + timedelta(days=days), partial(_start, world, site, chance))


# --- money ---------------------------------------------------------------------------------------


def _fund(world: World, site: _Site, chance: Chance, day: date) -> None:
    matching = site.amount // 5
    sources: tuple[tuple[Source, int], ...] = (("province", site.amount - matching), ("county", matching))
    if site.cooperation:
        sources = (("cooperation", site.amount),)
    finance = world.county.finance
    for source, amount in sources:
        command = ArrangeFund(
            area_code=site.village,
            on=day,
            by=COUNTY_OFFICE,
            line_no=f"ZJ{_YEAR}{site.town[6:]}{site.number + 1:02d}{source}",
            year=_YEAR,
            source=source,
            amount_fen=amount,
            unit=_REFORM if site.cooperation else _FINANCE,
            project_id=site.id,
        )
        fund_id = arrange_fund(command, finance.uow(), finance.project_policy)
        issued_on = day + timedelta(days=chance.number(3, 25))
        if source == "county":
            late = chance.happens(rates()["projects"]["late_match"])
            issued_on = date(_YEAR, 5, 12) if late else date(_YEAR, 4, chance.number(1, 28))
        world.agenda.on(issued_on, partial(_issue, world, fund_id, amount, chance))


def _issue(world: World, fund_id: str, amount: int, chance: Chance, day: date) -> None:
    command = MoveFund(id=fund_id, on=day, by=COUNTY_OFFICE, amount_fen=amount)
    issue_fund(command, world.county.finance.uow())
    first = amount * chance.number(30, 60) // 100
    last = amount * chance.number(90, 100) // 100 - first
    world.agenda.after(day, chance.number(10, 40), partial(_pay, world, fund_id, first))
    world.agenda.after(day, chance.number(120, 230), partial(_pay, world, fund_id, last))


def _pay(world: World, fund_id: str, amount: int, day: date) -> None:
    pay_fund(MoveFund(id=fund_id, on=day, by=COUNTY_OFFICE, amount_fen=amount), world.county.finance.uow())


# --- work ----------------------------------------------------------------------------------------


def _start(world: World, site: _Site, chance: Chance, day: date) -> None:
    start_project(TakeStep(id=site.id, on=day, by=TOWN), world.county.finance.uow())
    world.agenda.after(day, chance.number(30, 60), partial(_progress, world, site, chance))


def _progress(world: World, site: _Site, chance: Chance, day: date) -> None:
    record_progress(
        RecordProgress(id=site.id, on=day, by=TOWN, percent=chance.number(30, 70)),
        world.county.finance.uow(),
    )
    world.agenda.after(day, chance.number(40, 110), partial(_complete, world, site, chance))


def _complete(world: World, site: _Site, chance: Chance, day: date) -> None:
    finance = world.county.finance
    complete_project(TakeStep(id=site.id, on=day, by=TOWN), finance.uow(), finance.project_policy)
    late = chance.happens(rates()["projects"]["late_acceptance"])
    days = chance.number(35, 50) if late else chance.number(5, 25)
    world.agenda.after(day, days, partial(_accept, world, site))


def _accept(world: World, site: _Site, day: date) -> None:
    finance = world.county.finance
    accept_project(TakeStep(id=site.id, on=day, by=COUNTY_OFFICE), finance.uow())
    formed = FormAsset(
        area_code=site.village,
        on=day,
        by=TOWN,
        asset_no=f"ZC{_YEAR}{site.town[6:]}{site.number + 1:02d}",
        name=f"示例：项目{site.number + 1}形成的资产",
        kind="operating" if site.kind == "industry" else "public",
        project_year=_YEAR,
        unit=site.town,
        value_fen=site.amount,
        project_id=site.id,
    )
    form_asset(formed, finance.uow(), finance.project_policy)


# --- announcements -------------------------------------------------------------------------------


def _announce(world: World, kind: str, unit: str, area_code: str, day: date) -> None:
    finance = world.county.finance
    owed = OweAnnouncement(area_code=area_code, on=day, by=COUNTY_OFFICE, kind=kind, year=_YEAR, unit=unit)
    announcement_id = owe_announcement(owed, finance.uow(), finance.project_policy)
    chance = world.chance("announcement", unit, kind)
    world.agenda.after(day, chance.number(2, 8), partial(_publish, world, announcement_id, area_code, chance))


def _publish(world: World, announcement_id: str, area_code: str, chance: Chance, day: date) -> None:
    finance = world.county.finance
    with finance.uow() as uow:
        total = uow.funds.arranged(year=_YEAR, area_code=area_code, project_id="")
    wrong = chance.happens(rates()["projects"]["announcement_faulty"])
    command = PublishAnnouncement(
        id=announcement_id,
        on=day,
        by=TOWN,
        elements=tuple(ELEMENTS),
        link=f"https://example.invalid/{_YEAR}/{announcement_id[:8]}",
        total_fen=total + 100 * wrong,
        parts_fen=(total,),
    )
    found = publish_announcement(command, finance.uow(), finance.project_policy)
    if not found.passed:
        again = chance.number(4, 20)
        world.agenda.after(day, again, partial(_publish, world, announcement_id, area_code, chance))
