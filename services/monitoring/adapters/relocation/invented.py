"""Thirty-three invented resettlement sites, as the plan counts them: no list of the real ones was found."""

from datetime import date

from services.monitoring.service_layer.relocation.site import RecordSite
from shared.areas import areas

SITES = 33
"""Plan item 14: 全县33个易地搬迁集中安置点."""
_NAMES = ("安康", "幸福", "和顺", "惠民", "新安", "兴业", "祥和", "福源", "锦绣", "康乐", "永安")


def invented_sites(on: date) -> list[RecordSite]:
    """Return the sites, spread over the villages of all towns in turn; every one is marked as invented."""
    by_town = [areas().villages(town.code) for town in areas().towns()]
    found = []
    for number in range(SITES):
        villages = by_town[number % len(by_town)]
        village = villages[number // len(by_town) % len(villages)]
        name = f"{_NAMES[number % len(_NAMES)]}示例安置点{number + 1}"
        found.append(RecordSite(name=name, area_code=village.code, on=on, invented=True))
    return found
