"""The commands of `detente`, and the one place where errors become exit statuses."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from detente.cli import (
    check,
    diff,
    explain,
    figures,
    index,
    init,
    lexicon,
    power,
    report,
    run,
    score,
    train,
    validate,
    why,
)
from detente.cli.console import close_pipe, complain, forgive_encoding
from detente.cli.naming import Command
from detente.engines.threads import keep_algebra_to_one_thread
from detente.errors import DetenteError

__all__ = ["app"]

_EPILOG = """\
Examples:

\b
  detente run                            the study of this folder, else Russia-Turkey
  detente run japan-korea --output out   a bundled study, written below out/
  detente init my-study --dyad IND PAK   start a study of your own
  detente check my-study                 report every problem of its data

Exit status: 0 fine; 1 errors in the data or the study; 2 wrong usage; 130 interrupted.
"""


class _Group(TyperGroup):
    """Tells errors without a traceback and turns them into the documented exit statuses."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        forgive_encoding()
        keep_algebra_to_one_thread()
        try:
            return super().invoke(ctx)
        except DetenteError as error:
            complain(error.message, error.remedy)
            raise typer.Exit(1) from error
        except KeyboardInterrupt as error:
            complain("Interrupted.", "Files of this command were not written.")
            raise typer.Exit(130) from error
        except BrokenPipeError as error:
            # The reader of our output, such as `head`, has seen enough.
            close_pipe()
            raise typer.Exit(0) from error


app = typer.Typer(
    name="detente",
    cls=_Group,
    help="A thermometer for the relations between two countries, read from what their "
    "officials say about each other.",
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(is_asked: bool) -> None:
    if is_asked:
        import detente

        typer.echo(f"detente {detente.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Hold the options that stand before a command."""


_VERBS = (
    run,
    check,
    score,
    index,
    figures,
    report,
    why,
    diff,
    power,
    init,
    explain,
    lexicon,
    validate,
    train,
)
for _verb in _VERBS:
    _name = _verb.__name__.rpartition(".")[2]
    app.command(_name, cls=Command, epilog=_verb.EXAMPLES)(getattr(_verb, _name))
