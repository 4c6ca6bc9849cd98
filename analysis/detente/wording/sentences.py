"""Find every sentence that the package says, for the catalogues of its languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.wording.names import forms_of

__all__ = ["Sentence", "sentences"]

_SAYS = ("say", "say_as", "say_count", "mark", "count")


@dataclass(frozen=True)
class Sentence:
    """A text that a reader may see.

    Parameters
    ----------
    text : str
        English; for a sentence with a count, for one.
    many : str
        English for any other number; empty where no word hangs on a count.
    context : str
        Which meaning, where English has one word for two.
    place : str
        File that says it first.
    """

    text: str
    many: str
    context: str
    place: str


def sentences(folder: Path) -> list[Sentence]:
    """Read what the modules below a folder say.

    Parameters
    ----------
    folder : Path
        The package.

    Returns
    -------
    list of Sentence
        Each once, in the order of files and lines.

    Raises
    ------
    ValueError
        A call says a text that is put together on the spot, which no catalogue can hold; the
        message names file and line.
    """
    found: dict[tuple[str, str], Sentence] = {}
    for path in sorted(folder.rglob("*.py")):
        place = path.relative_to(folder).as_posix()
        if place.startswith("wording/") and path.stem in ("language", "sentences"):
            continue
        for said in _of(ast.parse(path.read_text(encoding="utf-8")), place):
            known = found.setdefault((said.context, said.text), said)
            if known.many != said.many and said.many:
                found[said.context, said.text] = said
    return list(found.values())


def _of(tree: ast.Module, place: str) -> Iterator[Sentence]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = _name(call.func, place)
        if name not in _SAYS:
            continue
        texts = [_text(argument, place) for argument in call.args]
        if name == "say_as" and texts[1]:
            yield Sentence(texts[1], "", texts[0], place)
        elif name == "say_count" and texts[0]:
            yield Sentence(texts[0], texts[1], "", place)
        elif name == "count" and texts[1:] and texts[1]:
            yield Sentence(*forms_of(texts[1]), "", place)
        elif name in ("say", "mark") and texts[0]:
            yield Sentence(texts[0], "", "", place)


def _name(called: ast.expr, place: str) -> str:
    if isinstance(called, ast.Attribute):
        is_ours = isinstance(called.value, ast.Name) and called.value.id == "wording"
        return called.attr if is_ours else ""
    # Everywhere else ours is `wording.say`: a bare name may be anything.
    if isinstance(called, ast.Name) and place.startswith("wording/"):
        return called.id
    return ""


def _text(argument: ast.expr, place: str) -> str:
    """Return a written-out text; empty for a variable, whose text is marked where it is made."""
    if isinstance(argument, ast.JoinedStr):
        raise ValueError(
            f"{place}, line {argument.lineno}: a sentence cannot be an f-string, as no catalogue "
            "would find it. Write its parts as {places} and pass them by name."
        )
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return ""
