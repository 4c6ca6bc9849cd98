"""Stretches of warm and cold months as regimes that switch by chance."""

from __future__ import annotations

import numpy as np
import pandas as pd

from detente._checks import check_whole, needs
from detente.errors import BadArgumentError
from detente.index import BILATERAL, IndexResult
from detente.inference.drift import fit_drift
from detente.inference.regimes_result import (
    DRIFT,
    MIXTURE,
    MODEL_COLUMNS,
    RegimesResult,
    model_name,
)
from detente.inference.series import RawSeries, raw_series
from detente.inference.switching import (
    Switching,
    fit_switching,
    mixture_loglike,
    regime_stretches,
)

__all__ = ["estimate_regimes"]


def estimate_regimes(
    result: IndexResult,
    *,
    direction: str = BILATERAL,
    n_regimes: int | None = None,
    max_regimes: int = 3,
) -> RegimesResult:
    """Describe the months by regimes that switch by chance.

    Parameters
    ----------
    result : IndexResult
        A state-space index; its raw months and their noise are used.
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral".
    n_regimes : int, optional
        Number of regimes, 1 to `max_regimes`; default: that with the lowest BIC.
    max_regimes : int, default 3
        Largest number that is tried, 1 to 4.

    Returns
    -------
    RegimesResult
        Stretches, levels, chances per month and the models compared.

    Raises
    ------
    BadArgumentError
        For an index by means, an unknown direction, or a number outside its range.

    Notes
    -----
    y_t = m_{s_t} + e_t with s_t a Markov chain and Var(e_t) = spread^2 + v_t, v_t the known
    variance of the month's noise; maximum likelihood by Hamilton's filter, which a silent month
    passes without an observation [1]_. AIC and BIC (n = observed months) compare the numbers of
    regimes with each other, with one level and a mean-reverting drift around it, and with
    levels that each month draws anew; a difference below 6 is not taken for an answer [2]_. No
    test is made of the number: under fewer regimes the chances of switching are not identified.

    References
    ----------
    .. [1] Hamilton, J. D. (1989). A new approach to the economic analysis of nonstationary time
       series and the business cycle. Econometrica 57(2).
    .. [2] Kass, R. E. and Raftery, A. E. (1995). Bayes factors. Journal of the American
       Statistical Association 90(430).

    Examples
    --------
    >>> from detente.index import monthly_index
    >>> days = pd.date_range("2010-01-05", periods=96, freq="15D").repeat(2)
    >>> tone = np.where(days < "2012-01-01", 0.5, -0.5) + np.tile([0.1, -0.1, -0.2, 0.2], 48)
    >>> scored = pd.DataFrame({"date": days, "source": ["RUS", "TUR"] * 96,
    ...     "target": ["TUR", "RUS"] * 96, "speaker": "A", "tone": tone})
    >>> regimes = estimate_regimes(monthly_index(scored), n_regimes=2)
    >>> regimes.levels["level"].round().to_list()
    [-50.0, 50.0]
    """
    needs(result, IndexResult, "result", "detente.monthly_index")
    for name, value in (("max_regimes", max_regimes), ("n_regimes", n_regimes)):
        if value is not None:
            check_whole(value, name)
    if not 1 <= max_regimes <= 4:
        raise BadArgumentError(f"max_regimes={max_regimes} was received; it is 1 to 4.")
    if n_regimes is not None and not 1 <= n_regimes <= max_regimes:
        raise BadArgumentError(
            f"n_regimes={n_regimes} was received; it is 1 to max_regimes={max_regimes}."
        )
    series, reason = raw_series(result, direction)
    options = {"max_regimes": max_regimes, "confidence": result.confidence}
    if series is None:
        none = pd.DataFrame()
        return RegimesResult(
            direction,
            result.direction_name(direction),
            none,
            none,
            none,
            none,
            reason,
            True,
            options,
        )
    # With n observed months no more parameters than half of them are spent.
    numbers = [
        k for k in range(1, max_regimes + 1) if 2 * (k + 1 + k * (k - 1)) <= series.n_observed
    ]
    if n_regimes is not None:
        numbers = sorted({*numbers, n_regimes})
    fits = {k: fit_switching(series, k, result.confidence) for k in numbers or [1]}
    models = _models(series, fits)
    bic = models.set_index("model")["bic"]
    chosen = n_regimes or min(fits, key=lambda k: float(bic[model_name(k)]))
    fit = fits[chosen]
    return RegimesResult(
        direction=direction,
        words=series.words,
        table=regime_stretches(series, fit),
        levels=pd.DataFrame(
            {
                "regime": np.arange(1, chosen + 1),
                "level": fit.levels,
                "lower": np.clip(fit.lower, -100, 100),
                "upper": np.clip(fit.upper, -100, 100),
                "duration": fit.durations if chosen > 1 else np.nan,
                "share": fit.probabilities.mean(axis=0),
            }
        ),
        probabilities=pd.DataFrame(
            {"month": series.months}
            | {f"regime_{i + 1}": fit.probabilities[:, i] for i in range(chosen)}
        ),
        models=models,
        is_chosen=n_regimes is None,
        options={**options, "n_observed": series.n_observed, "spread": fit.spread},
    )


def _models(series: RawSeries, fits: dict[int, Switching]) -> pd.DataFrame:
    drift = fit_drift(series)
    rows = [(model_name(k), True, fit.loglike, fit.n_parameters) for k, fit in fits.items()]
    rows.append((DRIFT, False, drift.loglike, drift.n_parameters))
    if max(fits) > 1:
        rows.append((MIXTURE, False, mixture_loglike(series, 2), 4))
    return pd.DataFrame(
        [
            (
                name,
                is_regimes,
                value,
                p,
                2 * p - 2 * value,
                np.log(series.n_observed) * p - 2 * value,
            )
            for name, is_regimes, value, p in rows
        ],
        columns=list(MODEL_COLUMNS),
    )
