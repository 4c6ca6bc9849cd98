"""What the library says of its parameters, in the words that are typed on the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand

from detente.errors import DetenteError

__all__ = ["Command", "as_typed"]

#: Before a name, so that none is changed inside a path or beside a quotation mark.
_ALONE = r"(?<![^\s(])"

#: What a command sets under another name than its option's: pattern -> option, and the text.
#: It stands in what differs between two runs alone; "columns.csv" is the name of a file.
_ELSEWHERE = (
    (rf"{_ALONE}bounds\.rows(?= was )", "--batch", "--batch"),
    (rf"{_ALONE}scorer\.name(?= was )", "--scorer", "--scorer"),
    (rf"{_ALONE}columns\.(\w+)(?= was )", "--columns", r"--columns \1"),
)

_DYAD = re.compile(r"([A-Za-z]{3})[->]([A-Za-z]{3})")

_VALUE = r"=('[^']*'|[\w+-]+(?:\.\w+)*)"


class Command(TyperCommand):
    """A command whose errors name its options as they are typed."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words behind the command; a dyad such as IND-PAK stands for its two codes."""
        pairs = {name for param in self.params if param.nargs == 2 for name in param.opts}
        words: list[str] = []
        for word in args:
            name, sign, value = word.partition("=")
            if sign and name in pairs:
                words.append(name)
                word = value
            codes = _DYAD.fullmatch(word) if words and words[-1] in pairs else None
            words += codes.groups() if codes else [word]
        return super().parse_args(ctx, words)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except DetenteError as error:
            error.message = as_typed(error.message, self.params)
            error.remedy = as_typed(error.remedy, self.params)
            raise
        except typer.BadParameter as error:
            error.message = as_typed(error.message, self.params)
            raise


def as_typed(text: str, params: Sequence[Any]) -> str:
    """Name the options of a command as they are typed.

    Parameters
    ----------
    text : str
        An error of the library: `skip_bad=True`, `workers=0 was received`, `as_of must be a day`.
    params : sequence of typer's parameters
        Those of the command.

    Returns
    -------
    str
        `--skip-bad`, `--workers 0 was received`, `--as-of must be a day`; an argument by its
        name in the usage line.

    Notes
    -----
    A name is changed where a value stands behind it, or where it has an underscore, as no word
    of a sentence has; never inside a path or beside a quotation mark.
    """
    options = {option for param in params for option in param.opts}
    for pattern, option, typed in _ELSEWHERE:
        if option in options:
            text = re.sub(pattern, typed, text)
    for param in params:
        is_option = param.param_type_name == "option"
        typed = max(param.opts, key=len) if is_option else (param.metavar or param.name.upper())
        text = re.sub(rf"{_ALONE}{param.name}{_VALUE}", _given(typed), text)
        if "_" in param.name:
            text = re.sub(rf"(?<![^\s(`]){param.name}(?=[\s,;:.)`]|$)", typed, text)
    # A dyad can also be given to the library as two codes.
    return re.sub(r" or \('[A-Z]{3}', '[A-Z]{3}'\)", "", text)


def _given(typed: str) -> Any:
    # A switch is typed or left out; it takes no value.
    switch = {"True": typed, "False": f"no {typed}"}
    return lambda match: switch.get(match[1], f"{typed} {match[1]}")
