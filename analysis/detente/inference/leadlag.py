"""Whether the tone of one side moves earlier than that of the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._checks import needs
from detente._tables.records import records
from detente.errors import BadArgumentError
from detente.index import IndexResult, StateFit
from detente.inference.crossing import CROSS, CrossFit, fit_cross, profile_interval
from detente.inference.series import Floats, state_of

__all__ = ["LeadLagResult", "estimate_lead_lag", "fit_all"]

#: Verdicts on a term.
_PREDICTS = wording.mark("Granger-predicts")
_NEITHER = wording.mark("does not")
_OPEN = wording.mark("cannot tell")

#: (1.96 + 0.84) / 1.96: from half an interval to what is seen in four of five cases.
_POWER = 2.80 / 1.96


@dataclass(frozen=True, eq=False)
class LeadLagResult:
    """Which side's tone moves earlier.

    Parameters
    ----------
    table : DataFrame
        One row per cross term: `leading` and `following` (directions), `cross_term` with
        `lower` and `upper` (profile-likelihood interval), `lr` and `p` (likelihood ratio, one
        degree of freedom), `p_adjusted` (Holm, over both terms), `detectable` (size of a term
        that would be seen in four of five cases), `verdict` ("Granger-predicts", "does not",
        "cannot tell").
    names : dict of str to str
        Directions in words.
    transition : ndarray, shape (2, 2)
        Matrix A; row: side a month later, column: side now.
    lr_both, p_both : float
        Likelihood ratio of both terms together, two degrees of freedom.
    reason : str
        Why nothing could be asked; "" where it could.
    options : dict
        What was asked for.
    """

    table: pd.DataFrame
    names: dict[str, str]
    transition: Floats
    lr_both: float = np.nan
    p_both: float = np.nan
    reason: str = ""
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """Both terms together: who moves earlier, "neither", or "cannot tell"."""
        if self.reason:
            return _OPEN
        leading = self.table.loc[self.table["verdict"] == _PREDICTS, "leading"].to_list()
        if len(leading) == 2:
            return "each Granger-predicts the other"
        if leading:
            return f"{leading[0]} moves earlier"
        return "neither" if self.table["verdict"].eq(_NEITHER).all() else _OPEN

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for and what was estimated on the way."""
        return {
            **self.options,
            "transition": [[float(value) for value in row] for row in self.transition],
            "lr_both": None if np.isnan(self.lr_both) else self.lr_both,
            "p_both": None if np.isnan(self.p_both) else self.p_both,
        }

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the terms to mean what they say."""
        return (
            wording.say(
                "Both sides return to levels of their own; what a month adds to that by the month "
                "before is the same over the whole period."
            ),
            wording.say(
                "Months are the unit: what passes between the sides within a month is in the "
                "correlation of their changes, which says nothing of who moved first."
            ),
            wording.say(
                "The noise of statements is known; a day that both spoke on is shared. Nothing "
                "smoothed or filled in is used."
            ),
            wording.say(
                "'Granger-predicts' means that the months of one side help to foretell the other's "
                "next; a third thing that moves both, one sooner, looks the same."
            ),
            wording.say(
                "Intervals and p-values are those of large samples; they cover neither the "
                "scorer's error nor the choice of statements."
            ),
        )

    @property
    def sentence(self) -> str:
        """What was found, in words, from the numbers of the table."""
        if self.reason:
            return wording.say(
                "Whether one side moves earlier cannot be asked for: {reason}.", reason=self.reason
            )
        terms = "; ".join(
            wording.say(
                "of each degree by which {leading} stands off its level, {term} ({share} "
                "confidence interval {lower} to {upper}, p = {p}) is added to {following} a month "
                "later",
                leading=self.names[row["leading"]],
                following=self.names[row["following"]],
                term=wording.number(row["cross_term"], 2),
                share=wording.share(self.options["confidence"]),
                lower=_end(row["lower"]),
                upper=_end(row["upper"]),
                p=wording.number(row["p"], 3),
            )
            for row in self.table.to_dict("records")
        )
        least = self.options["negligible"]
        told = wording.say(
            "{terms} (both together: p = {p}); {power}. A term of {least} or less was taken to be "
            "as good as none.",
            terms=wording.capital(terms),
            p=wording.number(self.p_both, 3),
            power=self._power,
            least=wording.number(least, 2 if round(least, 2) == least else 4),
        )
        return f"{self._opening} {told}"

    @property
    def _opening(self) -> str:
        verdict = self.verdict
        if verdict == "neither":
            return wording.say("Neither side's tone moves a month earlier than the other's.")
        if verdict == _OPEN:
            return wording.say(
                "Whether one side's tone moves earlier than the other's cannot be told."
            )
        leading = self.table.loc[self.table["verdict"] == _PREDICTS]
        if len(leading) == 2:
            return wording.say("Each side's tone Granger-predicts the other's.")
        row = leading.iloc[0]
        return wording.say(
            "{leading} Granger-predicts {following}: it moves a month earlier.",
            leading=self.names[row["leading"]],
            following=self.names[row["following"]],
        )

    @property
    def _power(self) -> str:
        sizes = self.table["detectable"]
        if not np.isfinite(sizes).any():
            return wording.say("no term, of whatever size, would be seen in four of five cases")
        first, second = (_end(size) for size in sizes)
        return wording.say(
            "a term would have to be about {first} or {second} to be seen in four of five cases",
            first=first,
            second=second,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, sentence and table as plain Python values.

        Returns
        -------
        dict
            Ready for JSON.
        """
        return {
            "parameters": self.parameters,
            "sentence": self.sentence,
            "verdict": self.verdict,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
        }

    def __repr__(self) -> str:
        return f"<LeadLagResult {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table, title=wording.say("Lead and lag"))


def estimate_lead_lag(result: IndexResult, *, negligible: float = 0.2) -> LeadLagResult:
    """Ask whether one side's tone moves a month earlier than the other's.

    Parameters
    ----------
    result : IndexResult
        A state-space index; the raw months of both sides and their noise are used.
    negligible : float, default 0.2
        A cross term of this size or smaller is as good as none, in (0, 1).

    Returns
    -------
    LeadLagResult
        Cross terms with intervals, tests and verdicts.

    Raises
    ------
    BadArgumentError
        For an index by means, or `negligible` outside (0, 1).

    Notes
    -----
    State equation ``m_t - c = A (m_{t-1} - c) + change``, seen through the monthly means with
    their known noise [1]_. A's own terms may differ between the sides; each cross term is
    tested by the likelihood ratio against the fit without it. With a term's adjusted p below
    one minus the confidence the leading side "Granger-predicts" the other; where the interval
    lies within +-`negligible` it "does not"; else we "cannot tell".

    References
    ----------
    .. [1] Durbin, J. and Koopman, S. J. (2012). Time Series Analysis by State Space Methods.
       Oxford University Press.

    Examples
    --------
    >>> from detente.index import monthly_index
    >>> days = pd.date_range("2010-01-05", periods=40, freq="15D").repeat(2)
    >>> tone = np.random.default_rng(0).normal(0, 0.3, 80).round(3)
    >>> scored = pd.DataFrame({"date": days, "source": "RUS", "target": "TUR", "speaker": "A",
    ...     "tone": tone})
    >>> estimate_lead_lag(monthly_index(scored)).reason
    'one side has no index'
    """
    needs(result, IndexResult, "result", "detente.monthly_index")
    if not 0 < negligible < 1:
        raise BadArgumentError(
            f"negligible={negligible} was received.",
            remedy="Give the size of a cross term that is as good as none: above 0 and below 1, "
            "at which a side hands on all of its distance from its level.",
        )
    state = state_of(result, wording.say("Whether a side moves earlier"))
    options = {"confidence": result.confidence, "negligible": negligible}
    names = {side: result.direction_name(side) for side in result.dyad.directions}
    if state is None or len(result.sides) < 2:
        reason = (
            wording.say("neither side has an index")
            if state is None
            else wording.say("one side has no index")
        )
        return LeadLagResult(
            pd.DataFrame(), names, np.empty((0, 0)), reason=reason, options=options
        )
    from scipy import stats

    full, reduced, none = fit_all(state)
    noise = state.noise * state.noise_scale
    lr = np.array([2 * max(full.loglike - fit.loglike, 0.0) for fit in reduced])
    p = stats.chi2.sf(lr, 1)
    order = np.argsort(p)
    adjusted = np.empty(2)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(p[order] * [2, 1]))
    rows = []
    for term, (following, leading) in enumerate(CROSS):
        lower, upper = profile_interval(
            state.raw, noise, full, term, result.confidence, [reduced[term], none]
        )
        verdict = _OPEN
        if adjusted[term] < 1 - result.confidence:
            verdict = _PREDICTS
        elif max(abs(lower), abs(upper)) <= negligible:
            verdict = _NEITHER
        rows.append(
            {
                "leading": result.sides[leading],
                "following": result.sides[following],
                "cross_term": float(full.transition[following, leading]),
                "lower": lower,
                "upper": upper,
                "lr": float(lr[term]),
                "p": float(p[term]),
                "p_adjusted": float(adjusted[term]),
                "detectable": _POWER * (upper - lower) / 2,
                "verdict": verdict,
            }
        )
    both = 2 * max(full.loglike - none.loglike, 0.0)
    return LeadLagResult(
        table=pd.DataFrame(rows),
        names=names,
        transition=full.transition,
        lr_both=both,
        p_both=float(stats.chi2.sf(both, 2)),
        options=options,
    )


def fit_all(state: StateFit) -> tuple[CrossFit, tuple[CrossFit, CrossFit], CrossFit]:
    """Fit the state equation with both cross terms, without each, and without both.

    Parameters
    ----------
    state : StateFit
        The fitted model of the index: its raw months, its noise, and where to begin.

    Returns
    -------
    full : CrossFit
        With both terms.
    reduced : tuple of CrossFit
        Without the first and without the second, in the order of `CROSS`.
    none : CrossFit
        Without both.
    """
    raw, noise = state.raw, state.noise * state.noise_scale
    own = min(state.persistence, 0.95)
    rest = [*np.log(np.maximum(state.sd, 1.0)), np.arctanh(np.clip(state.rho, -0.9, 0.9))]
    none = fit_cross(raw, noise, (False, False), starts=[np.array([own, own, 0.0, 0.0, *rest])])
    reduced = tuple(
        fit_cross(raw, noise, free, starts=[none.theta, _tilted(none.theta, free)])
        for free in ((False, True), (True, False))
    )
    full = fit_cross(raw, noise, starts=[fit.theta for fit in reduced])
    return full, (reduced[0], reduced[1]), none


def _tilted(theta: Floats, free: tuple[bool, bool]) -> Floats:
    """Return a start in which the following side owes its persistence to the other."""
    tilted = theta.copy()
    for term, (following, _) in enumerate(CROSS):
        if free[term]:
            tilted[2 + term] = theta[following] / 2
            tilted[following] = theta[following] / 2
    return tilted


def _end(value: float) -> str:
    if np.isinf(value):
        return wording.say("unbounded")
    return wording.number(value, 2)
