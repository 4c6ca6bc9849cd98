"""Agreement between coders: Krippendorff's alpha."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.validation.codebook import LARGEST_CODE
from detente.validation.codings import as_codings, coder_types, describe_coders
from detente.validation.phrases import figure
from detente.validation.resampling import Blocks, Floats, Options, interval_of
from detente.validation.scores import ratio

__all__ = ["METRICS", "CoderAgreementResult", "coder_agreement"]

#: Distances between codes: by the code itself, and by rank.
METRICS = ("interval", "ordinal")

_BY_METRIC = {
    "interval": wording.mark("{figure} by the interval metric"),
    "ordinal": wording.mark("{figure} by the ordinal metric"),
}


@dataclass(frozen=True, eq=False)
class CoderAgreementResult:
    """How far coders of the same statements agree.

    Parameters
    ----------
    table : DataFrame
        One row per metric ("interval", "ordinal"): metric, alpha (Krippendorff's; 1 full
        agreement, 0 that of chance), lower, upper, n (statements with two codings or more).
    exact : float
        Share of pairs of codings of one statement that have the same code.
    coders : str
        Who coded, in words.
    n_coders, n_single : int
        Coders, and statements with one coding, which say nothing about agreement.
    options : Options
        How intervals were made.
    coder_types : tuple of str
        Who coded, of `CODER_TYPES`.
    """

    table: pd.DataFrame
    exact: float
    coders: str
    n_coders: int
    n_single: int
    options: Options
    coder_types: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Statements with two codings or more."""
        return int(self.table["n"].iloc[0])

    @property
    def sentence(self) -> str:
        """The agreement in words, from the numbers of the table."""
        if self.n == 0:
            return wording.say(
                "No statement was coded twice: we cannot tell the agreement. Coded by: {coders}.",
                coders=self.coders,
            )
        told = [
            wording.say(
                _BY_METRIC[row["metric"]],
                figure=figure(row["alpha"], row["lower"], row["upper"], "statement"),
            )
            for row in self.table.to_dict("records")
        ]
        text = wording.say(
            "Krippendorff's alpha of {coders}, on {statements}, with {intervals}: {alphas}; "
            "{share} of the pairs have the same code.",
            coders=self.coders,
            statements=wording.count(self.n, "statement"),
            intervals=self.options.words_of_many,
            alphas=wording.listing(told),
            share=wording.share(self.exact),
        )
        if self.table["alpha"].isna().all():
            text = wording.say(
                "All codes are alike, so alpha is not defined. Coded by: {coders}.",
                coders=self.coders,
            )
        if self.has_human:
            return text
        machines = wording.say(
            "Machine codings share their errors; their agreement does not say people would."
        )
        return f"{text} {machines}"

    @property
    def has_human(self) -> bool:
        """Whether a person has coded."""
        return "human" in self.coder_types

    @property
    def has_machine(self) -> bool:
        """Whether a machine has coded."""
        return "machine" in self.coder_types

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the figures to mean what they say."""
        return (
            wording.say("Coders judged each statement without knowing the codes of the others."),
            wording.say("The interval resamples statements, not coders."),
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {
            "seed": self.options.seed,
            "n_boot": self.options.n_boot,
            "confidence": self.options.confidence,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, sentence and table as plain Python values, ready for JSON."""
        return {
            "parameters": self.parameters,
            "coders": self.coders,
            "n_coders": self.n_coders,
            "n_statements": self.n,
            "n_single": self.n_single,
            "exact": None if np.isnan(self.exact) else self.exact,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
        }

    def __repr__(self) -> str:
        return f"<CoderAgreementResult: {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table, 3)


def coder_agreement(
    codings: pd.DataFrame, *, seed: int = 0, n_boot: int = 1000, confidence: float = 0.95
) -> CoderAgreementResult:
    """Measure how far the coders agree.

    Parameters
    ----------
    codings : DataFrame
        As `read_codings` returns them; statements may lack coders. Not changed.
    seed : int, default 0
        Seed of the bootstrap.
    n_boot : int, default 1000
        Replicates, at least 50.
    confidence : float, default 0.95
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    CoderAgreementResult
        Its `table` has a row per metric; alpha is missing where no statement has two
        codings, or all codes are alike.

    Raises
    ------
    CheckError
        The codings break the schema.
    BadArgumentError
        For a number out of range.

    Notes
    -----
    alpha = 1 - (n - 1) sum o_ck d_ck / sum n_c n_k d_ck [1]_, where o_ck adds, over
    statements with m >= 2 codings, the ordered pairs of codes c and k over m - 1, n_c are
    its margins and n their sum. The distance d is (c - k)^2 by the interval metric, and
    the same of mid-ranks among all codings by the ordinal one. Machine codings share their
    errors, so a high alpha of theirs says that the codebook is clear, no more.

    References
    ----------
    .. [1] Krippendorff, K. (2019). Content Analysis: An Introduction to Its Methodology,
       4th edition, chapter 12. Sage.

    Examples
    --------
    >>> codings = pd.DataFrame({"id": ["a", "a", "b", "b"], "coder": ["A", "B"] * 2,
    ...     "code": [2, 2, -1, -2], "coder_type": "human"})
    >>> coder_agreement(codings).table[["metric", "alpha"]].round(3)
         metric  alpha
    0  interval  0.941
    1   ordinal  0.833
    """
    options = Options(seed, n_boot, confidence)
    typed = as_codings(codings)
    places = typed["code"].to_numpy() + LARGEST_CODE
    _, units = np.unique(typed["id"].to_numpy(dtype=object).astype(str), return_inverse=True)
    n_codes = 2 * LARGEST_CODE + 1
    counts = np.zeros((units.max() + 1, n_codes))
    np.add.at(counts, (units.ravel(), places), 1)
    size = counts.sum(axis=1)
    doubled, size = counts[size >= 2], size[size >= 2]
    n_single = len(counts) - len(doubled)
    # Ordered pairs of codes within each statement, a coding never paired with itself.
    pairs = doubled[:, :, None] * doubled[:, None, :]
    diagonal = np.arange(n_codes)
    pairs[:, diagonal, diagonal] -= doubled
    weighted = (pairs / (size - 1)[:, None, None]).reshape(len(doubled), n_codes**2)
    blocks = Blocks(np.arange(len(doubled)), len(doubled))
    alphas = np.full((1, len(METRICS)), np.nan)
    lower = upper = np.full(len(METRICS), np.nan)
    if len(doubled):
        alphas = _alphas(blocks.whole @ weighted)
        draws = _alphas(blocks.draws(options) @ weighted)
        lower, upper = interval_of(draws, len(doubled), options.confidence)
    table = pd.DataFrame(
        {
            "metric": METRICS,
            "alpha": alphas[0],
            "lower": lower,
            "upper": upper,
            "n": len(doubled),
        }
    )
    total = pairs.sum()
    exact = float(pairs[:, diagonal, diagonal].sum() / total) if total else float("nan")
    return CoderAgreementResult(
        table=table,
        exact=exact,
        coders=describe_coders(typed),
        n_coders=int(typed["coder"].nunique()),
        n_single=n_single,
        options=options,
        coder_types=coder_types(typed),
    )


def _alphas(flat: Floats) -> Floats:
    """Return alpha by each metric from coincidences: (n_boot, k * k) -> (n_boot, 2)."""
    n_codes = 2 * LARGEST_CODE + 1
    coincidences = flat.reshape(-1, n_codes, n_codes)
    margins = coincidences.sum(axis=2)
    codes = np.broadcast_to(np.arange(n_codes, dtype=np.float64), margins.shape)
    ranks = np.cumsum(margins, axis=1) - margins / 2
    found = []
    for scale in (codes, ranks):
        distance = (scale[:, :, None] - scale[:, None, :]) ** 2
        observed = (coincidences * distance).sum(axis=(1, 2))
        expected = (margins[:, :, None] * margins[:, None, :] * distance).sum(axis=(1, 2))
        found.append(1 - ratio((margins.sum(axis=1) - 1) * observed, expected))
    return np.stack(found, axis=1)
