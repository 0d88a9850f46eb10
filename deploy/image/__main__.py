"""``python -m deploy.image``: build the image's content, run commands from it, bring the whole county up."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from shared.kernel.errors import Problem

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)
SOURCE = Path(__file__).resolve().parents[2]

Root = Annotated[Path, typer.Option(help="Where the image's content is built; some 700 MB.")]


@app.command()
def build(root: Root, source: Annotated[Path, typer.Option(help="The repository.")] = SOURCE) -> None:
    """Carry out deploy/Dockerfile in a clean root and say what came of it. Needs root and debootstrap."""
    from deploy.image.build import Build, arguments_of

    contents, config = Build(source.resolve(), root.resolve(), arguments_of(source)).run()
    print(f"size      {contents.size / 1e6:.0f} MB in {contents.files} files")
    print(f"set-uid   {len(contents.privileged)}   build tools {len(contents.tools)}   user {config.user}")
    print(f"revision  {config.labels['org.opencontainers.image.revision']}")
    print(f"digest    {contents.digest}")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run(
    context: typer.Context,
    root: Root,
    data: Annotated[Path | None, typer.Option(help="A folder it may write to, shown as /data.")] = None,
) -> None:
    """Run the image's command in its content, as its user, read-only. Needs root."""
    import os

    from deploy.image.build import config_of
    from deploy.image.rooms import Bind, command_in, ensure_root
    from deploy.image.starting import image_room

    ensure_root()
    config = config_of(root.resolve())
    binds = [Bind(data.resolve(), "/data", writable=True)] if data else []
    room = image_room(root.resolve(), config, passed_on(dict(os.environ)), binds)
    command = command_in(room, [*config.entrypoint, *context.args])
    os.execv(command[0], command)  # noqa: S606  (becomes it)


State = Annotated[Path, typer.Option(help="Where the county keeps its data and logs.")]
Secrets = Annotated[
    Path, typer.Option(envvar="SHOUXIAN_SECRETS", help="The folder made by deploy/bin/secrets.sh.")
]


@app.command()
def up(
    root: Root,
    state: State,
    secrets: Secrets,
    seconds: Annotated[float, typer.Option(help="How long to wait for it.")] = 240,
) -> None:
    """Bring up what deploy/compose.yaml says, as processes of this machine, and wait until it is healthy."""
    import os

    from deploy.image import county
    from deploy.image.rooms import ensure_root

    ensure_root()
    os.environ["SHOUXIAN_SECRETS"] = str(secrets.resolve())
    keeper = county.start(root.resolve(), state.resolve())
    fine = county.wait_until_up(state, keeper, seconds)
    _show(state)
    raise typer.Exit(0 if fine else 1)


@app.command(hidden=True)
def keep(root: Root, state: State) -> None:
    """Be the process that keeps the county; ``up`` starts it."""
    from deploy.image import county

    county.keep(root, state)


@app.command()
def down(state: State) -> None:
    """Stop everything; data and logs stay."""
    from deploy.image import county

    raise typer.Exit(0 if county.take_down(state) else 1)


@app.command()
def status(state: State) -> None:
    """Show each service: its state, its process, how often it was started again."""
    _show(state)


@app.command()
def logs(name: Annotated[str, typer.Argument(help="A service of compose.yaml.")], state: State) -> None:
    """Print the last hundred lines a service has written, then what it writes, until Ctrl-C."""
    import os

    from deploy.image.rooms import program

    path = state / "logs" / f"{Path(name).name}.log"
    os.execv(program("tail"), ["tail", "-n", "100", "-F", str(path)])  # noqa: S606  (becomes it)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def console(context: typer.Context, root: Root, state: State, secrets: Secrets) -> None:
    """Run a `shouxian` command of an operator in the running county: `console … -- account list`."""
    import os

    from deploy.image import county

    county.status_of(state)
    environment = {**os.environ, "SHOUXIAN_SECRETS": str(secrets.resolve())}
    running = county.CountyProcesses(root.resolve(), state.resolve(), environment)
    command = running.recipes.command(running.compose.services["console"], context.args)
    os.execv(command[0], command)  # noqa: S606  (becomes it)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def enter(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A running service of compose.yaml.")],
    root: Root,
    state: State,
    secrets: Secrets,
) -> None:
    """Run a program beside a running service, as its user: `enter postgresql … -- psql -h /tmp`."""
    import os

    from deploy.image import county
    from deploy.image.refusals import NotUpError

    told = county.status_of(state)["services"].get(name)
    if told is None or told["pid"] is None:
        raise NotUpError(state=name)
    environment = {**os.environ, "SHOUXIAN_SECRETS": str(secrets.resolve())}
    running = county.CountyProcesses(root.resolve(), state.resolve(), environment)
    command = running.recipes.beside(running.compose.services[name], told["pid"], context.args)
    os.execv(command[0], command)  # noqa: S606  (becomes it)


def _show(state: Path) -> None:
    from deploy.image import county

    for name, one in county.status_of(state)["services"].items():
        again = f"started again {one['restarts']} times" if one["restarts"] else ""
        print(f"{name:<22}{one['state']:<12}{one['pid'] or '-':<9}{again}".rstrip())


def passed_on(environment: dict[str, str]) -> dict[str, str]:
    """Return what of this shell's settings the county's processes may see: theirs alone."""
    ours = ("MONITORING_", "EMPLOYMENT_", "FINANCE_", "EVALUATION_", "SHOUXIAN_", "METRICS_PORT")
    return {name: value for name, value in environment.items() if name.startswith(ours)}


def main() -> None:
    """Run the command line; what is refused is told in a sentence, not a traceback."""
    try:
        app()
    except Problem as problem:
        typer.echo(f"{problem.text('zh')}\n{problem.text('en')}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
