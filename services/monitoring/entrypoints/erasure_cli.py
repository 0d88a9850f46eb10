"""Erasures on the command line: asked by one account, confirmed by another, repeated after a restore."""

import json
from pathlib import Path
from typing import Annotated

import typer

from shared.accounts import Account, open_accounts
from shared.audit import Sealed
from shared.audit.by_hand import deed_by_hand
from shared.kernel.errors import InvalidInputError
from shared.settings import setting_of

cli = typer.Typer(name="erase", help="个人信息删除 · erase a person.", no_args_is_help=True)

By = Annotated[str, typer.Option("--by", help="The county account (its id or login) that answers for it.")]
Where = Annotated[
    str,
    typer.Option(
        "--accounts-url",
        help="The accounts' database; otherwise SHOUXIAN_ACCOUNTS_URL, or what the sites' settings say.",
    ),
]
List = Annotated[Path, typer.Argument(metavar="FILE", help="Ids of persons erased; no personal data.")]


class NotACountyAccountError(InvalidInputError):
    """Raised for somebody who could not do it on the page: no account, a closed one, another role."""

    code = "not_a_county_account"
    zh = "--by 须是一个未停用的县级账户"
    en = "--by must be an account of the county that is not closed"


@cli.command()
def ask(
    person_id: Annotated[str, typer.Argument(help="The person's id.")],
    by: By,
    ground: Annotated[
        str, typer.Option(help="purpose_ended, retention_over, consent_withdrawn, unlawful, other.")
    ] = "purpose_ended",
    reason: Annotated[str, typer.Option(help="Needed when something speaks against it.")] = "",
    accounts_url: Where = "",
) -> None:
    """申请删除。Ask for an erasure; nothing is erased before another account confirms it."""
    from services.monitoring.bootstrap import bootstrap
    from services.monitoring.service_layer.erasure import AskErasure, ask_erasure

    officer = _officer(by, accounts_url)
    service = bootstrap()
    command = AskErasure(person_id=person_id, ground=ground, reason=reason, by=officer.id)
    uow = service.uow(_sealed("erasure.ask", person_id, officer))
    typer.echo(ask_erasure(command, uow, service.erasure_policy))


@cli.command()
def confirm(
    erasure_id: Annotated[str, typer.Argument(help="What ``ask`` printed.")],
    by: By,
    accounts_url: Where = "",
) -> None:
    """确认删除，不可恢复。Erase the person, for good; *by* must not be who asked."""
    from services.monitoring.bootstrap import bootstrap
    from services.monitoring.service_layer.erasure import SettleErasure, confirm_erasure

    officer = _officer(by, accounts_url)
    service = bootstrap()
    uow = service.uow(_sealed("erasure.confirm", erasure_id, officer))
    rows = confirm_erasure(SettleErasure(erasure_id=erasure_id, by=officer.id), uow, service.erasure_policy)
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
    """恢复备份后再次删除。Erase again whom a restored backup brought back, by the list kept beside it.

    It asks nobody a second time: who is on the list was confirmed by two before. Each is entered.
    """
    from services.monitoring.adapters.erasing import erase_again
    from services.monitoring.bootstrap import bootstrap
    from shared.audit import append

    service = bootstrap()
    listed = [(str(one), str(erasure)) for one, erasure in json.loads(file.read_text(encoding="utf-8"))]
    with service.uow() as uow:
        done = erase_again(uow.connection, listed, by="", at=service.clock())
        for person_id, erasure_id in done:
            about = ("person", person_id)
            append(uow.connection, deed_by_hand("erasure.again", about=about, erasure=erasure_id))
        append(uow.connection, deed_by_hand("erasure.again.done", listed=len(listed), erased=len(done)))
        uow.commit()
    typer.echo(f"再次删除 erased again: {len(done)}")


def _officer(by: str, accounts_url: str) -> Account:
    """Return the county's account *by* names; raises NotACountyAccountError."""
    from services.monitoring.settings import Settings

    url = accounts_url or setting_of("SHOUXIAN_ACCOUNTS_URL") or Settings().accounts_url
    for one in open_accounts(url).every():
        if by in (one.id, one.login) and one.role == "county" and not one.disabled:
            return one
    raise NotACountyAccountError


def _sealed(action: str, object_id: str, officer: Account) -> Sealed:
    # Nobody is signed in here: who did it is the machine's user; whom they named is a detail.
    return Sealed(deed_by_hand(action, about=("erasure", object_id), account=officer.id))
