"""Where resettlement sites are kept."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, func, not_, select, update
from sqlalchemy.exc import IntegrityError

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import households, resettlement_sites
from services.monitoring.domain.relocation.errors import SiteNameTakenError, SiteNotFoundError
from services.monitoring.domain.relocation.site import ResettlementSite, SiteDuty
from shared.messaging.bulk import among
from shared.persistence.versioned import add_version, save_version

_OWN = tuple(column.name for column in resettlement_sites.columns if column.name != "version")


class ResettlementSites:
    """The county's sites, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, site: ResettlementSite) -> None:
        """Keep a new site; raises SiteNameTakenError when its village has the name."""
        try:
            add_version(self._connection, resettlement_sites, _row(site))
        except IntegrityError as error:
            raise SiteNameTakenError from error
        site.version = 1

    def save(self, site: ResettlementSite) -> None:
        try:
            save_version(self._connection, resettlement_sites, _row(site), read=site.version)
        except IntegrityError as error:
            raise SiteNameTakenError from error
        site.version += 1

    def get(self, site_id: str) -> ResettlementSite:
        """Return the site; raises SiteNotFoundError."""
        query = select(resettlement_sites).where(resettlement_sites.c.id == site_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise SiteNotFoundError
        return site_from(row)

    def settle(self, site: ResettlementSite, household_ids: Sequence[str]) -> int:
        """Link those of the households that were relocated to the site; return how many that were."""
        wanted = among(self._connection, households.c.id, household_ids)
        # With the next version: whoever saves a household that was read before is refused, not overwritten.
        values = {"resettlement_site_id": site.id, "in_resettlement_site": True}
        change = update(households).where(wanted, households.c.relocated)
        return self._connection.execute(change.values(**values, version=households.c.version + 1)).rowcount

    def settled_elsewhere(self, site: ResettlementSite, household_ids: Sequence[str], area_code: str) -> int:
        """Return how many of the households are outside *area_code* and live at another site."""
        columns = households.c
        query = select(func.count()).where(
            among(self._connection, columns.id, household_ids),
            not_(inside(columns.area_code, area_code)),
            columns.resettlement_site_id.is_not(None),
            columns.resettlement_site_id != site.id,
        )
        return int(self._connection.execute(query).scalar_one())

    def count(self) -> int:
        query = select(func.count()).select_from(resettlement_sites)
        return int(self._connection.execute(query).scalar_one())


def site_from(row: Any) -> ResettlementSite:  # noqa: ANN401  (a row of resettlement_sites)
    """Return the site a row keeps."""
    duties = tuple(SiteDuty(**one) for one in row["duties"])
    return ResettlementSite(**{**row, "duties": duties, "needs": dict(row["needs"])})


def _row(site: ResettlementSite) -> dict[str, Any]:
    return {name: getattr(site, name) for name in _OWN} | {"duties": [asdict(one) for one in site.duties]}
