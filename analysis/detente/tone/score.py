"""Tone for a frame of statements: which rows can be scored, by what, and why not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from detente.countries import is_country
from detente.errors import BadArgumentError, did_you_mean
from detente.statements.language import language_of
from detente.tone.forms import DatedForms
from detente.tone.judging import is_tracing, judge
from detente.tone.protocol import Scorer, ToneTrace
from detente.tone.scorer import get_scorer

__all__ = ["CHUNK_ROWS", "TONE_FLAGS", "has_flag", "reasons_against", "score_statements"]

#: Rows scored between two calls of `progress`.
CHUNK_ROWS = 256

#: Every value of the column `tone_flag` and what it says. Two flags that hold at once are
#: joined by "+"; `has_flag` counts either.
TONE_FLAGS = MappingProxyType(
    {
        "": "scored",
        "implicit_target": "scored: the target is not named, the whole text is read as about it",
        "no_evaluative_words": "scored as 0 or a model's constant: the scorer finds no word that "
        "weighs on the tone",
        "implicit_target+no_evaluative_words": "scored as 0 or a model's constant: the scorer "
        "finds no word that weighs on the tone, and the target is not named",
        "empty": "not scored: no text, or white space only",
        "no_letters": "not scored: no letter of any script",
        "not_english": "not scored: the text is in another language than English",
        "unknown_country": "not scored: the source or the target is no country code, and the "
        "scorer has to know both",
        "no_tone": "not scored: the scorer found no tone",
    }
)

_NEEDED = ("date", "source", "target", "text")
_SCORABLE_LANGUAGES = ("en", "und")

#: Digits of valence and factor in the column `trace`: parts add up to the tone within 1e-9,
#: and the last bits of the arithmetic, which differ between machines, are left out.
_TRACE_DIGITS = 12

#: One thing to score: a text, who said it of whom, and when.
_Key = tuple[str, object, object, object]
#: What a key gets: tone, flag, trace (None where there is none).
_Row = tuple[float, str, str | None]


def score_statements(
    frame: pd.DataFrame,
    scorer: str | Scorer = "vader",
    *,
    aliases: Mapping[str, Sequence[str]] | None = None,
    progress: Callable[[int], None] | None = None,
) -> pd.DataFrame:
    """Give each statement its tone.

    Parameters
    ----------
    frame : DataFrame
        Statements, one a row, with the columns date, source, target and text; any other
        columns, any index. Not changed.
    scorer : str or Scorer, default "vader"
        What `get_scorer` knows, or a scorer of one's own.
    aliases : mapping of str to sequence of str, optional
        Further forms by which texts mention a country, by its code; matched as written.
    progress : callable, optional
        Called with the number of rows done since its last call, at least once in
        `CHUNK_ROWS` rows; the numbers add up to the length of the frame.

    Returns
    -------
    DataFrame
        A copy, one row per statement in the same order, with `tone` (float64, in [-1, 1];
        NaN where not scored) and `tone_flag` (str, a key of `TONE_FLAGS`; "" where plainly
        scored). From a scorer that shows its working (a `TracingScorer`) also `trace` (str,
        missing where not scored): a JSON list with an object for each expression that was
        found, of start and end (offsets in the text, end excluded), entry, valence, factor
        and link; the products of valence and factor add up to the tone before it is clipped
        to [-1, 1], and the list is empty where nothing was found. Columns of these names that
        were there before are replaced, or dropped where the scorer gives none.

    Raises
    ------
    BadArgumentError
        If a needed column is missing, a text is not text, there is no such scorer, or the
        scorer returns anything but one float64 in [-1, 1] or NaN for each text.

    Notes
    -----
    The tone is that of the words found in the text, with no judgement of who is right. Rows
    alike in text, source, target and day are scored once. A text whose language cannot be
    told ("und") is scored. A tone of 0 means balance only where the flag does not say
    "no_evaluative_words". A scorer whose parameters say ``is_target_directed: False`` is
    not asked for countries, so its rows are scored whatever their codes; "implicit_target"
    is set by scorers that show their working. "vader" shows none: its compound is no sum
    over words, being squeezed, rounded and changed by punctuation sentence by sentence.

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
    known: dict[_Key, _Row] = {}
    for first in range(0, len(keys), CHUNK_ROWS):
        chunk = keys[first : first + CHUNK_ROWS]
        fresh = [key for key in dict.fromkeys(chunk) if key not in known]
        known.update(zip(fresh, _score(fresh, scorer, aliases), strict=True))
        if progress is not None:
            progress(len(chunk))

    rows = [known[key] for key in keys]
    scored = frame.drop(columns="trace", errors="ignore").copy()
    scored["tone"] = np.array([row[0] for row in rows], dtype=np.float64)
    scored["tone_flag"] = _column([row[1] for row in rows], frame)
    if is_tracing(scorer):
        scored["trace"] = _column([row[2] for row in rows], frame)
    return scored


def has_flag(flags: pd.Series, flag: str) -> pd.Series[bool]:
    """Tell which statements carry a flag, alone or beside another.

    Parameters
    ----------
    flags : Series of str
        The column `tone_flag`.
    flag : str
        A flag of `TONE_FLAGS` without "+", such as "implicit_target".

    Returns
    -------
    Series of bool
        One value per statement, with the index of `flags`; False where the flag is missing.

    Raises
    ------
    BadArgumentError
        If there is no such flag.

    Examples
    --------
    >>> import pandas as pd
    >>> flags = pd.Series(["", "implicit_target", "implicit_target+no_evaluative_words"])
    >>> has_flag(flags, "implicit_target").tolist()
    [False, True, True]
    """
    single = sorted({part for key in TONE_FLAGS for part in key.split("+") if part})
    if flag not in single:
        raise BadArgumentError(
            f"There is no tone flag {flag!r}.",
            remedy=f"{did_you_mean(str(flag), single)} Flags are {', '.join(single)}.".strip(),
        )
    found = [isinstance(value, str) and flag in value.split("+") for value in flags]
    return pd.Series(found, index=flags.index, dtype=bool)


def _column(values: Sequence[Any], frame: pd.DataFrame) -> pd.api.extensions.ExtensionArray:
    return pd.Series(list(values), index=frame.index, dtype="str").array


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


def _score(
    keys: Sequence[_Key], scorer: Scorer, aliases: Mapping[str, Sequence[str]] | None
) -> list[_Row]:
    """Return tone, flag and trace of each key."""
    flags = reasons_against([key[0] for key in keys])
    if scorer.parameters.get("is_target_directed", True):
        is_known = is_country(key[1] for key in keys) & is_country(key[2] for key in keys)
        for i in np.flatnonzero(~is_known).tolist():
            flags[i] = flags[i] or "unknown_country"
    scored: list[_Row] = [(np.nan, flag, None) for flag in flags]
    rows = [i for i, flag in enumerate(flags) if not flag]
    if rows:
        chosen = [keys[i] for i in rows]
        days = [key[3] for key in chosen]
        judged = judge(
            scorer,
            [key[0] for key in chosen],
            DatedForms([key[2] for key in chosen], days, aliases),
            DatedForms([key[1] for key in chosen], days, aliases),
        )
        for i, (tone, flag, trace) in zip(rows, judged, strict=True):
            has_trace = trace is not None and not np.isnan(tone)
            scored[i] = (tone, flag, _trace_json(trace) if trace and has_trace else None)
    return scored


def _trace_json(trace: ToneTrace) -> str:
    """Return the parts as compact JSON, the same bytes for the same parts on any machine."""
    return json.dumps(
        [
            {
                "start": int(part.start),
                "end": int(part.end),
                "entry": part.entry,
                # + 0.0 turns -0.0 into 0.0
                "valence": round(float(part.valence), _TRACE_DIGITS) + 0.0,
                "factor": round(float(part.factor), _TRACE_DIGITS) + 0.0,
                "link": part.link,
            }
            for part in trace.parts
        ],
        separators=(",", ":"),
    )


def reasons_against(texts: Sequence[str]) -> list[str]:
    """Return for each text the flag that keeps it from being scored by any scorer.

    Parameters
    ----------
    texts : sequence of str, length n
        Texts of any kind and length.

    Returns
    -------
    list of str, length n
        "empty", "no_letters" or "not_english"; "" where nothing speaks against scoring.

    Examples
    --------
    >>> reasons_against(["", "24-11 !", "They met in Ankara."])
    ['empty', 'no_letters', '']
    """
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
