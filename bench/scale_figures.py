"""The tables of docs/scale.md, out of what was measured: every figure is computed here and nowhere else."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.partitions import Partitioned, ratio_words
from bench.province import counties, year_end

RESULTS = Path(__file__).with_name("results")
DOCUMENT = Path(__file__).parents[1] / "docs" / "scale.md"
COUNTIES = {"county": 1, "city": 12, "province": 107, "nation": 2843}
"""City and province as the task gives them (Baoji, Shaanxi); the nation's from memory, unconfirmed."""
SEED, HOUR = "2022", 3600.0
PROCESSES = (1, 2, 4, 8)
WINDOWS = {"two days": 48 * HOUR, "one working day": 8 * HOUR, "the last hour": HOUR}
_YEAR_SECONDS = 365 * 24 * HOUR
_MARK = "<!-- figures: {} -->"


@dataclass(frozen=True, slots=True)
class Costs:
    """What one household or event costs, each from a file in results/."""

    households: int
    """Of the largest county that was measured; costs of a year are that county's."""
    events: float
    cpu_seconds: float
    peak_gigabytes: float
    carried_us: float
    carried_single_us: float
    verify_us: float
    verify_independent_us: float
    verify_megabytes_a_thousand: float
    pack_bytes: float
    journal_bytes: float
    other_bytes: float

    @property
    def events_a_household(self) -> float:
        return self.events / self.households


def _read(name: str) -> Any:  # noqa: ANN401  (whatever a result holds)
    return json.loads((RESULTS / name).read_text())


def costs() -> Costs:
    """Return the costs. Two packs of different size give a slope: what each pack has anyway is no event's."""
    year = max(_read("year.json"), key=lambda one: one["households"])
    throughput = _read("messaging.json")["throughput"]
    small, large = sorted(_read("scale_packs.json"), key=lambda one: one["events"])[-2:]

    def slope(name: str, per: str) -> float:
        return float((large[name] - small[name]) / (large[per] - small[per]))

    return Costs(
        year["households"],
        year["events"],
        year["cpu_seconds"],
        year["peak_megabytes"] / 1000,
        sum(throughput["batched"]["cpu_us"].values()),
        sum(throughput["single"]["cpu_us"].values()),
        1e6 * slope("verify_cpu", "events"),
        1e6 * slope("independent_cpu", "events"),
        1000 * slope("verify_megabytes", "events"),
        slope("pack_bytes", "events"),
        slope("evaluation_bytes", "events"),
        slope("other_bytes", "households"),
    )


def levels(cost: Costs) -> str:
    """Return what each level has in a year if all its counties are as large as the one measured."""
    columns = {name: number * cost.households for name, number in COUNTIES.items()}
    columns["a million households"] = 1_000_000
    rows = {
        "counties": lambda n: f"{n / cost.households:,.1f}".removesuffix(".0"),
        "households": lambda n: f"{n:,}",
        "events in packs, millions": lambda n: f"{n * cost.events_a_household / 1e6:,.1f}",
        "events a second, mean": lambda n: f"{n * cost.events_a_household / _YEAR_SECONDS:,.2f}",
        "processor: the year on one machine each, hours": lambda n: (
            f"{n / cost.households * cost.cpu_seconds / HOUR:,.1f}"
        ),
        "processor: carrying events, batched, hours": lambda n: _carried(n, cost, cost.carried_us),
        "processor: carrying events, one a message, hours": lambda n: _carried(
            n, cost, cost.carried_single_us
        ),
        "processor: verifying packs, hours": lambda n: _carried(n, cost, cost.verify_us),
        "processor: verifying with `verify_pack.py`, hours": lambda n: _carried(
            n, cost, cost.verify_independent_us
        ),
        "disk: journal and boards, GB a year": lambda n: (
            f"{n * cost.events_a_household * cost.journal_bytes / 1e9:,.1f}"
        ),
        "disk: the other three databases, GB": lambda n: f"{n * cost.other_bytes / 1e9:,.1f}",
        "disk: packs as folders, GB a year": lambda n: (
            f"{n * cost.events_a_household * cost.pack_bytes / 1e9:,.1f}"
        ),
        "memory: if all write their packs at once, GB": lambda n: (
            f"{n / cost.households * cost.peak_gigabytes:,.1f}"
        ),
    }
    lines = ["| a year | " + " | ".join(columns) + " |", "|---|" + "---|" * len(columns)]
    lines += [
        f"| {words} | " + " | ".join(shown(number) for number in columns.values()) + " |"
        for words, shown in rows.items()
    ]
    return "\n".join(lines)


def _carried(households: int, cost: Costs, microseconds: float) -> str:
    return f"{households * cost.events_a_household * microseconds / 1e6 / HOUR:,.2f}"


def year_ends(cost: Costs, number: int = COUNTIES["province"]) -> str:
    """Return how long the packs of *number* counties wait, by processes and by the time to send them."""
    lines = [
        "| all send within | processes | p50 | p90 | p99 | longest queue | last after deadline | busy |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for words, window in WINDOWS.items():
        sent = counties(number, SEED, cost.events_a_household, window)
        for processes in PROCESSES:
            one = year_end(sent, processes, cost.verify_us / 1e6, window)
            lines.append(
                f"| {words} | {processes} | {_minutes(one.p50)} | {_minutes(one.p90)} | {_minutes(one.p99)}"
                f" | {one.longest_queue} | {_minutes(one.after_deadline)} | {one.busy:.0%} |"
            )
    sent = counties(number, SEED, cost.events_a_household, 1.0)
    largest = max(one.events for one in sent)
    households = sorted(one.households for one in sent)
    middle, minutes = households[number // 2], _minutes(largest * cost.verify_us / 1e6)
    memory = largest * cost.verify_megabytes_a_thousand / 1e6
    lines += [
        "",
        (
            f"Households of the {number} drawn: {households[0]:,} to {households[-1]:,}, in the middle"
            f" {middle:,}, together {sum(households):,}. The largest pack has {largest:,} events, takes"
            f" {minutes} to verify and some {memory:.1f} GB of memory."
        ),
    ]
    return "\n".join(lines)


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:,.1f} min"


def partitions(found: Mapping[str, Any]) -> str:
    """Return the partitions' table, as it was measured."""
    return ratio_words(Partitioned(**found))


def tables() -> dict[str, str]:
    """Return every table by the name of its place in the document."""
    cost = costs()
    return {
        "levels": levels(cost),
        "year end": year_ends(cost),
        "partitions": partitions(_read("scale_partitions.json")),
    }


def filled(document: str, found: Mapping[str, str]) -> str:
    """Return *document* with each table between its marks; a place that is not there is a KeyError."""
    for name, table in found.items():
        begin, end = _MARK.format(name), _MARK.format(f"end of {name}")
        place = re.compile(re.escape(begin) + r"\n.*?" + re.escape(end), re.DOTALL)
        if len(place.findall(document)) != 1:
            raise KeyError(name)
        document = document.replace(place.findall(document)[0], f"{begin}\n{table}\n{end}")
    return document


def write(places: Sequence[Path] = (DOCUMENT,)) -> None:
    """Bring the tables of *places* up to date."""
    found = tables()
    for place in places:
        place.write_text(filled(place.read_text(), found))
