"""Asking for an export: what goes out, for whom and why, is kept before anything does."""

from dataclasses import dataclass
from datetime import timedelta

from services.monitoring.domain.exchange.import_errors import ExportNotFoundError
from services.monitoring.service_layer.given import reason_given
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.ports_exchange import DataExport

FETCHED_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForExport:
    """*whole_numbers* needs a *reason*: whole ID numbers and telephones leave the system."""

    format: str
    file_kind: str
    area_code: str
    by: str
    whole_numbers: bool = False
    reason: str = ""


def ask_for_export(command: AskForExport, uow: UnitOfWork) -> str:
    """Keep that it was asked for, and return its id; raises ReasonMissingError."""
    reason = reason_given(command.reason) if command.whole_numbers else command.reason.strip()[:200]
    with uow:
        export = DataExport(
            id=uow.ids(),
            format=command.format,
            file_kind=command.file_kind,
            area_code=command.area_code,
            whole_numbers=command.whole_numbers,
            reason=reason,
            asked_by=command.by,
            asked_at=uow.clock(),
        )
        uow.exports.add(export)
        uow.commit()
    return export.id


def export_to_fetch(export_id: str, by: str, uow: UnitOfWork) -> DataExport:
    """Return the export *by* asked for; raises ExportNotFoundError for another's or one of yesterday."""
    with uow:
        export = uow.exports.get(export_id)
        if export.asked_by != by or uow.clock() - export.asked_at > FETCHED_WITHIN:
            raise ExportNotFoundError
        return export
