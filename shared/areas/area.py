"""An area, all areas of the county, and which code lies inside which."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml

from shared.kernel.errors import NotFoundError

Level = Literal["county", "town", "village"]

COUNTY = "610327"
"""Longxian (GB/T 2260)."""

_LEVELS: Mapping[int, Level] = {6: "county", 9: "town", 12: "village"}
_FILE = Path(__file__).with_name("longxian.yaml")


class UnknownAreaError(NotFoundError):
    """Raised when a code names no division of this county."""

    code = "unknown_area"
    zh = "没有这个区划代码：{area_code}"
    en = "There is no area with the code {area_code}"


@dataclass(frozen=True, slots=True)
class Area:
    """One division. An *invented* one stands in for a village whose code was not found."""

    code: str
    name: str
    level: Level
    parent: str | None
    invented: bool = False


def level_of(code: str) -> Level:
    """Return the level a code of this length has; refuses any other length, and what is not digits."""
    level = _LEVELS.get(len(code))
    if level is None or not (code.isascii() and code.isdigit()):
        raise UnknownAreaError(area_code=code[:20])
    return level


def contains(outer: str, inner: str) -> bool:
    """Say whether *inner* lies in *outer* or is it, by the codes alone.

    A code of no level contains nothing and lies nowhere: a cut-off code must not
    open a whole county.
    """
    whole = all(len(code) in _LEVELS and code.isascii() and code.isdigit() for code in (outer, inner))
    return whole and inner.startswith(outer)


def town_of(code: str) -> str:
    """Return the town of a village or town code."""
    if level_of(code) == "county":
        raise UnknownAreaError(area_code=code)
    return code[:9]


class Areas:
    """Every division of the county, in the order of their codes."""

    def __init__(self, every: Iterable[Area], source: str) -> None:
        self._by_code = {area.code: area for area in sorted(every, key=lambda area: area.code)}
        self.source = source

    def get(self, code: str) -> Area:
        """Return the area with *code*; raises UnknownAreaError."""
        area = self._by_code.get(code)
        if area is None:
            raise UnknownAreaError(area_code=code[:20])
        return area

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    @property
    def county(self) -> Area:
        return self._by_code[COUNTY]

    def towns(self) -> tuple[Area, ...]:
        return tuple(area for area in self._by_code.values() if area.level == "town")

    def villages(self, town: str | None = None) -> tuple[Area, ...]:
        """Return the villages of *town*, or of the whole county."""
        outer = COUNTY if town is None else self.get(town).code
        return tuple(area for area in self.inside(outer) if area.level == "village")

    def inside(self, code: str) -> tuple[Area, ...]:
        """Return the area with *code* and everything in it."""
        return tuple(area for area in self._by_code.values() if contains(code, area.code))

    def path(self, code: str) -> tuple[Area, ...]:
        """Return the areas from the county down to *code*."""
        area = self.get(code)
        above = self.path(area.parent) if area.parent is not None else ()
        return (*above, area)

    def full_name(self, code: str) -> str:
        """Return e.g. 陇县固关镇上岔村."""
        return "".join(area.name for area in self.path(code))


@lru_cache(maxsize=1)
def areas() -> Areas:
    """Return the divisions of the county, read once."""
    return _read(yaml.safe_load(_FILE.read_text(encoding="utf-8")))


def _read(data: Mapping[str, Any]) -> Areas:
    every = [Area(data["county"]["code"], data["county"]["name"], "county", None)]
    for town in data["towns"]:
        every.append(Area(town["code"], town["name"], "town", data["county"]["code"]))
        every.extend(
            Area(village["code"], village["name"], "village", town["code"], village.get("invented", False))
            for village in town["villages"]
        )
    return Areas(every, data["source"])
