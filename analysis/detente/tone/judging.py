"""What a scorer says of texts: asked once, and held to the protocol."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from detente.errors import BadArgumentError
from detente.tone.columns import ColumnScorer, TraceColumns, trace_json
from detente.tone.protocol import EvidenceScorer, Forms, Scorer, ToneTrace, TracingScorer

__all__ = ["Judgement", "Judgements", "is_tracing", "judge", "judge_columns"]

#: Flags that a trace may set on a text with a tone, in the order in which they are joined.
_SCORED_FLAGS = ("implicit_target", "no_evaluative_words")

#: The flag by number: 1 for the first of those, 2 for the second, 4 for no tone.
_FLAGS = ("", *_SCORED_FLAGS, "+".join(_SCORED_FLAGS), "no_tone")

#: How far the parts of a trace may miss its sum, and its tone the clipped sum.
_TOLERANCE = 1e-9


class Judgement(NamedTuple):
    """Tone of one text in [-1, 1] or NaN, its flag, and its trace if the scorer gives one."""

    tone: float
    flag: str
    trace: ToneTrace | None


class Judgements(NamedTuple):
    """Tones of texts in [-1, 1] or NaN, their flags, and their traces as JSON.

    The traces are large strings of pyarrow, null where a text has no tone or the scorer gives none.
    """

    tone: NDArray[np.float64]
    flag: list[str]
    trace: pa.Array


def judge_columns(
    scorer: Scorer, texts: Sequence[str], targets: Forms, sources: Forms
) -> Judgements:
    """Return in columns what a scorer says of texts that can be scored.

    Parameters
    ----------
    scorer : Scorer
        A `ColumnScorer` is asked for columns, any other one as by `judge`.
    texts, targets, sources
        As for `judge`.

    Returns
    -------
    Judgements
        Those of `judge`.

    Raises
    ------
    BadArgumentError
        If the scorer breaks the protocol.

    Examples
    --------
    >>> from detente.tone import get_scorer
    >>> found = judge_columns(get_scorer("target"), ["He thanked Turkey."], [["Turkey"]], [()])
    >>> found.flag, found.trace[0].as_py()[:40]
    ([''], '[{"start":3,"end":10,"entry":"thank@v","')
    """
    if isinstance(scorer, ColumnScorer):
        columns = scorer.trace_columns(texts, targets, sources)
        _check_columns(columns, texts, scorer.name)
        has_tone = ~np.isnan(columns.tone)
        silent = columns.is_silent | (columns.tone == 0) & ~_weighs(columns)
        kinds = np.where(has_tone, columns.is_implicit + 2 * silent, 4).tolist()
        nothing = pa.scalar(None, pa.large_string())
        traces = pc.if_else(pa.array(has_tone), columns.json_array(), nothing)
        # + 0.0 turns -0.0 into 0.0
        return Judgements(columns.tone + 0.0, [_FLAGS[kind] for kind in kinds], traces)
    judged = judge(scorer, texts, targets, sources)
    return Judgements(
        np.array([one.tone for one in judged], dtype=np.float64),
        [one.flag for one in judged],
        pa.array(
            [
                None if one.trace is None or math.isnan(one.tone) else trace_json(one.trace)
                for one in judged
            ],
            pa.large_string(),
        ),
    )


def _weighs(columns: TraceColumns) -> NDArray[np.bool_]:
    """Tell which texts hold a part that gives something."""
    result = np.zeros(len(columns.tone), dtype=bool)
    result[columns.text[columns.valence * columns.factor != 0]] = True
    return result


def _check_columns(columns: TraceColumns, texts: Sequence[str], name: str) -> None:
    """Raise where columns do not add up, as `_judgement` does for a trace."""
    total = np.bincount(columns.text, columns.valence * columns.factor, minlength=len(texts))
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    clipped = np.clip(columns.unclipped, -1.0, 1.0)
    is_off = ~(np.abs(clipped - columns.tone) <= _TOLERANCE)
    # Here the sum is not rounded once; the longer it is, the more that may show.
    scale = 1 + np.bincount(columns.text, np.abs(columns.valence), minlength=len(texts))
    is_off |= ~(np.abs(total - columns.unclipped) <= _TOLERANCE * scale)
    is_outside = (columns.start < 0) | (columns.start > columns.end)
    is_outside |= columns.end > lengths[columns.text]
    if (is_off & ~np.isnan(columns.tone)).any() or is_outside.any():
        raise BadArgumentError(
            f"The scorer '{name}' gave columns of a trace that do not add up or lie outside "
            "their texts.",
            remedy="See detente.tone.TracingScorer.",
        )


def judge(scorer: Scorer, texts: Sequence[str], targets: Forms, sources: Forms) -> list[Judgement]:
    """Return what a scorer says of texts that can be scored.

    Parameters
    ----------
    scorer : Scorer
        Asked once for tone and trace if it is a `TracingScorer`, else for the tone and, where
        that is 0 and it can tell, for evidence.
    texts : sequence of str, length n
        Texts with a letter, n at least 1.
    targets, sources : sequence of sequences of str, length n
        Surface forms of the addressed and the speaking country.

    Returns
    -------
    list of Judgement, length n
        With a flag of `TONE_FLAGS`: "" , "implicit_target", "no_evaluative_words", both
        joined by "+", or "no_tone" where the tone is NaN.

    Raises
    ------
    BadArgumentError
        If the scorer breaks the protocol.

    Examples
    --------
    >>> from detente.tone import get_scorer
    >>> judge(get_scorer("vader"), ["They will meet in Ankara."], [()], [()])[0].flag
    'no_evaluative_words'
    """
    if is_tracing(scorer):
        traces = _traces(scorer, texts, targets, sources)
        if len(traces) != len(texts):
            raise BadArgumentError(
                f"The scorer '{scorer.name}' gave {len(traces)} traces for {len(texts)} texts.",
                remedy="Its trace_batch() must return one trace for each text.",
            )
        pairs = zip(traces, texts, strict=True)
        return [_judgement(trace, text, scorer.name) for trace, text in pairs]
    tones = _checked_tones(scorer.score(texts, targets, sources), len(texts), scorer.name)
    flags = np.where(np.isnan(tones), "no_tone", "").tolist()
    zeros = np.flatnonzero(tones == 0).tolist()
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
    return [Judgement(tone, flag, None) for tone, flag in zip(tones.tolist(), flags, strict=True)]


def is_tracing(scorer: Scorer) -> bool:
    """Tell whether a scorer shows its working.

    Parameters
    ----------
    scorer : Scorer
        Any scorer.

    Returns
    -------
    bool
        True if it is a `TracingScorer`.

    Examples
    --------
    >>> from detente.tone import get_scorer
    >>> is_tracing(get_scorer("vader"))
    False
    """
    # The second half goes once TargetScorer has a trace_batch of its own.
    return isinstance(scorer, TracingScorer) or (
        scorer.name == "target" and hasattr(scorer, "explain")
    )


def _traces(
    scorer: Scorer, texts: Sequence[str], targets: Forms, sources: Forms
) -> list[ToneTrace]:
    if isinstance(scorer, TracingScorer):
        return list(scorer.trace_batch(texts, targets, sources))
    explain: Callable[..., ToneTrace] = getattr(scorer, "explain")  # noqa: B009 -- see is_tracing
    return [
        explain(text, target, source)
        for text, target, source in zip(texts, targets, sources, strict=True)
    ]


def _judgement(trace: ToneTrace, text: str, name: str) -> Judgement:
    """Return tone and flag of a trace if it adds up."""

    def broken(what: str) -> BadArgumentError:
        return BadArgumentError(
            f"The scorer '{name}' gave a trace {what}.", remedy="See detente.tone.TracingScorer."
        )

    tone = float(trace.tone)
    if math.isnan(tone):
        return Judgement(math.nan, "no_tone", trace)
    unclipped = float(trace.unclipped)
    if not abs(tone) <= 1 or not abs(min(1.0, max(-1.0, unclipped)) - tone) <= _TOLERANCE:
        raise broken(f"with tone {tone} and sum {unclipped}, which is not that sum clipped")
    total = math.fsum(part.valence * part.factor for part in trace.parts)
    if not abs(total - unclipped) <= _TOLERANCE:
        raise broken(f"whose parts add up to {total}, not to {unclipped}")
    if not all(0 <= part.start <= part.end <= len(text) for part in trace.parts):
        raise broken("with a part outside its text")
    flags = set(trace.flags)
    if tone == 0 and not any(part.valence * part.factor for part in trace.parts):
        flags.add("no_evaluative_words")  # a zero is never silent
    if unknown := flags.difference(_SCORED_FLAGS):
        raise broken(f"with the flag {min(unknown)!r}, and knows only {', '.join(_SCORED_FLAGS)}")
    # + 0.0 turns -0.0 into 0.0
    return Judgement(tone + 0.0, "+".join(flag for flag in _SCORED_FLAGS if flag in flags), trace)


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
