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
def run(context: typer.Context, root: Root) -> None:
    """Run the image's command in its content, as its user, read-only; the environment is passed on. Needs root."""
    import os

    from deploy.image.build import config_of
    from deploy.image.rooms import command_in, ensure_root
    from deploy.image.starting import image_room

    ensure_root()
    config = config_of(root.resolve())
    room = image_room(root.resolve(), config, passed_on(dict(os.environ)))
    command = command_in(room, [*config.entrypoint, *context.args])
    os.execv(command[0], command)  # noqa: S606  (becomes it)


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
