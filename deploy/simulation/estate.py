"""What is left of projects: last year's assets, inspections, keepers and their pay, associations, firms."""

from datetime import date, timedelta
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.projects import towns_of
from deploy.simulation.world import COUNTY_OFFICE, TOWN, VILLAGE, World
from services.finance.domain.asset import PROBLEMS, quarter_of
from services.finance.domain.cooperative import Distribution
from services.finance.service_layer.asset import (
    AuditAsset,
    FileInspection,
    FindProblem,
    FormAsset,
    RegisterAsset,
    SampleAsset,
    audit_asset,
    close_problem,
    file_inspection,
    find_problem,
    form_asset,
    hand_over_asset,
    register_asset,
    report_problem,
    sample_asset,
)
from services.finance.service_layer.cooperative import (
    ApplyForFirmProject,
    ApplyToAssociation,
    DistributeIncome,
    RecordStationIncome,
    RefuseAssociationLoan,
    apply_for_firm_project,
    apply_to_association,
    distribute_income,
    grant_association_loan,
    land_firm_project,
    recognise_firm_project,
    record_station_income,
    refuse_association_loan,
)
from services.finance.service_layer.step import TakeStep
from services.finance.service_layer.upkeep import (
    ListFacility,
    NameKeepers,
    PayKeepers,
    SampleFacility,
    list_facility,
    name_keepers,
    pay_keepers,
    sample_facility,
)
from shared.contracts.envelope import Envelope
from shared.kernel.money import fen

_LAST_YEAR = 2021
_ON_RECORD = date(2022, 1, 5)
_INSPECTIONS = (date(2022, 3, 20), date(2022, 6, 20), date(2022, 9, 20), date(2022, 12, 12))
_ASSETS = ("operating", "public", "public")
_FACILITIES = ("road", "water")
_WAGE = int(fen(500))


class Estate:
    """The assets and facilities on record, as far as this simulation has put them there."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._finance = world.county.finance
        self._assets: list[tuple[str, str, str]] = []
        self._facilities: list[str] = []
        self._owed: list[str] = []

    def plan(self) -> None:
        """Put the year on the calendar, and listen for the pay that falls due."""
        world = self._world
        world.courier.listen(self._hear)
        for town, villages in towns_of(world).items():
            chance = world.chance("estate", town)
            village = villages[0]
            world.agenda.on(_ON_RECORD, partial(self._record, town, village, chance))
            for _ in range(3):
                day = date(2022, chance.number(2, 11), chance.number(1, 28))
                world.agenda.on(day, partial(self._borrow, village, chance.about(str(day))))
            world.agenda.on(date(2022, 1, 15), partial(self._earn, village, chance))
            world.agenda.on(date(2022, 4, chance.number(1, 28)), partial(self._apply, village, chance))
        for day in _INSPECTIONS:
            world.agenda.on(day, self._inspect)
        world.agenda.on(date(2022, 10, 18), self._audit)

    # --- assets ------------------------------------------------------------------------------

    def _record(self, town: str, village: str, chance: Chance, day: date) -> None:
        for number, kind in enumerate(_ASSETS, 1):
            formed = FormAsset(
                area_code=village,
                on=day,
                by=TOWN,
                asset_no=f"ZC{_LAST_YEAR}{town[6:]}{number:02d}",
                name=f"示例：上年项目资产{number}",
                kind=kind,
                project_year=_LAST_YEAR,
                unit=town,
                value_fen=int(fen(chance.number(20, 90) * 10_000)),
            )
            asset_id = form_asset(formed, self._finance.uow(), self._finance.project_policy)
            self._assets.append((asset_id, kind, town))
            self._world.agenda.after(day, chance.number(20, 50), partial(self._register, asset_id, chance))
        for number, kind in enumerate(_FACILITIES, 1):
            self._keep(village, f"SS{town[6:]}{number:02d}", kind, chance, day)

    def _register(self, asset_id: str, chance: Chance, day: date) -> None:
        register_asset(
            RegisterAsset(id=asset_id, on=day, by=TOWN, owner="示例村股份经济合作社"), self._finance.uow()
        )
        late = chance.happens(rates()["projects"]["late_handover"])
        days = chance.number(50, 90) if late else chance.number(3, 24)
        self._world.agenda.after(day, days, partial(self._hand_over, asset_id))

    def _hand_over(self, asset_id: str, day: date) -> None:
        hand_over_asset(TakeStep(id=asset_id, on=day, by=TOWN), self._finance.uow())

    def _audit(self, day: date) -> None:
        for asset_id, kind, town in self._assets:
            left = self._world.chance("audit", town).happens(rates()["projects"]["audit_left"])
            if kind == "operating" and not left:
                audited = AuditAsset(id=asset_id, on=day, by=COUNTY_OFFICE, year=day.year)
                audit_asset(audited, self._finance.uow())

    def _inspect(self, day: date) -> None:
        filed = FileInspection(
            area_code="610327",
            on=day,
            by=COUNTY_OFFICE,
            quarter=quarter_of(day),
            unit="县乡村振兴局",
            assets_seen=len(self._assets),
        )
        inspection_id = file_inspection(filed, self._finance.uow())
        for number, (asset_id, kind, town) in enumerate(self._assets):
            chance = self._world.chance("inspection", town, str(number), str(day))
            if chance.happens(rates()["projects"]["asset_problem"]):
                self._find(inspection_id, asset_id, town, chance, day)
            if kind == "public" and day > _INSPECTIONS[0] and chance.number(0, 2) == 0:
                good = not chance.happens(rates()["projects"]["badly_kept"])
                sampled = SampleAsset(id=asset_id, on=day, by=COUNTY_OFFICE, good=good)
                sample_asset(sampled, self._finance.uow())
        self._sample(day)

    def _find(self, inspection_id: str, asset_id: str, town: str, chance: Chance, day: date) -> None:
        found = FindProblem(
            inspection_id=inspection_id,
            asset_id=asset_id,
            category=chance.one_of(tuple(PROBLEMS)),
            unit=town,
            by=COUNTY_OFFICE,
        )
        problem_id = find_problem(found, self._finance.uow(), self._finance.project_policy)
        late = chance.happens(rates()["procedure"]["late_official"])
        days = chance.number(32, 50) if late else chance.number(8, 25)
        self._world.agenda.after(day, days, partial(self._rectify, problem_id))

    def _rectify(self, problem_id: str, day: date) -> None:
        report_problem(TakeStep(id=problem_id, on=day, by=TOWN), self._finance.uow())
        close_problem(TakeStep(id=problem_id, on=day, by=COUNTY_OFFICE), self._finance.uow())

    # --- upkeep ------------------------------------------------------------------------------

    def _keep(self, village: str, number: str, kind: str, chance: Chance, day: date) -> None:
        listed = ListFacility(
            area_code=village, on=day, by=TOWN, facility_no=number, name=f"示例：设施{number}", kind=kind
        )
        facility_id = list_facility(listed, self._finance.uow())
        self._facilities.append(facility_id)
        keepers = {"county": "示例主管股室", "town": "示例镇管护员", "village": "示例村管护员"}
        if chance.happens(rates()["projects"]["keeper_missing"]):
            del keepers["county"]
        named = NameKeepers(id=facility_id, on=day, by=TOWN, keepers=keepers, wage_fen=_WAGE)
        name_keepers(named, self._finance.uow())

    def _hear(self, event: Envelope) -> None:
        if event.fact != "finance.keeper_pay_due":
            return
        if not self._owed:
            self._world.agenda.after(self._world.today(), 9, self._pay)
        self._owed.append(str(event.data["pay_id"]))

    def _pay(self, day: date) -> None:
        """Pay what is owed; a few are forgotten for three weeks."""
        owed, self._owed = self._owed, []
        late = rates()["projects"]["late_pay"]
        forgotten = [one for one in owed if self._world.chance("keeper", one).happens(late)]
        in_time = [one for one in owed if one not in forgotten]
        pay_keepers(PayKeepers(ids=in_time, on=day, by=TOWN), self._finance.uow())
        if forgotten:
            self._world.agenda.after(day, 21, partial(self._pay_late, forgotten))

    def _pay_late(self, forgotten: list[str], day: date) -> None:
        pay_keepers(PayKeepers(ids=forgotten, on=day, by=TOWN), self._finance.uow())

    def _sample(self, day: date) -> None:
        for facility_id in self._facilities:
            chance = self._world.chance("facility", str(self._facilities.index(facility_id)), str(day))
            if chance.number(0, 2) == 0:
                passed = not chance.happens(rates()["projects"]["badly_kept"])
                sampled = SampleFacility(id=facility_id, on=day, by=COUNTY_OFFICE, passed=passed)
                sample_facility(sampled, self._finance.uow())

    # --- associations, stations, firms -----------------------------------------------------------

    def _borrow(self, village: str, chance: Chance, day: date) -> None:
        applied = ApplyToAssociation(
            area_code=village,
            on=day,
            by=VILLAGE,
            association="示例互助资金协会",
            member_no=f"HY{chance.number(1, 99):03d}",
            amount_fen=int(fen(chance.number(5, 10) * 1_000)),
        )
        loan_id = apply_to_association(applied, self._finance.uow(), self._finance.project_policy)
        late = chance.happens(rates()["procedure"]["late_official"])
        days = chance.number(17, 25) if late else chance.number(2, 12)
        refused = chance.happens(rates()["projects"]["association_refused"])
        self._world.agenda.after(day, days, partial(self._answer, loan_id, refused))

    def _answer(self, loan_id: str, refused: bool, day: date) -> None:  # noqa: FBT001  (bound by partial)
        if refused:
            command = RefuseAssociationLoan(id=loan_id, on=day, by=VILLAGE, reason="fund_short")
            refuse_association_loan(command, self._finance.uow())
        else:
            grant_association_loan(TakeStep(id=loan_id, on=day, by=VILLAGE), self._finance.uow())

    def _earn(self, village: str, chance: Chance, day: date) -> None:
        income = int(fen(chance.number(60, 120) * 1_000))
        recorded = RecordStationIncome(
            area_code=village,
            on=day,
            by=VILLAGE,
            station_no=f"GF{village[6:]}",
            period=str(_LAST_YEAR),
            income_fen=income,
        )
        income_id = record_station_income(recorded, self._finance.uow(), self._finance.project_policy)
        on = day + timedelta(days=chance.number(20, 50))
        self._world.agenda.on(on, partial(self._distribute, income_id, income, chance))

    def _distribute(self, income_id: str, income: int, chance: Chance, day: date) -> None:
        carelessly = chance.happens(rates()["projects"]["income_carelessly"])
        wages = income * (60 if carelessly else 75) // 100
        works = income // 10
        spent = Distribution(wages, works, income - wages - works, decided=True, announced=True)
        command = DistributeIncome(id=income_id, on=day, by=VILLAGE, spent=spent)
        distribute_income(command, self._finance.uow(), self._finance.project_policy)

    def _apply(self, village: str, chance: Chance, day: date) -> None:
        applied = ApplyForFirmProject(
            area_code=village,
            on=day,
            by=COUNTY_OFFICE,
            firm="示例企业",
            name="示例：万企兴万村项目",
            kind="business",
            amount_fen=int(fen(chance.number(50, 300) * 10_000)),
        )
        project_id = apply_for_firm_project(applied, self._finance.uow(), self._finance.project_policy)
        self._world.agenda.on(
            date(2022, 6, chance.number(5, 28)), partial(self._recognise, project_id, chance)
        )

    def _recognise(self, project_id: str, chance: Chance, day: date) -> None:
        recognise_firm_project(TakeStep(id=project_id, on=day, by=COUNTY_OFFICE), self._finance.uow())
        if not chance.happens(rates()["projects"]["firm_left"]):
            self._world.agenda.after(day, chance.number(30, 120), partial(self._land, project_id))

    def _land(self, project_id: str, day: date) -> None:
        land_firm_project(TakeStep(id=project_id, on=day, by=COUNTY_OFFICE), self._finance.uow())
