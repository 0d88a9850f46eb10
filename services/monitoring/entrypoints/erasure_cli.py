"""Erasures on the command line: asked by one account, confirmed by another, repeated after a restore."""

import json
from pathlib import Path
from typing import Annotated

import typer

from shared.audit import Deed, Sealed, Trace, Who

cli = typer.Typer(name="erase", help="个人信息删除 · erase a person.", no_args_is_help=True)

By = Annotated[str, typer.Option("--by", help="The account (its id or login) that answers for it.")]
List = Annotated[Path, typer.Argument(metavar="FILE", help="Ids of persons erased; no personal data.")]


@cli.command()
def ask(
    person_id: Annotated[str, typer.Argument(help="The person's id.")],
    by: By,
    ground: Annotated[
        str, typer.Option(help="purpose_ended, retention_over, consent_withdrawn, unlawful, other.")
    ] = "purpose_ended",
    reason: Annotated[str, typer.Option(help="Needed when something speaks against it.")] = "",
) -> None:
    """申请删除。Ask for an erasure; nothing is erased before another account confirms it."""
    from services.monitoring.bootstrap import bootstrap
    from services.monitoring.service_layer.erasure import AskErasure, ask_erasure

    service = bootstrap()
    command = AskErasure(person_id=person_id, ground=ground, reason=reason, by=by)
    typer.echo(
        ask_erasure(command, service.uow(_sealed("erasure.ask", by, person_id)), service.erasure_policy)
    )


@cli.command()
def confirm(erasure_id: Annotated[str, typer.Argument(help="What ``ask`` printed.")], by: By) -> None:
    """确认删除，不可恢复。Erase the person, for good; *by* must not be who asked."""
    from services.monitoring.bootstrap import bootstrap
    from services.monitoring.service_layer.erasure import SettleErasure, confirm_erasure

    service = bootstrap()
    uow = service.uow(_sealed("erasure.confirm", by, erasure_id))
    rows = confirm_erasure(SettleErasure(erasure_id=erasure_id, by=by), uow, service.erasure_policy)
    typer.echo(f"已删除 erased: {rows}")


@cli.command("list")
def write_list(file: List) -> None:
    """写出已删除人员标识。Write the ids of everybody erased; keep the file beside every backup."""
    from services.monitoring.adapters.erasing import tombstones
    from services.monitoring.bootstrap import bootstrap
    from shared.persistence.engine import reading

    with reading(bootstrap().engine) as connection:
        found = tombstones(connection)
    file.write_text(json.dumps(found, indent=0) + "\n", encoding="utf-8")
    typer.echo(f"{len(found)}  {file}")


@cli.command()
def again(file: List) -> None:
    """恢复备份后再次删除。Erase again whom a restored backup brought back, by the list kept beside it."""
    from services.monitoring.adapters.erasing import erase_again
    from services.monitoring.bootstrap import bootstrap

    service = bootstrap()
    listed = [(str(one), str(erasure)) for one, erasure in json.loads(file.read_text(encoding="utf-8"))]
    with service.uow(_sealed("erasure.again", "", "")) as uow:
        count = erase_again(uow.connection, listed, by="", at=service.clock())
        uow.commit()
    typer.echo(f"再次删除 erased again: {count}")


def _sealed(action: str, by: str, object_id: str) -> Sealed:
    who = Who(by, "county" if by else "system")
    return Sealed(Deed(action, who, Trace("command line"), object_kind="erasure", object_id=object_id))
