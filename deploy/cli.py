"""The command ``shouxian``; what it can do is in ``deploy/commands.py``."""

import sys


def main() -> None:
    """Run the command line; what is refused is told in a sentence, not a traceback."""
    if sys.argv[1:2] == ["worker"]:
        # A worker must become cooperative before anything else is imported.
        import shared.broker.patched  # noqa: F401
    import typer

    from deploy.commands import app
    from shared.kernel.errors import Problem

    try:
        app()
    except Problem as problem:
        typer.echo(f"{problem.text('zh')}\n{problem.text('en')}", err=True)
        sys.exit(2)
