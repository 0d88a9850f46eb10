"""Assets formed, registered, handed over, audited, sampled; inspections and what they find."""

from dataclasses import dataclass

from services.finance.domain.asset import Asset, AssetInspection, AssetProblem
from services.finance.domain.project_policy import ProjectPolicy
from services.finance.service_layer.ports_projects import Processes, UnitOfWork
from services.finance.service_layer.step import Opening, TakeStep, acting, take
from shared.kernel.period import add_days


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAsset(Opening):
    """*project_year* is that of the project; *unit* the department or town that hands it over."""

    asset_no: str
    name: str
    kind: str
    project_year: int
    unit: str
    value_fen: int
    project_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterAsset(TakeStep):
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditAsset(TakeStep):
    year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAsset(TakeStep):
    good: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInspection(Opening):
    """The inspection of one quarter (``2022Q1``)."""

    quarter: str
    unit: str
    assets_seen: int
    paper_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindProblem:
    """What an inspection found about an asset; its day and place are theirs."""

    inspection_id: str
    asset_id: str
    category: str
    unit: str
    by: str = ""


def form_asset(command: FormAsset, uow: UnitOfWork, policy: ProjectPolicy) -> str:
    """Put an asset on record and return its id; it is handed over by 31 March of the year after."""
    with uow:
        if command.project_id:
            uow.projects.get(command.project_id)
        asset = Asset.form(
            acting(command, uow),
            id=uow.ids(),
            area_code=command.area_code,
            asset_no=command.asset_no,
            name=command.name,
            kind=command.kind,
            project_id=command.project_id,
            project_year=command.project_year,
            unit=command.unit,
            value_fen=command.value_fen,
            due_on=policy.hand_over_by(command.project_year, command.on),
        )
        uow.assets.add(asset)
        uow.commit()
    return asset.id


def register_asset(command: RegisterAsset, uow: UnitOfWork) -> None:
    take(command, uow, _assets, lambda one, acting: one.register(command.owner, acting))


def hand_over_asset(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _assets, Asset.hand_over)


def audit_asset(command: AuditAsset, uow: UnitOfWork) -> None:
    take(command, uow, _assets, lambda one, acting: one.audit(command.year, acting))


def sample_asset(command: SampleAsset, uow: UnitOfWork) -> None:
    take(command, uow, _assets, lambda one, acting: one.sample(acting, good=command.good))


def dispose_of_asset(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _assets, Asset.dispose)


def file_inspection(command: FileInspection, uow: UnitOfWork) -> str:
    """File the inspection of a quarter and return its id."""
    with uow:
        one = AssetInspection.file(
            acting(command, uow),
            id=uow.ids(),
            area_code=command.area_code,
            quarter=command.quarter,
            unit=command.unit,
            assets_seen=command.assets_seen,
            paper_no=command.paper_no,
        )
        uow.inspections.add(one)
        uow.commit()
    return one.id


def find_problem(command: FindProblem, uow: UnitOfWork, policy: ProjectPolicy) -> str:
    """Put a finding on the list and return its id; it counts where the asset lies."""
    with uow:
        inspection = uow.inspections.get(command.inspection_id)
        asset = uow.assets.get(command.asset_id)
        on = inspection.last_step_on
        opening = Opening(area_code=asset.area_code, on=on, by=command.by)
        problem = AssetProblem.find(
            acting(opening, uow),
            id=uow.ids(),
            area_code=asset.area_code,
            inspection_id=inspection.id,
            asset_id=asset.id,
            category=command.category,
            unit=command.unit,
            due_on=add_days(on, policy.rectify_days.on(on)),
        )
        uow.problems.add(problem)
        uow.commit()
    return problem.id


def report_problem(command: TakeStep, uow: UnitOfWork) -> None:
    """Say that it is rectified and ask for the re-check."""
    take(command, uow, _problems, AssetProblem.report)


def send_problem_back(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _problems, AssetProblem.send_back)


def close_problem(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _problems, AssetProblem.close)


def _assets(uow: UnitOfWork) -> Processes[Asset]:
    return uow.assets


def _problems(uow: UnitOfWork) -> Processes[AssetProblem]:
    return uow.problems
