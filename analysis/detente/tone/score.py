"""Tone for a frame of statements: which rows can be scored, by what, and why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente.errors import BadArgumentError
from detente.statements.language import language_of
from detente.tone.forms import DatedForms
from detente.tone.scorer import EvidenceScorer, Scorer, get_scorer

__all__ = ["CHUNK_ROWS", "TONE_FLAGS", "score_statements"]

#: Rows scored between two calls of `progress`.
CHUNK_ROWS = 256

#: Every value of the column `tone_flag` and what it says.
TONE_FLAGS = MappingProxyType(
    {
        "": "scored",
        "no_evaluative_words": "scored as 0: the scorer knows none of the words as evaluative",
        "empty": "not scored: no text, or white space only",
        "no_letters": "not scored: no letter of any script",
        "not_english": "not scored: the text is in another language than English",
        "no_tone": "not scored: the scorer found no tone",
    }
)

_NEEDED = ("date", "source", "target", "text")
_SCORABLE_LANGUAGES = ("en", "und")

#: One thing to score: a text, who said it of whom, and when.
_Key = tuple[str, object, object, object]


def score_statements(
    frame: pd.DataFrame,
    scorer: str | Scorer = "vader",
    *,
    progress: Callable[[int], None] | None = None,
) -> pd.DataFrame:
    """Give each statement its tone.

    Parameters
    ----------
    frame : DataFrame
        Statements, one a row, with the columns date, source, target and text; any other
        columns, any index. Not changed.
    scorer : str or Scorer, default "vader"
        One of `available_scorers()`, or a scorer of one's own.
    progress : callable, optional
        Called with the number of rows done since its last call, at least once in
        `CHUNK_ROWS` rows; the numbers add up to the length of the frame.

    Returns
    -------
    DataFrame
        A copy, one row per statement in the same order, with `tone` (float64, in [-1, 1];
        NaN where not scored) and `tone_flag` (str, a key of `TONE_FLAGS`; "" where plainly
        scored). Columns of these names that were there before are replaced.

    Raises
    ------
    BadArgumentError
        If a needed column is missing, a text is not text, there is no such scorer, or the
        scorer returns anything but one float64 in [-1, 1] or NaN for each text.

    Notes
    -----
    The tone is that of the words found in the text, with no judgement of who is right. Rows
    alike in text, source, target and day are scored once. A text whose language cannot be
    told ("und") is scored. A tone of 0 means balance only where the flag is "".

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame(
    ...     {
    ...         "date": pd.to_datetime(["2015-11-24", "2015-11-25"]),
    ...         "source": "RUS",
    ...         "target": "TUR",
    ...         "text": ["Putin called it a stab in the back by accomplices of terrorists.", "?"],
    ...     }
    ... )
    >>> scored = score_statements(frame)
    >>> scored["tone"].round(2).tolist(), scored["tone_flag"].tolist()
    ([-0.84, nan], ['', 'no_letters'])
    """
    missing = [column for column in _NEEDED if column not in frame.columns]
    if missing:
        raise BadArgumentError(
            f"The frame lacks the column(s) {', '.join(missing)}.",
            remedy="Read the file with read_statements, or rename the columns.",
        )
    scorer = get_scorer(scorer)
    texts = _texts(frame["text"])
    keys: list[_Key] = list(
        zip(texts, frame["source"], frame["target"], frame["date"], strict=True)
    )
    known: dict[_Key, tuple[float, str]] = {}
    for first in range(0, len(keys), CHUNK_ROWS):
        chunk = keys[first : first + CHUNK_ROWS]
        fresh = [key for key in dict.fromkeys(chunk) if key not in known]
        known.update(zip(fresh, _score(fresh, scorer), strict=True))
        if progress is not None:
            progress(len(chunk))

    scored = frame.copy()
    scored["tone"] = np.array([known[key][0] for key in keys], dtype=np.float64)
    scored["tone_flag"] = pd.Series(
        [known[key][1] for key in keys], index=frame.index, dtype="str"
    ).array
    return scored


def _texts(column: pd.Series) -> list[str]:
    """Return the texts as Python strings, missing ones as empty."""
    texts: list[str] = []
    for label, value in column.items():
        if isinstance(value, str):
            texts.append(value)
        elif pd.api.types.is_scalar(value) and pd.isna(value):
            texts.append("")
        else:
            raise BadArgumentError(
                f"The column text holds a {type(value).__name__} at index {label!r} "
                f"(received {str(value)[:80]!r}).",
                remedy="Convert the column to text.",
            )
    return texts


def _score(keys: Sequence[_Key], scorer: Scorer) -> list[tuple[float, str]]:
    """Return tone and flag of each key."""
    texts = [key[0] for key in keys]
    flags = _reasons_against(texts)
    rows = [i for i, flag in enumerate(flags) if not flag]
    tones = np.full(len(keys), np.nan)
    if rows:
        chosen = [keys[i] for i in rows]
        tones[rows] = _checked_tones(
            scorer.score(
                [key[0] for key in chosen],
                DatedForms([key[2] for key in chosen], [key[3] for key in chosen]),
                DatedForms([key[1] for key in chosen], [key[3] for key in chosen]),
            ),
            len(rows),
            scorer.name,
        )
    for i in rows:
        if np.isnan(tones[i]):
            flags[i] = "no_tone"
    zeros = [i for i in rows if tones[i] == 0]
    if zeros and isinstance(scorer, EvidenceScorer):
        found = np.asarray(scorer.has_evidence([texts[i] for i in zeros]))
        if found.shape != (len(zeros),) or found.dtype != np.bool_:
            raise BadArgumentError(
                f"The scorer '{scorer.name}' answered has_evidence() for {len(zeros)} texts with "
                f"values of type {found.dtype} in shape {found.shape}.",
                remedy="It must return one bool for each text.",
            )
        for i, is_found in zip(zeros, found, strict=True):
            flags[i] = "" if is_found else "no_evaluative_words"
    return list(zip(tones.tolist(), flags, strict=True))


def _reasons_against(texts: Sequence[str]) -> list[str]:
    """Return for each text the flag that keeps it from being scored, or ""."""
    flags = [
        "empty"
        if not text or text.isspace()
        else ""
        if any(character.isalpha() for character in text)
        else "no_letters"
        for text in texts
    ]
    rows = [i for i, flag in enumerate(flags) if not flag]
    if rows:
        for i, language in zip(
            rows, language_of([_encodable(texts[i]) for i in rows]), strict=True
        ):
            if language not in _SCORABLE_LANGUAGES:
                flags[i] = "not_english"
    return flags


def _encodable(text: str) -> str:
    """Replace lone surrogates, which a string column cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _checked_tones(tones: object, n_texts: int, name: str) -> NDArray[np.float64]:
    """Return what the scorer gave if it keeps to the protocol."""

    def broken(what: str) -> BadArgumentError:
        return BadArgumentError(
            f"The scorer '{name}' returned {what}.",
            remedy="Its score() must return a numpy array of float64 with one tone in [-1, 1], "
            "or NaN, for each text.",
        )

    if not isinstance(tones, np.ndarray):
        raise broken(f"a {type(tones).__name__}, not a numpy array")
    if tones.shape != (n_texts,):
        raise broken(f"an array of shape {tones.shape} for {n_texts} texts")
    if tones.dtype != np.float64:
        raise broken(f"values of type {tones.dtype}, not float64")
    outside = tones[~np.isnan(tones) & ~(np.abs(tones) <= 1)]
    if outside.size:
        raise broken(f"{outside.size} tone(s) outside [-1, 1], the first {outside[0]}")
    return tones
