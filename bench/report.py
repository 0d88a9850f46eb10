"""The table that the README quotes."""

from collections.abc import Sequence
from typing import Any

from bench.producer import Variant

_ALL = ("second", "last", "postgresql", "rabbitmq")


def table(found: dict[str, Any], variants: Sequence[Variant]) -> str:
    """Return what was found as the table that the README quotes."""
    plain = found["throughput"]["plain"]["per_second"]
    lines = [
        "| variant | events/s | × plain nameko | × lean | peak MB: second/last | CPU µs an event: "
        + "/".join(_ALL)
        + " |",
        "|---|---|---|---|---|---|",
    ]
    for variant in variants:
        one = found["throughput"][variant.name]
        memory = "/".join(f"{one['peak_mb'][name]:.0f}" for name in ("second", "last"))
        cpu = "/".join(f"{one['cpu_us'][name]:.0f}" for name in _ALL)
        lines.append(
            f"| {variant.words} | {one['per_second']:,} | {one['ratio']:.1f} | {one['ratio_lean']:.1f} "
            f"| {memory} | {cpu} |"
        )
    lines += [
        f"| limit: {name} | {value:,} | {value / plain:.1f} | | | |"
        for name, value in found["limits"].items()
    ]
    lines += [
        "",
        "| latency, ms p50/p99 | offered | effect committed | second reader committed |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {one['what']} | {one['rate']}/s | {_pair(one['second'])} | {_pair(one['last'])} |"
        for one in found["latency"]
    ]
    return "\n".join(lines)


def _pair(found: dict[str, float]) -> str:
    return f"{found['p50']}/{found['p99']}" if found else "-"
