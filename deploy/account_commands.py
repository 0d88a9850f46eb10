"""Accounts on the command line: open, list, new password, link to an identity, close."""

from pathlib import Path
from typing import Annotated

import typer

from services.evaluation.adapters.rules import load_rulebook
from services.evaluation.settings import Settings as Evaluation
from shared.accounts import Account, Accounts, NewAccount, Subject, UnknownAccountError, open_accounts
from shared.accounts.account import ROLES
from shared.accounts.password import made_up
from shared.areas import COUNTY
from shared.audit.by_hand import by_hand
from shared.kernel.errors import InvalidInputError
from shared.settings import setting_of

account = typer.Typer(name="account", help="账户 · who may sign in.", no_args_is_help=True)

ACCOUNTS_URL = "SHOUXIAN_ACCOUNTS_URL"


def _named_by_environment() -> str:
    url = setting_of(ACCOUNTS_URL)
    if not url:
        raise NoAccountsUrlError(setting=ACCOUNTS_URL)
    return url


Where = Annotated[
    str,
    typer.Option(
        "--accounts-url",
        default_factory=_named_by_environment,
        show_default=False,
        help=f"The accounts' database; otherwise {ACCOUNTS_URL}, or the file {ACCOUNTS_URL}_FILE names."
        " Of an embedded county: sqlite:///DATA_DIR/accounts.db",
    ),
]
Login = Annotated[str, typer.Argument(help="The user name.")]


class NoAccountsUrlError(InvalidInputError):
    """Raised when nothing says where the accounts are."""

    code = "no_accounts_url"
    zh = "没有说明账户数据库在哪里：请加 --accounts-url 或设置 {setting}"
    en = "Nothing says where the accounts are: give --accounts-url or set {setting}"


class UnknownRoleError(InvalidInputError):
    """Raised for a role that there is not."""

    code = "unknown_role"
    zh = "没有这个岗位：{role}；可用：{roles}"
    en = "There is no role {role}; there are: {roles}"


class UnknownUnitError(InvalidInputError):
    """Raised for a department that no plan names: measures are asked of units by their official names."""

    code = "unknown_unit"
    zh = "没有这个部门：{unit}；可用：{units}"
    en = "There is no department {unit}; there are: {units}"


_SITES = {"县人社局": "employment", "县人行": "finance", "县财政局": "finance"}
"""The site whose work a department does; the others answer on monitoring's pages."""


@account.command()
def add(
    login: Login,
    accounts_url: Where,
    name: Annotated[str, typer.Option(help="The name shown.")],
    role: Annotated[str, typer.Option(help=", ".join(ROLES))],
    unit: Annotated[str, typer.Option(help="The office, e.g. 县人社局.")],
    area: Annotated[str, typer.Option(help="Code of the county, town or village.")] = COUNTY,
    service: Annotated[
        str, typer.Option(help="The site whose work a department does; without it, that of its unit.")
    ] = "",
) -> None:
    """Open an account; its password is made up and shown once."""
    given = next((known for known in ROLES if known == role), None)
    if given is None:
        raise UnknownRoleError(role=role[:20], roles=", ".join(ROLES))
    if given == "department":
        _ensure_known(unit)
        service = service or _SITES.get(unit, "")
    password = made_up()
    new = NewAccount(login, name, given, unit, area, service or None)
    _accounts(accounts_url).create(new, password, by_hand())
    typer.echo(f"{login}  {password}")


@account.command("list")
def list_accounts(accounts_url: Where) -> None:
    """List all accounts; never their passwords."""
    for one in _accounts(accounts_url).every():
        state = "停用 closed" if one.disabled else ""
        typer.echo(f"{one.login:<16}{one.role:<12}{one.area_code:<14}{one.unit}  {one.display_name}  {state}")


@account.command()
def password(login: Login, accounts_url: Where) -> None:
    """Give an account a new password, shown once; its sessions end."""
    accounts = _accounts(accounts_url)
    new = made_up()
    accounts.set_password(_named(accounts, login).id, new, by_hand())
    typer.echo(f"{login}  {new}")


@account.command()
def close(login: Login, accounts_url: Where) -> None:
    """Close an account to sign-in; what it did stays."""
    accounts = _accounts(accounts_url)
    accounts.disable(_named(accounts, login).id, by_hand())
    typer.echo(f"{login} 已停用 closed")


@account.command()
def link(
    login: Login,
    accounts_url: Where,
    subject: Annotated[str, typer.Option(help="The identifier the sign-in page showed the person.")],
    issuer: Annotated[
        str, typer.Option(envvar="SHOUXIAN_OIDC_ISSUER", help="The identity provider, as in OIDC_ISSUER.")
    ],
) -> None:
    """Let one identity of the identity provider come in as this account."""
    accounts = _accounts(accounts_url)
    accounts.link(_named(accounts, login).id, Subject(issuer, subject), by_hand())
    typer.echo(f"{login} 已关联 linked")


@account.command()
def unlink(login: Login, accounts_url: Where) -> None:
    """Take the link away: the account's identity comes in no more, its password still does."""
    accounts = _accounts(accounts_url)
    accounts.link(_named(accounts, login).id, None, by_hand())
    typer.echo(f"{login} 已取消关联 unlinked")


def _ensure_known(unit: str) -> None:
    """Refuse a unit that is not assessed as a department: nothing would ever be asked of it."""
    units = load_rulebook(Evaluation().rulebook_dir).departments
    if unit not in units:
        raise UnknownUnitError(unit=unit[:20], units="、".join(units))


def _accounts(url: str) -> Accounts:
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    return open_accounts(url)


def _named(accounts: Accounts, login: str) -> Account:
    found = next((one for one in accounts.every() if one.login == login), None)
    if found is None:
        raise UnknownAccountError
    return found
