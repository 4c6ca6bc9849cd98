"""detente init: a new study."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.console import say
from detente.cli.options import Quiet

__all__ = ["EXAMPLES", "init"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente init my-study --dyad IND PAK
  detente run my-study
"""


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="A new or empty folder.", show_default=False)
    ],
    dyad: Annotated[
        tuple[str, str],
        typer.Option(
            "--dyad",
            metavar="A B",
            help="The two countries, as ISO 3166-1 alpha-3 codes: IND PAK or IND-PAK.",
            show_default=False,
        ),
    ],
    quiet: Quiet = False,
) -> None:
    """Start a new study that runs at once.

    It is a folder with a commented study.toml and example rows. The rows are invented and
    their speakers are placeholders; every output carries EXAMPLE DATA while one of them
    remains.
    """
    from detente.countries import Dyad
    from detente.errors import BadArgumentError
    from detente.study import init_study

    try:
        parsed = Dyad.parse(dyad)
    except BadArgumentError as error:
        raise typer.BadParameter(str(error)) from error
    study = init_study(folder, parsed)
    say(f"Wrote {folder}: {study.title}, with example rows.", quiet=quiet)
    say(f'Next: detente run "{folder}"', quiet=quiet)
