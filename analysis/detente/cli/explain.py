"""detente explain: how one text comes by its tone."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Annotated

import typer

from detente.cli.console import columns, say
from detente.cli.options import OtherStudy

__all__ = ["EXAMPLES", "explain"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente explain "Ankara's step is a stab in the back." --source RUS --target TUR
  detente explain "He thanked Moscow." --source TUR --target RUS --on 2015-11-24 --json
  detente explain "He thanked Moscow." --source TUR --target RUS --scorer calibrated --all
  detente explain - --source TUR --target RUS --scorer calibrated < remark.txt
"""


#: No file has a name of so many characters.
_LONGEST_NAME = 200


def explain(
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="A statement; - reads it from standard input.")
    ],
    source: Annotated[
        str,
        typer.Option(
            "--source", metavar="A", help="Who speaks, as alpha-3 code.", show_default=False
        ),
    ],
    target: Annotated[
        str,
        typer.Option("--target", metavar="B", help="Who is spoken of.", show_default=False),
    ],
    scorer: Annotated[
        str | None,
        typer.Option(
            "--scorer",
            help="What gives the tone: target or calibrated (toward the other country), or vader "
            "(the mood of the words). Default: the study's, else target (of detente score: vader).",
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on", metavar="DATE", help="Day said, as 2015-11-24: leaders of that day count."
        ),
    ] = None,
    study: OtherStudy = None,
    is_full: Annotated[
        bool,
        typer.Option("--all", help="The whole text, and a row for each part with all its numbers."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every part.")] = False,
) -> None:
    """Show how a text comes by its tone toward the target.

    Each expression is marked, with its valence, whom it is about, and what turned or
    weakened it. The five strongest parts are shown, and others that give 0.025 or more; the
    rest is one sum (--all shows every part). The parts add up to the tone before it is clipped
    to [-1, 1]: cold below -0.25, warm above +0.25. Of a long text the sentences around the
    strongest expressions are shown. The exit status is 1 where the text has no tone.
    """
    from detente.errors import BadArgumentError
    from detente.study import load_study
    from detente.study.scoring import study_scorer
    from detente.tone import explain as explained
    from detente.tone import get_scorer

    chosen = None if study is None else load_study(study)
    if text == "-":
        text = _standard_input()
    elif len(text) < _LONGEST_NAME and Path(text).is_file():
        raise typer.BadParameter(
            f"{text!r} is a file, and its name would be read as the statement. Give its text: "
            f'detente explain - ... < "{text}"; detente score reads tables of statements.'
        )
    try:
        giver = get_scorer(scorer or "target") if chosen is None else study_scorer(chosen, scorer)
        found = explained(
            text,
            source,
            target,
            scorer=giver,
            on=on,
            aliases=None if chosen is None else chosen.aliases,
        )
    except BadArgumentError as error:
        raise typer.BadParameter(str(error)) from error
    if as_json:
        say(json.dumps(found.to_dict(), indent=2, ensure_ascii=False, allow_nan=False))
    else:
        say(found.text(width=columns(), is_full=is_full, how_full="--all"))
    if math.isnan(found.tone):
        raise typer.Exit(1)


def _standard_input() -> str:
    """Return the text on standard input; what is not UTF-8 is refused."""
    given = typer.get_binary_stream("stdin").read()
    try:
        return given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise typer.BadParameter(
            f"The text on standard input is not UTF-8 (byte {error.start + 1} is "
            f"0x{given[error.start]:02x}). Save it as UTF-8, or convert it with iconv."
        ) from error
