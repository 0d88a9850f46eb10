"""`shouxian messages`: how messages stand, where they go, what was set aside and what is done about it."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.messages.acting_commands import add_acting_commands
from deploy.messages.given import Given
from deploy.messages.looking_commands import add_looking_commands
from deploy.messages.reader_commands import add_reader_commands
from deploy.messages.wire_commands import add_wire_commands
from shared.audit.by_hand import whoever_runs_it

messages = typer.Typer(
    name="messages", help="消息 · queues, outboxes, what was set aside, and why.", no_args_is_help=True
)


@messages.callback()
def begin(
    context: typer.Context,
    service: Annotated[
        list[str] | None, typer.Option(help="monitoring, employment, finance, evaluation; without it, all")
    ] = None,
    data_dir: Annotated[
        Path | None, typer.Option(help="the folder of the embedded county (else the environment)")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="answer as JSON")] = False,  # noqa: FBT002
    by: Annotated[
        str, typer.Option(help="who does it, if not whoever is signed in at this machine", show_default=False)
    ] = "",
) -> None:
    """Operate messages. Exit codes: 0 done, 2 refused, 3 something is still at fault, 4 not reachable."""
    context.obj = Given(tuple(service or ()), data_dir, as_json, by[:64] or whoever_runs_it().account_id)


add_looking_commands(messages)
add_wire_commands(messages)
add_acting_commands(messages)
add_reader_commands(messages)
