"""Tone for a frame of statements: which rows can be scored, by what, and why not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detente import wording
from detente.countries import is_country
from detente.errors import BadArgumentError, did_you_mean
from detente.statements.language import language_of
from detente.tone.forms import DatedForms
from detente.tone.judging import Judgements, is_tracing, judge_columns
from detente.tone.protocol import Scorer
from detente.tone.scorer import get_scorer

__all__ = ["CHUNK_ROWS", "TONE_FLAGS", "has_flag", "reasons_against", "score_statements"]

Ints = NDArray[np.int64]

#: Rows scored between two calls of `progress`; a slow scorer asks for fewer by its attribute
#: `rows_at_once`.
CHUNK_ROWS = 8192

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

#: Flags of statements without a tone, as tables for readers name them.
_READ = (
    *(wording.mark("empty"), wording.mark("no letters"), wording.mark("not english")),
    *(wording.mark("unknown country"), wording.mark("no tone")),
)

_NEEDED = ("date", "source", "target", "text")
_SCORABLE_LANGUAGES = ("en", "und")


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
    alike, first = _alike(texts, frame)
    tone = np.full(len(first), np.nan)
    flag: list[str] = []
    trace: list[pa.Array] = []
    step = min(CHUNK_ROWS, getattr(scorer, "rows_at_once", CHUNK_ROWS))
    for begin in range(0, len(texts), step):
        end = min(begin + step, len(texts))
        fresh = first[len(flag) : np.searchsorted(first, end)]
        chosen = frame.iloc[fresh]
        judged = _score(_strings(texts.iloc[fresh]), chosen, scorer, aliases)
        tone[len(flag) : len(flag) + len(fresh)] = judged.tone
        flag += judged.flag
        trace.append(judged.trace)
        if progress is not None:
            progress(end - begin)

    scored = frame.drop(columns="trace", errors="ignore").copy()
    scored["tone"] = tone[alike]
    scored["tone_flag"] = pd.array(flag, dtype="str").take(alike)
    if is_tracing(scorer):
        # Traces are long, so they never become Python strings.
        mapper = {pa.large_string(): pd.array([], dtype="str").dtype}.get
        column = _of_rows(trace, alike, step).to_pandas(types_mapper=mapper)
        scored["trace"] = column.array
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


def _texts(column: pd.Series) -> pd.Series:
    """Return a column that holds nothing but texts and missing values."""
    if isinstance(column.dtype, pd.StringDtype):
        return column
    for row, value in enumerate(column.tolist()):
        if not (isinstance(value, str) or (pd.api.types.is_scalar(value) and pd.isna(value))):
            raise BadArgumentError(
                f"The column text holds a {type(value).__name__} at index "
                f"{column.index[row]!r} (received {str(value)[:80]!r}).",
                remedy="Convert the column to text.",
            )
    return column


def _strings(texts: pd.Series) -> list[str]:
    """Return texts as Python strings, missing ones as empty."""
    return [text if isinstance(text, str) else "" for text in texts.tolist()]


def _alike(texts: pd.Series, frame: pd.DataFrame) -> tuple[Ints, Ints]:
    """Return the number of what is to be scored for each row, and where each stands first.

    Rows alike in text, source, target and date have one number; numbers ascend from 0 by
    first appearance.
    """
    number = _text_numbers(texts)
    for column in ("source", "target", "date"):
        further, distinct = pd.factorize(frame[column])
        number, _ = pd.factorize(number.astype(np.int64) * (len(distinct) + 1) + further + 1)
    _, first = np.unique(number, return_index=True)
    return np.asarray(number, dtype=np.int64), first


def _text_numbers(texts: pd.Series) -> Ints:
    """Return a number for each text, the same for equal ones; no copy of all texts is made."""
    steps = range(0, len(texts), CHUNK_ROWS)
    pieces = (_strings(texts.iloc[begin : begin + CHUNK_ROWS]) for begin in steps)
    hashes = np.fromiter((hash(text) for piece in pieces for text in piece), np.int64, len(texts))
    is_shared = pd.Series(hashes).duplicated(keep=False).to_numpy()
    number = np.arange(len(texts))
    # Texts of one hash may yet differ.
    shared, _ = pd.factorize(texts[is_shared], use_na_sentinel=False)
    number[is_shared] = len(texts) + shared
    return number


def _of_rows(traces: list[pa.Array], alike: Ints, step: int) -> pa.ChunkedArray:
    """Return the trace of each row, given for each `step` rows those that stand there first.

    Chunk by chunk the one list becomes the other, so that there are never two.
    """
    begins = np.cumsum([0, *map(len, traces)])
    for chunk in reversed(range(len(traces))):  # none needs one of a later chunk
        number = alike[chunk * step : (chunk + 1) * step]
        place = number - begins[chunk]
        is_earlier = place < 0
        if len(number) == len(traces[chunk]) and not is_earlier.any():
            continue
        at = np.searchsorted(begins, number[is_earlier], side="right") - 1
        found = [
            traces[one][row].as_py()
            for one, row in zip(
                at.tolist(), (number[is_earlier] - begins[at]).tolist(), strict=True
            )
        ]
        own = traces[chunk].take(pa.array(place, mask=is_earlier))
        traces[chunk] = pc.replace_with_mask(
            own, pa.array(is_earlier), pa.array(found, pa.large_string())
        )
    return pa.chunked_array(traces, pa.large_string())


def _are_countries(codes: pd.Series) -> NDArray[np.bool_]:
    number, distinct = pd.factorize(codes)
    return np.append(is_country(distinct), False)[number]


def _score(
    texts: Sequence[str],
    rows: pd.DataFrame,
    scorer: Scorer,
    aliases: Mapping[str, Sequence[str]] | None,
) -> Judgements:
    """Return tone, flag and trace of each text, which stands in these rows of the frame."""
    flags = reasons_against(texts)
    if scorer.parameters.get("is_target_directed", True):
        is_known = _are_countries(rows["source"]) & _are_countries(rows["target"])
        for i in np.flatnonzero(~is_known).tolist():
            flags[i] = flags[i] or "unknown_country"
    tones = np.full(len(texts), np.nan)
    traces = pa.nulls(len(texts), pa.large_string())
    chosen = [i for i, flag in enumerate(flags) if not flag]
    if chosen:
        asked = rows.iloc[chosen]
        judged = judge_columns(
            scorer,
            [texts[i] for i in chosen],
            DatedForms(asked["target"], asked["date"], aliases),
            DatedForms(asked["source"], asked["date"], aliases),
        )
        tones[chosen] = judged.tone
        for i, flag in zip(chosen, judged.flag, strict=True):
            flags[i] = flag
        is_chosen = np.isin(np.arange(len(texts)), chosen)
        traces = pc.replace_with_mask(traces, pa.array(is_chosen), judged.trace)
    return Judgements(tones, flags, traces)


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
        ""
        if any(map(str.isalpha, text))
        else "empty"
        if not text or text.isspace()
        else "no_letters"
        for text in texts
    ]
    rows = [i for i, flag in enumerate(flags) if not flag]
    found = language_of([_encodable(texts[i]) for i in rows])
    for i in np.flatnonzero(~np.isin(found, _SCORABLE_LANGUAGES)).tolist():
        flags[rows[i]] = "not_english"
    return flags


def _encodable(text: str) -> str:
    """Replace lone surrogates, which a string column cannot hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
