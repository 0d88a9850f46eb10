"""The log of who has looked at whole numbers, when and why, for the county."""

from services.monitoring.adapters.read_models import UnmaskingRow, unmaskings_in
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, read
from shared.areas import areas
from shared.kernel.clock import COUNTY_ZONE
from shared.web.asking import View, own_area
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("unmasking")


@section.page("/unmaskings", "unmasking.read", "monitoring/unmaskings.html", area_of=own_area)
def list_unmaskings(ask: MonitoringAsk, by: str = "", area: str = "") -> View:
    """List who has seen whole numbers in an area, the last first."""
    inside = area if area in areas() and ask.officer.may_see(area) else ask.officer.area_code
    with read(ask) as connection:
        rows, total = unmaskings_in(
            connection, inside, by.strip(), limit=ask.paging.size, offset=ask.paging.offset
        )
    columns = (
        Column[UnmaskingRow](
            "时间", "When", lambda row: row.at.astimezone(COUNTY_ZONE).strftime("%Y-%m-%d %H:%M")
        ),
        Column[UnmaskingRow]("查看人", "Who", lambda row: row.by),
        Column[UnmaskingRow]("户编号", "Household", lambda row: row.household_no, link=_page),
        Column[UnmaskingRow]("人编号", "Person", lambda row: row.person_no),
        Column[UnmaskingRow]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[UnmaskingRow]("理由", "Reason", lambda row: row.reason),
    )
    data = {
        "search": {"by": by, "area": inside},
        "areas": [
            (one.code, areas().full_name(one.code))
            for one in areas().inside(ask.officer.area_code)
            if one.level == "town"
        ],
    }
    listing = Listing(columns, rows, total, ask.paging)
    return View(Words("查看完整号码记录", "Whole numbers seen"), data, listing)


def _page(row: UnmaskingRow) -> str:
    return f"/households/{row.household_id}"
