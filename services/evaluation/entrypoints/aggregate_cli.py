"""`shouxian evaluation aggregate`: the packs of many counties into one table of sums."""

from pathlib import Path
from typing import Annotated

import orjson
import typer

from shared.kernel.errors import Problem


def add_aggregate_command(app: typer.Typer) -> None:
    """Add ``aggregate`` to *app*."""
    app.command("aggregate")(aggregate)


def aggregate(
    packs: Annotated[
        list[Path], typer.Argument(metavar="PACK…", help="a pack's folder, one for each county")
    ],
    out: Annotated[Path, typer.Option(help="the table: .json or .csv")],
    digests: Annotated[
        Path | None,
        typer.Option(help="packs.json with the digest each county published; by the folder's name"),
    ] = None,
) -> None:
    """Verify packs, then add up each indicator over their counties; nothing below a county, no small counts.

    One pack that does not verify, and nothing is written. Without --digests it is only shown that each pack
    agrees with itself, not that it is the one its county published.
    """
    from services.evaluation.adapters.pack_sum import (
        as_csv,
        as_json,
        load_smallest_cell,
        read_pack_sum,
        sums_document,
    )
    from services.evaluation.settings import Settings

    if out.suffix not in (".json", ".csv"):
        raise typer.BadParameter("--out must end in .json or .csv")
    published = _published(packs, digests)
    try:
        sums = [read_pack_sum(pack, digest=published.get(pack.name, "")) for pack in packs]
        folder: Path = Settings.model_fields["rulebook_dir"].default
        document = sums_document(sums, load_smallest_cell(folder))
    except Problem as problem:
        typer.echo(f"{problem.text('zh')}\n{problem.text('en')}", err=True)
        raise typer.Exit(1) from problem
    out.write_bytes(as_json(document) if out.suffix == ".json" else as_csv(document))
    withheld = sum(len(one["withheld"]) for one in document["indicators"])
    typer.echo(
        f"{len(sums)} 个县 counties, {len(document['indicators'])} 项指标 indicators, "
        f"{withheld} 个单元因数小未报 cells withheld as too small (<{document['smallest_cell']['value']})"
    )


def _published(packs: list[Path], digests: Path | None) -> dict[str, str]:
    if digests is None:
        return {}
    listed = {one["county"]: one["digest"] for one in orjson.loads(digests.read_bytes())}
    for pack in packs:
        if not listed.get(pack.name):
            raise typer.BadParameter(f"{digests.name} has no digest of {pack.name}")
    return listed
