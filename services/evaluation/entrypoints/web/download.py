"""What can be taken away: the sealed pack as a ZIP, the scoreboard as a workbook."""

import tempfile
from datetime import date
from pathlib import Path

from fastapi import APIRouter, Request, Response

from services.evaluation.adapters.pack import workbook_of, zipped
from services.evaluation.bootstrap import Evaluation
from services.evaluation.entrypoints.web.dependencies import past_day
from shared.kernel.clock import day_of
from shared.web.problems import guarded
from shared.web.site import require, site_of

router = APIRouter(include_in_schema=False)

_ZIP = "application/zip"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/pack.zip")
def pack(request: Request, as_of: str = "", known_at: str = "") -> Response:
    """Give the pack of the days asked for."""
    return guarded(request, lambda: _give(request, as_of, known_at, whole=True))


@router.get("/scoreboard.xlsx")
def workbook(request: Request, as_of: str = "", known_at: str = "") -> Response:
    """Give the scoreboard of the days asked for, as in the pack."""
    return guarded(request, lambda: _give(request, as_of, known_at, whole=False))


def _give(request: Request, as_of: str, known_at: str, *, whole: bool) -> Response:
    site = site_of(request)
    site.permissions.ensure(require(request).officer, "pack.read")
    service = site.service
    assert isinstance(service, Evaluation)  # noqa: S101  (this site serves no other)
    today = day_of(service.clock())
    judged = past_day(as_of, today) or today
    known = past_day(known_at, today) or judged
    board = service.scores.board(judged, known)  # refuses days before anything is written
    content = _pack(service, judged, known) if whole else workbook_of(board, service.rulebook)
    name = f"shouxian-{judged.isoformat()}" + (".zip" if whole else ".xlsx")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=_ZIP if whole else _XLSX, headers=headers)


def _pack(service: Evaluation, as_of: date, known_at: date) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "pack"
        service.write_pack(folder, as_of=as_of, known_at=known_at)
        return zipped(folder)
