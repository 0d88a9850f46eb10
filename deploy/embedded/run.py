"""``make run``: a county if there is none, how to sign in, and its processes until Ctrl-C."""

import socket
import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from deploy.embedded.county import accounts_url, open_county
from deploy.embedded.interrupt import ending_at_once
from deploy.embedded.making import MAKING, made, make_county
from deploy.embedded.ownership import owning
from deploy.embedded.supervisor import Child, Supervisor
from shared.accounts import open_accounts
from shared.accounts.demo import demo_accounts
from shared.kernel.errors import ConflictError

_PASSWORDS = "sign-in.json"


class PortTakenError(ConflictError):
    """Raised when something else listens on the port."""

    code = "port_taken"
    zh = "端口 {port} 已被占用，请用 make run PORT=其他端口"
    en = "Port {port} is taken; use make run PORT=another"


def run_county(data_dir: Path, *, port: int, households: int, seed: str, until: date) -> None:
    """Serve the county in *data_dir* until SIGINT or SIGTERM; it is made first if it is not there."""
    with owning(data_dir):
        _require_free(port)
        if made(data_dir) is None:
            with ending_at_once(data_dir / MAKING):
                make_county(data_dir, households=households, seed=seed, until=until)
        county = open_county(data_dir)
        county.upgrade_databases()
        county.close()
        _print_sign_in(data_dir, port)
        Supervisor(
            [
                Child("workers", _command("workers", data_dir)),
                Child("web", [*_command("web", data_dir), str(port)]),
            ]
        ).run()


def _command(role: str, data_dir: Path) -> list[str]:
    return [sys.executable, "-m", "deploy.embedded.processes", role, str(data_dir)]


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104  (as the web process will)
        except OSError:
            raise PortTakenError(port=port) from None


def _print_sign_in(data_dir: Path, port: int) -> None:
    table = Table("账号 login", "密码 password", "身份 who", box=None, pad_edge=False)
    for one in demo_accounts(open_accounts(accounts_url(data_dir)), data_dir / _PASSWORDS):
        table.add_row(one.account.login, one.password, one.account.display_name)
    console = Console()
    console.print(table)
    console.print(f"\n打开 open  http://localhost:{port}/   (Ctrl-C 停止 stops)", highlight=False)
    console.print(f"日志 logs  {data_dir}/web.log  {data_dir}/workers.log", highlight=False)
