"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from detente.errors import BadArgumentError, did_you_mean

__all__ = [
    "Language",
    "Logo",
    "OtherStudy",
    "OutputFolder",
    "Quiet",
    "SkipBad",
    "StudyName",
    "column_names",
    "telling_usage",
]

StudyName = Annotated[
    str | None,
    typer.Argument(
        metavar="STUDY",
        help="A study's folder, its study.toml, or a bundled study (russia-turkey, "
        "japan-korea). Default: ./study.toml where there is one, else russia-turkey.",
        show_default=False,
    ),
]

OtherStudy = Annotated[
    str | None,
    typer.Option(
        "--study",
        metavar="STUDY",
        help="A study whose lexicon, model and names are used.",
        show_default=False,
    ),
]

OutputFolder = Annotated[
    Path,
    typer.Option(
        "--output",
        metavar="DIR",
        help="Folder below which figures/ and reports/ are written.",
    ),
]

SkipBad = Annotated[
    bool,
    typer.Option(
        "--skip-bad",
        help="Set bad rows aside, with reasons, and count them in every output; without it "
        "they stop the command.",
    ),
]

Language = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="CODE",
        help="Language of charts, report and sentences: en, tr or ru. Default: that of study.toml, "
        "else English.",
        show_default=False,
    ),
]

Logo = Annotated[
    Path | None,
    typer.Option(
        "--logo",
        metavar="FILE",
        help="SVG or PNG for the first page of the report.",
        show_default=False,
    ),
]

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


def column_names(pairs: list[str]) -> dict[str, str]:
    """Read pairs such as "date=Day,text=Quotation".

    Parameters
    ----------
    pairs : list of str
        One or more pairs each, separated by commas.

    Returns
    -------
    dict
        {name in the schema: name in the file}.

    Raises
    ------
    typer.BadParameter
        A pair has no "=", or its first name is not in the schema.
    """
    from detente.statements import COLUMNS

    names = [column.name for column in COLUMNS]
    found = {}
    for pair in ",".join(pairs).split(",") if pairs else ():
        name, sign, theirs = (part.strip() for part in pair.partition("="))
        if not (name and sign and theirs):
            raise typer.BadParameter(f"{pair!r} is no pair. Write NAME=YOURS, as in date=Day.")
        if name not in names:
            hint = did_you_mean(name, names) or f"Use some of {', '.join(names)}."
            raise typer.BadParameter(f"There is no column {name!r}. {hint}")
        found[name] = theirs
    return found


@contextmanager
def telling_usage() -> Iterator[None]:
    """Tell a refused argument of the library as wrong usage, within a block.

    Yields
    ------
    None
        For the block.

    Raises
    ------
    typer.BadParameter
        The library refused an argument in the block; exit status 2.
    """
    try:
        yield
    except BadArgumentError as error:
        raise typer.BadParameter(str(error)) from error
