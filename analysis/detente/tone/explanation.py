"""The working of one tone, for a reader: what was found, what it gave, how it adds up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from detente import wording
from detente.countries import Country, surface_forms
from detente.errors import BadArgumentError
from detente.tone import markup
from detente.tone.digest import Digest, digest
from detente.tone.judging import is_tracing, judge
from detente.tone.protocol import Scorer, ToneTrace
from detente.tone.score import TONE_FLAGS, reasons_against
from detente.tone.scorer import get_scorer

__all__ = ["Explanation", "explain"]

#: Tones within this of zero are called neutral, as everywhere.
_NEUTRAL = 0.25
#: The part that only a statement has that the scorer was trained on.
_OUT_OF_FOLD = "out of fold"
#: Terms of a sum that are written out.
_N_TERMS = 12

_PARTS = {
    "start": "int64",
    "end": "int64",
    "expression": "str",
    "entry": "str",
    "valence": "float64",
    "factor": "float64",
    "contribution": "float64",
    "link": "str",
    "notes": "str",
}


@dataclass(frozen=True, eq=False)
class Explanation:
    """How a text came by its tone; Jupyter shows it marked up.

    Attributes
    ----------
    statement : str
        The text as received.
    source, target : str
        Who speaks and who is addressed, as a reader names them.
    scorer : str
        Name of the scorer.
    tone : float
        Tone in [-1, 1]; NaN where there is none.
    unclipped : float
        Sum of the contributions; NaN where there is no tone or no trace.
    flags : tuple of str
        Single flags of `TONE_FLAGS`; empty where the text was plainly scored.
    parts : DataFrame
        One row per expression, in order of the text: start, end (offsets in characters, end
        excluded; both 0 where the part has no place), expression (the words of the text),
        entry (what they matched), valence, factor, contribution (their product), link (the
        party it was linked to) and notes (what turned or weakened it, as the scorer says).
    is_traced : bool
        Whether the scorer shows its parts; if not, `parts` is empty.
    is_directed : bool
        Whether the scorer looks at what the words are about; "vader" does not.
    """

    statement: str
    source: str
    target: str
    scorer: str
    tone: float
    unclipped: float
    flags: tuple[str, ...]
    parts: pd.DataFrame
    is_traced: bool
    is_directed: bool

    @property
    def sentence(self) -> str:
        """The result in words, from the same numbers as the table."""
        reasons = [TONE_FLAGS[flag].partition(": ")[2] for flag in self.flags]
        toward = f" toward {self.target}" if self.is_directed else ""
        if math.isnan(self.tone):
            return f"No tone{toward}: {'; '.join(reasons)}."
        side = "cold" if self.tone < -_NEUTRAL else "warm" if self.tone > _NEUTRAL else "neutral"
        said = f"Tone {_told(self.tone)}{toward} ({side})"
        if not self.is_traced:
            whom = "" if self.is_directed else "does not look at whom the words are about and "
            said += f", by the scorer {self.scorer}, which {whom}shows no parts"
        elif len(placed := self.parts[self.parts["end"] > self.parts["start"]]):
            row = placed.iloc[int(placed["contribution"].abs().to_numpy().argmax())]
            words = markup.in_short(str(row["expression"]) or str(row["entry"]))
            given = wording.tone(float(row["contribution"]))
            said += f", from {_counted(placed)}"
            said += f": “{words}”" if len(placed) == 1 else f", the strongest “{words}” ({given})"
        if self.is_clipped:
            said += f"; the parts add up to {wording.tone(self.unclipped)}, which is clipped"
        return ". ".join([said, *(reason[0].upper() + reason[1:] for reason in reasons)]) + "."

    @property
    def is_clipped(self) -> bool:
        """Whether the parts add up to more than the scale holds."""
        return not math.isnan(self.unclipped) and abs(self.unclipped) > 1

    @property
    def scale(self) -> str:
        """What the number means, in words; empty where there is none."""
        if math.isnan(self.tone):
            return ""
        edge = wording.number(_NEUTRAL, 2)
        return (
            "Scale −1 (hostile) to +1 (cordial): "
            f"cold below −{edge}, warm above +{edge}, else neutral."
        )

    @property
    def origin(self) -> str:
        """That the scorer learned from this text and how it is judged then; else empty."""
        if not self.is_out_of_fold:
            return ""
        return (
            f"The scorer {self.scorer} learned from this statement, so its tone comes from a model "
            "that never saw its year (of a constructed one, its dyad); one part is the difference "
            "to the weights in use."
        )

    @property
    def is_out_of_fold(self) -> bool:
        """Whether the scorer learned from this text and its tone is that of another model."""
        return bool(self.parts["entry"].eq(_OUT_OF_FOLD).any())

    def text(
        self, *, width: int = 80, is_full: bool = False, how_full: str = "text(is_full=True)"
    ) -> str:
        """Return the explanation in plain lines, for a terminal.

        Parameters
        ----------
        width : int, default 80
            Characters in a line of the table.
        is_full : bool, default False
            All of the text, and a line for every part, with entry, valence and factor. Left out,
            parts that hardly weigh are told in one sum, and of a text of more than 2,000
            characters the sentences around the strongest expressions are shown.
        how_full : str, default "text(is_full=True)"
            How a reader is told to see all of a text that is shown in part.

        Returns
        -------
        str
            The text with expressions in brackets, sentence, what the scale is, and the parts.
        """
        shown = digest(self.parts, is_full=is_full)
        return markup.plain(self.statement, self._lead, shown, self._sum(shown), width, how_full)

    @property
    def _lead(self) -> list[str]:
        return [line for line in (self.sentence, self.scale, self.origin) if line]

    def to_dict(self) -> dict[str, object]:
        """Return everything in values that JSON can hold (NaN as None).

        Returns
        -------
        dict
            text, source, target, scorer, tone, unclipped, flags, sentence, is_traced, is_directed
            and parts (a list of dict).
        """
        return {
            "text": self.statement,
            "source": self.source,
            "target": self.target,
            "scorer": self.scorer,
            "tone": None if math.isnan(self.tone) else self.tone,
            "unclipped": None if math.isnan(self.unclipped) else self.unclipped,
            "flags": list(self.flags),
            "sentence": self.sentence,
            "is_traced": self.is_traced,
            "is_directed": self.is_directed,
            "parts": self.parts.to_dict("records"),
        }

    def _sum(self, shown: Digest) -> str:
        """How the parts give the number; empty where there are none."""
        given = [*shown.parts["contribution"], *([shown.rest] if shown.n_summed else [])]
        if not given:
            return ""
        terms = [wording.tone(value) for value in given]
        terms = terms if len(terms) <= _N_TERMS else [*terms[: _N_TERMS - 1], "…"]
        line = f"{' '.join(terms)} = {wording.tone(self.unclipped)}"
        off = math.fsum(round(value, 2) for value in given) - round(self.unclipped, 2)
        line += " (terms are rounded)" if abs(off) > 0.005 else ""
        return line + (f", clipped to {wording.tone(self.tone)}" if self.is_clipped else "")

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        shown = digest(self.parts)
        return markup.html(self.statement, self._lead, shown, self._sum(shown))


def explain(
    text: str,
    source: str | Sequence[str] = "RUS",
    target: str | Sequence[str] = "TUR",
    *,
    scorer: str | Scorer = "target",
    on: date | str | None = None,
    aliases: Mapping[str, Sequence[str]] | None = None,
) -> Explanation:
    """Show how a text comes by its tone.

    Parameters
    ----------
    text : str
        A statement, of any length.
    source, target : str or sequence of str, default "RUS" and "TUR"
        The speaking and the addressed country as alpha-3 code; or the names by which the
        text may mention them, such as ``["Nato", "the alliance"]``, none of them to have the
        text read as it stands.
    scorer : str or Scorer, default "target"
        What `get_scorer` knows, or a scorer of one's own.
    on : datetime.date, pandas.Timestamp or str, optional
        Day said, "2015-11-24" as text: leaders in office on that day count as mentions.
        None: all leaders known.
    aliases : mapping of str to sequence of str, optional
        Further forms by which texts mention a country, by its code; matched as written.

    Returns
    -------
    Explanation
        Tone, flags and parts; a scorer that shows no parts, such as "vader", gives tone and
        flags alone. What cannot be scored has tone NaN and the flag that says why.

    Raises
    ------
    BadArgumentError
        If the text is no text, a code is no country, source and target are the same, `on` is no
        day, or there is no such scorer.

    Notes
    -----
    The tone is the one that `score_statements` gives the same text on the same day.

    Examples
    --------
    >>> explanation = explain("Lavrov called the decision of Turkey unacceptable.")
    >>> explanation.tone < -0.25
    True
    >>> float(explanation.parts["contribution"].sum().round(9)) == round(explanation.unclipped, 9)
    True
    """
    if not isinstance(text, str):
        raise BadArgumentError(f"{text!r} is not a text.", remedy="Give a str.")
    chosen = get_scorer(scorer)
    day = _day(on)
    speaker, sources = _party(source, day, aliases)
    addressed, targets = _party(target, day, aliases)
    if sources and set(sources) == set(targets):
        raise BadArgumentError(
            f"Source and target are the same ({addressed}).",
            remedy="Tone is toward another country; give the one that is spoken about as target.",
        )
    (flag,) = reasons_against([text])
    tone, trace = math.nan, None
    if not flag:
        ((tone, flag, trace),) = judge(chosen, [text], [targets], [sources])
    is_scored = trace is not None and not math.isnan(tone)
    return Explanation(
        statement=text,
        source=speaker,
        target=addressed,
        scorer=chosen.name,
        tone=tone,
        unclipped=float(trace.unclipped) if trace is not None else math.nan,
        flags=tuple(part for part in flag.split("+") if part),
        parts=_parts(text, trace if is_scored else None),
        is_traced=is_tracing(chosen),
        is_directed=bool(chosen.parameters.get("is_target_directed", True)),
    )


def _counted(placed: pd.DataFrame) -> str:
    """Count the parts that have a place; what a model learned is no expression of a lexicon."""
    n = len(placed)
    if not placed["link"].eq("ngram").any():
        return wording.count(n, "expression")
    return f"{wording.number(n)} {'word or word group' if n == 1 else 'words and word groups'}"


def _told(tone: float) -> str:
    """Return a tone with as many digits as it takes to lie on its side of the bounds."""
    for digits in range(2, 6):
        rounded = round(tone, digits)
        if (rounded < -_NEUTRAL, rounded > _NEUTRAL) == (tone < -_NEUTRAL, tone > _NEUTRAL):
            return wording.degrees(tone, digits)
    return wording.degrees(tone, 6)


def _day(on: date | str | None) -> date | None:
    if on is None or isinstance(on, date):
        return on
    day = pd.to_datetime(on, errors="coerce") if isinstance(on, str) else pd.NaT
    if pd.isna(day):
        raise BadArgumentError(f"{on!r} is not a day.", remedy="Write it as 2015-11-24.")
    return pd.Timestamp(day).date()


def _party(
    party: str | Sequence[str], day: date | None, aliases: Mapping[str, Sequence[str]] | None
) -> tuple[str, tuple[str, ...]]:
    """Return what a reader calls a party, and its surface forms."""
    if isinstance(party, str):
        country = Country.parse(party)
        extra = (aliases or {}).get(country.code, ())
        return country.name, surface_forms(country.code, on=day, extra=extra)
    forms = tuple(party)
    if not all(isinstance(form, str) and form.strip() for form in forms):
        raise BadArgumentError(
            f"A name of a party is no text or blank (received {forms!r}).",
            remedy="Give a country code, or names as text.",
        )
    return (forms[0] if forms else "an unnamed party"), forms


def _parts(text: str, trace: ToneTrace | None) -> pd.DataFrame:
    rows = [
        {
            "start": part.start,
            "end": part.end,
            # Lone surrogates fit in no column of text.
            "expression": text[part.start : part.end].encode("utf-8", "replace").decode(),
            "entry": part.entry,
            "valence": part.valence,
            "factor": part.factor,
            "contribution": part.valence * part.factor,
            "link": part.link,
            "notes": "; ".join(getattr(part, "notes", ())),
        }
        for part in (trace.parts if trace is not None else ())
    ]
    frame = pd.DataFrame(rows, columns=list(_PARTS)).astype(_PARTS)
    return frame.sort_values(["start", "end"], kind="stable", ignore_index=True)
