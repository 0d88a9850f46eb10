"""What is published of funds, projects, assets, facilities and co-operation: which step tells which event."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from services.finance.domain.announcement import Announcement
from services.finance.domain.asset import Asset, AssetInspection, AssetProblem
from services.finance.domain.cooperative import AssociationLoan, FirmProject, StationIncome
from services.finance.domain.fund import FundLine
from services.finance.domain.process import OPENED, Process, Stepped
from services.finance.domain.project import Project
from services.finance.domain.upkeep import Facility, KeeperPay
from services.finance.service_layer.publishing.publish import publish
from shared.contracts.envelope import EventData
from shared.contracts.finance import v1

Told = Mapping[str, Any]
Make = Callable[[Any, date, Told], EventData]


@publish.register
def _(fact: Stepped) -> Iterable[EventData]:
    make = _EVENTS.get((type(fact.process), fact.step))
    if make is not None:
        yield make(fact.process, fact.on, fact.told)


def _plain(event: Callable[..., EventData], key: str, *fields: str) -> Make:
    """Return what makes *event*: the process's id as *key*, its place, its *fields*, what was told."""

    def make(process: Process, on: date, told: Told) -> EventData:
        own = {name: getattr(process, name) for name in fields}
        about: dict[str, Any] = {key: process.id, "occurred_on": on, "area_code": process.area_code}
        return event(**about, **own, **told)

    return make


def _fund_arranged(line: FundLine, on: date, _told: Told) -> EventData:
    fields = ("year", "source", "industry", "unit", "project_id", "due_on")
    return _plain(v1.FundArranged, "fund_id", *fields)(line, on, {"amount_fen": line.arranged_fen})


def _project_arranged(project: Project, on: date, told: Told) -> EventData:
    fields = ("year", "funding", "industry", "unit", "planned_fen")
    due = {"due_on": told["start_due_on"]}
    return _plain(v1.ProjectArranged, "project_id", *fields)(project, on, due)


def _project_completed(project: Project, on: date, told: Told) -> EventData:
    return _plain(v1.ProjectCompleted, "project_id")(project, on, {"due_on": told["accept_due_on"]})


def _announced(one: Announcement, on: date, told: Told) -> EventData:
    check = told["check"]
    found = {
        "passed": check.passed,
        "missing": check.missing,
        "link_ok": check.link_ok,
        "numbers_match": check.numbers_match,
    }
    return _plain(v1.AnnouncementChecked, "announcement_id", "unit")(one, on, found)


def _pay_due(pay: KeeperPay, on: date, _told: Told) -> EventData:
    return _plain(v1.KeeperPayDue, "pay_id", "facility_id", "month", "amount_fen", "due_on")(pay, on, {})


_EVENTS: Mapping[tuple[type[Process], str], Make] = {
    (FundLine, OPENED): _fund_arranged,
    (FundLine, "issue"): _plain(v1.FundIssued, "fund_id"),
    (FundLine, "pay"): _plain(v1.FundPaid, "fund_id"),
    (FundLine, "withdraw"): _plain(v1.FundWithdrawn, "fund_id"),
    (Project, "enter"): _plain(v1.ProjectEntered, "project_id", "year", "kind", "funding", "unit"),
    (Project, "agree_benefit"): _plain(v1.ProjectBenefitAgreed, "project_id"),
    (Project, "arrange"): _project_arranged,
    (Project, "start"): _plain(v1.ProjectStarted, "project_id"),
    (Project, "progress"): _plain(v1.ProjectProgressed, "project_id"),
    (Project, "complete"): _project_completed,
    (Project, "accept"): _plain(v1.ProjectAccepted, "project_id"),
    (Project, "drop"): _plain(v1.ProjectDropped, "project_id"),
    (Announcement, OPENED): _plain(v1.AnnouncementDue, "announcement_id", "kind", "unit", "due_on"),
    (Announcement, "publish"): _announced,
    (Asset, OPENED): _plain(
        v1.AssetFormed, "asset_id", "kind", "project_id", "project_year", "unit", "value_fen", "due_on"
    ),
    (Asset, "register"): _plain(v1.AssetRegistered, "asset_id"),
    (Asset, "hand_over"): _plain(v1.AssetHandedOver, "asset_id"),
    (Asset, "audit"): _plain(v1.AssetAudited, "asset_id"),
    (Asset, "sample"): _plain(v1.AssetSampled, "asset_id"),
    (Asset, "dispose"): _plain(v1.AssetDisposed, "asset_id"),
    (AssetInspection, OPENED): _plain(
        v1.AssetInspectionFiled, "inspection_id", "quarter", "unit", "assets_seen"
    ),
    (AssetProblem, OPENED): _plain(
        v1.AssetProblemFound, "problem_id", "inspection_id", "asset_id", "category", "unit", "due_on"
    ),
    (AssetProblem, "close"): _plain(v1.AssetProblemClosed, "problem_id"),
    (Facility, OPENED): _plain(v1.FacilityListed, "facility_id", "kind"),
    (Facility, "name_keepers"): _plain(v1.FacilityKeepersNamed, "facility_id"),
    (Facility, "sample"): _plain(v1.FacilitySampled, "facility_id"),
    (Facility, "remove"): _plain(v1.FacilityRemoved, "facility_id"),
    (KeeperPay, OPENED): _pay_due,
    (KeeperPay, "pay"): _plain(v1.KeeperPaid, "pay_id", "facility_id", "month"),
    (AssociationLoan, OPENED): _plain(
        v1.AssociationLoanApplied, "association_loan_id", "amount_fen", "valid", "due_on"
    ),
    (AssociationLoan, "grant"): _plain(v1.AssociationLoanGranted, "association_loan_id"),
    (AssociationLoan, "refuse"): _plain(v1.AssociationLoanRefused, "association_loan_id"),
    (AssociationLoan, "withdraw"): _plain(v1.AssociationLoanRefused, "association_loan_id"),
    (StationIncome, OPENED): _plain(
        v1.StationIncomeRecorded, "income_id", "station_no", "period", "income_fen", "due_on"
    ),
    (StationIncome, "distribute"): _plain(v1.StationIncomeDistributed, "income_id"),
    (FirmProject, OPENED): _plain(v1.FirmProjectApplied, "firm_project_id", "kind", "amount_fen", "due_on"),
    (FirmProject, "recognise"): _plain(v1.FirmProjectDecided, "firm_project_id"),
    (FirmProject, "reject"): _plain(v1.FirmProjectDecided, "firm_project_id"),
    (FirmProject, "land"): _plain(v1.FirmProjectLanded, "firm_project_id"),
}
"""Every step not named here stays in this department: signing a review, returning a finding, repaying."""
