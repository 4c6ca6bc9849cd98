"""What the scorer "calibrated" would have learned by a day, for many days of one corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from detente.tone.calibrated.corpus import Corpus, make_corpus, reasons_against
from detente.tone.calibrated.grams import LEAST_LENGTH
from detente.tone.calibrated.model import DIGITS, CalibratedModel
from detente.tone.calibrated.quality import macro_f1, pearson, slope
from detente.tone.calibrated.rules import SHARE, Bools, Floats, Ints, Reading, RuleReader
from detente.tone.calibrated.stretch import stretch
from detente.tone.calibrated.training import check_enough, made_model

if TYPE_CHECKING:
    import pandas as pd


__all__ = ["CodingHistory"]


class CodingHistory:
    """Coded statements that are read once and learned from as of any day.

    Parameters
    ----------
    statements, codings : DataFrame
        As for `train`.
    aliases : mapping of str to sequence of str, optional
        As for `train`.

    Raises
    ------
    BadArgumentError
        If the frames do not fit.

    Notes
    -----
    A coding counts as known from the day of its statement on. Constructed statements, which
    have no date, count as known on every day: like the rules of "target" they are part of the
    method, and tell nothing of what was said when.

    Examples
    --------
    >>> import pandas as pd
    >>> texts = ["He thanked Turkey.", "He accused Turkey.", "He listed trains to Turkey."]
    >>> n = range(180)
    >>> statements = pd.DataFrame({
    ...     "id": n, "date": [f"{2010 + i // 45}-05-01" for i in n], "source": "RUS",
    ...     "target": "TUR", "text": [f"{texts[i % 3]} This is remark {i}." for i in n]})
    >>> codings = pd.DataFrame({"id": n, "code": [(3, -3, 0)[i % 3] for i in n]})
    >>> history = CodingHistory(statements, codings)
    >>> history.reasons("2012-12-31")
    ['coded statements: 135 found, 150 needed']
    >>> history.model("2013-12-31").about["n"]
    180
    """

    def __init__(
        self,
        statements: pd.DataFrame,
        codings: pd.DataFrame,
        *,
        aliases: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self._corpus = make_corpus(statements, codings, aliases)
        rules = RuleReader()
        self._rules = rules.parameters
        self._reading = rules.read([named.text for named in self._corpus.named])

    def reasons(self, day: str | pd.Timestamp) -> list[str]:
        """Return why what was coded by a day does not suffice to learn from.

        Parameters
        ----------
        day : str or Timestamp
            Statements after this day are not known.

        Returns
        -------
        list of str
            As `reasons_against` gives them; empty where it suffices.
        """
        return reasons_against(self._known(day)[0])

    def model(self, day: str | pd.Timestamp) -> CalibratedModel:
        """Learn what could be learned by a day.

        Parameters
        ----------
        day : str or Timestamp
            Statements after this day, and their codings, are not known.

        Returns
        -------
        CalibratedModel
            Weights are those that `train` gives for the statements of this day and before. Of
            these the model has out-of-fold tones (each year scored by a model of the other
            years); of constructed statements it has none. Its `about` has no intervals, and
            its `wording` repeats the features.

        Raises
        ------
        BadArgumentError
            If the codings known by then are too few; all reasons are named.

        Notes
        -----
        What is learned uses nothing later: neither codings nor texts, so words count as common
        and n-grams are features by the texts known then. The penalty is chosen once, on all
        that was known. `train` chooses it anew for each year that it
        leaves out; where it finds the same one each time, as in the bundled studies, the
        out-of-fold tones are the same too. The scale that undoes the shrinkage of a year is
        that of the other years' out-of-fold tones in both.
        """
        corpus, reading = self._known(day)
        check_enough(corpus)
        from .design import make_design
        from .fitting import choose, fit, scale_of
        from .ridge import RidgeFits

        design, every = make_design(corpus, reading, is_worded=False), np.arange(len(corpus))
        fits = RidgeFits(design)
        penalty, steep, base = choose(design, every, predict=fits.tones)
        tones = np.full(len(corpus), np.nan)
        dated = corpus.is_dated
        years = np.unique(corpus.block[dated])
        linear = np.full(len(corpus), np.nan)
        held_out = [corpus.block == year for year in years]
        splits = [(np.flatnonzero(~held), np.flatnonzero(held), penalty) for held in held_out]
        for held, found in zip(held_out, fits.tones(splits), strict=True):
            linear[held] = found
        for year in years:
            held, rest = corpus.block == year, dated & (corpus.block != year)
            scale, shift = scale_of(corpus.gold[rest], linear[rest])
            tones[held] = np.clip(stretch(shift + scale * linear[held]), -1.0, 1.0)
        tones = np.round(tones, DIGITS)
        final = fit(design, every, penalty)
        about: dict[str, object] = {
            "as_of": str(np.datetime64(day, "D")),
            "n": len(corpus),
            "n_constructed": int(np.sum(~dated)),
            "n_years": len(np.unique(corpus.block[dated])),
            "trained_on": {
                corpus.dyads[k]: int(np.sum(corpus.dyad == k))
                for k in np.unique(corpus.dyad[dated])
            },
            "training_digest": corpus.digest,
            "settings": {
                "share": SHARE,
                "penalty": penalty,
                "least_length": LEAST_LENGTH,
            },
            "scale": round(steep, DIGITS),
            "out_of_fold": _figures(corpus.gold[dated], tones[dated]),
            "rules": self._rules,
        }
        return made_model(design, final, steep, base, tones, about)

    def _known(self, day: str | pd.Timestamp) -> tuple[Corpus, Reading]:
        corpus = self._corpus
        known = ~corpus.is_dated | (corpus.day <= np.datetime64(day, "D"))
        return corpus.take(np.flatnonzero(known)), _part(self._reading, known)


def _figures(gold: Floats, tone: Floats) -> dict[str, object]:
    kinds = {"pearson": pearson, "macro_f1": macro_f1, "slope": slope}
    return {"n": len(gold), **{name: round(kind(gold, tone), 4) for name, kind in kinds.items()}}


def _part(reading: Reading, kept: Bools) -> Reading:
    """Return what was read in some of the texts, numbered anew; it has no parts."""
    word = kept[reading.text]
    number: Ints = np.cumsum(kept) - 1
    nothing, no_number = np.zeros(0, dtype=np.int64), np.zeros(0)
    return replace(
        reading,
        lower=reading.lower[word],
        is_capital=reading.is_capital[word],
        start=reading.start[word],
        end=reading.end[word],
        text=number[reading.text[word]],
        sentence=reading.sentence[word],
        who=reading.who[word],
        tone=reading.tone[kept],
        part_text=nothing,
        part_start=nothing,
        part_end=nothing,
        part_entry=[],
        part_link=[],
        part_notes=[],
        part_valence=no_number,
        part_factor=no_number,
    )
