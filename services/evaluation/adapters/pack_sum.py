"""What a verified pack says of its county as a whole, and the table of many: sums, no household."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import orjson

from services.evaluation.adapters.pack import LINES, MANIFEST
from services.evaluation.adapters.pack_check import verify_pack
from services.evaluation.adapters.pack_events import TOWNS
from services.evaluation.adapters.pack_proof import SHARES
from services.evaluation.adapters.rules import load_rulebook
from services.evaluation.domain.board_document import exact, rounded
from services.evaluation.domain.county_sum import AddedUp, CountySum, added_up
from services.evaluation.domain.errors import PacksDifferError, PackUnsoundError
from services.evaluation.domain.rule import Indicator
from services.evaluation.service_layer.canonical import canonical
from shared.parameters.figure import DatedFigure
from shared.parameters.load import load_figures

FORMAT = "shouxian-county-sums-1"
POLICY = "policy/passing_up.yaml"
_HAS_A_VALUE = frozenset({"scored", "shown"})
_COUNTY_DIGITS = 6

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PackSum:
    """A sound pack: county, digest, day, and the sum of each indicator that can be added.

    *medians* name the indicators whose values no sum can tell.
    """

    county: str
    digest: str
    as_of: date
    events: int
    sums: Mapping[str, CountySum]
    rules: Mapping[str, str]
    medians: tuple[str, ...]
    indicators: Mapping[str, Indicator]


def load_smallest_cell(folder: Path) -> DatedFigure[int]:
    """Return the smallest count that is passed up, from *folder* (``policy/`` inside)."""
    return load_figures(folder / POLICY).whole("smallest_cell")


def read_pack_sum(folder: Path, *, digest: str = "") -> PackSum:
    """Verify the pack in *folder* and return its sums; with *digest* it must be that pack and no other.

    Raises PackUnsoundError before a figure of it is used.
    """
    verdict = verify_pack(folder, digest=digest)
    if not verdict.sound:
        raise PackUnsoundError(pack=folder.name, file=verdict.file, what=verdict.what)
    manifest = orjson.loads((folder / MANIFEST).read_bytes())
    county = _county_of(folder)
    rulebook = load_rulebook(folder)
    indicators = {one.id: one for one in rulebook.indicators}
    of_indicator, cases = defaultdict(list), _cases(folder)
    for line in orjson.loads((folder / LINES).read_bytes()):
        if line["status"] in _HAS_A_VALUE:
            of_indicator[line["indicator"]].append(line)
    return PackSum(
        county,
        verdict.digest,
        date.fromisoformat(manifest["as_of"]),
        verdict.events,
        {
            name: _county_sum(county, indicators[name], lines, cases)
            for name, lines in of_indicator.items()
            if indicators[name].kind != "median"
        },
        {one.id: one.version for one in rulebook.indicators},
        tuple(sorted(one.id for one in rulebook.indicators if one.kind == "median")),
        indicators,
    )


def _county_of(folder: Path) -> str:
    codes = {str(town["code"])[:_COUNTY_DIGITS] for town in orjson.loads((folder / TOWNS).read_bytes())}
    if len(codes) != 1:
        raise PackUnsoundError(pack=folder.name, file=TOWNS, what="holds towns of no county or of several")
    return codes.pop()


def _cases(folder: Path) -> Mapping[str, int]:
    """Return by line how many shares it adds up from."""
    found: dict[str, int] = {}
    for raw in (folder / SHARES).read_bytes().splitlines():
        group = orjson.loads(raw)
        found.update(dict.fromkeys(group["lines"], len(group["shares"])))
    return found


def _county_sum(
    county: str, indicator: Indicator, lines: Sequence[Document], cases: Mapping[str, int]
) -> CountySum:
    """Add up the towns; where none has the indicator, the departments' own, or the one value all have."""
    if indicator.of_towns:
        # Departments with a line beside the towns have the towns' sum or a part of it: not added twice.
        chosen = [line for line in lines if line["unit"].isdigit()]
    else:
        chosen = sorted(lines, key=lambda line: str(line["unit"]))
        chosen = chosen[:1] if indicator.department_value == "county" else chosen
    return CountySum(
        county,
        sum((Fraction(line["numerator"]) for line in chosen), Fraction(0)),
        sum((Fraction(line["denominator"]) for line in chosen), Fraction(0)),
        indicator.kind == "rate" and not indicator.split_target,
        sum(cases[line["id"]] for line in chosen) if indicator.counted_in == "fen" else None,
    )


def sums_document(packs: Iterable[PackSum], smallest: DatedFigure[int]) -> Document:
    """Return the table of *packs*: by indicator each county's sum and the total of what is shown.

    Raises PacksDifferError for packs of other days or rules, CountyTwiceError for two of one county.
    """
    ordered = sorted(packs, key=lambda pack: (pack.county, pack.digest))
    first = ordered[0]
    for pack in ordered:
        _require_alike(first, pack)
    limit = smallest.entry_on(first.as_of)
    return {
        "format": FORMAT,
        "as_of": first.as_of.isoformat(),
        "smallest_cell": {"value": limit.value, "confirmed": limit.confirmed, "source": limit.source},
        "counties": [
            {"county": pack.county, "digest": pack.digest, "events": pack.events} for pack in ordered
        ],
        "not_added": list(first.medians),
        "indicators": [
            _indicator(
                first.indicators[name],
                added_up([pack.sums[name] for pack in ordered if name in pack.sums], limit.value),
            )
            for name in sorted({name for pack in ordered for name in pack.sums})
        ],
    }


def _require_alike(first: PackSum, pack: PackSum) -> None:
    if pack.as_of != first.as_of:
        raise PacksDifferError(pack=pack.county, what="as_of")
    for name in sorted(set(pack.rules) | set(first.rules)):
        if pack.rules.get(name) != first.rules.get(name):
            raise PacksDifferError(pack=pack.county, what=f"rule {name}")


def _indicator(indicator: Indicator, added: AddedUp) -> Document:
    return {
        "indicator": indicator.id,
        "name": indicator.name.zh,
        "unit": indicator.shown_unit,
        "rule_sha256": indicator.version,
        "counties": [
            {
                "county": one.county,
                "numerator": exact(one.numerator),
                "denominator": exact(one.denominator),
                "value": rounded(AddedUp((one,), ()).value),
            }
            for one in added.shown
        ],
        "withheld": list(added.withheld),
        "numerator": exact(added.numerator) if added.shown else None,
        "denominator": exact(added.denominator) if added.shown else None,
        "value": rounded(added.value),
    }


def as_json(document: Document) -> bytes:
    """Return *document* as RFC 8785 JSON: the same bytes for the same packs in any order."""
    return canonical(document) + b"\n"


def as_csv(document: Document) -> bytes:
    """Return a row for each county and indicator, ``-`` where withheld, and a row ``total`` below them."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\n").writerow
    write(("indicator", "name", "unit", "county", "numerator", "denominator", "value"))
    for one in document["indicators"]:
        about = (one["indicator"], one["name"], one["unit"])
        rows = [
            (row["county"], row["numerator"], row["denominator"], row["value"]) for row in one["counties"]
        ]
        rows += [(county, "-", "-", "-") for county in one["withheld"]]
        for row in (*sorted(rows), ("total", one["numerator"], one["denominator"], one["value"])):
            write((*about, *("" if cell is None else cell for cell in row)))
    return out.getvalue().encode("utf-8-sig")
