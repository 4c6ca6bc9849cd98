"""The likelihood of levels that switch by a Markov chain, silent months passed over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from detente.inference.series import Floats, RawSeries

__all__ = ["Switching", "fit_switching", "mixture_loglike", "regime_stretches", "switching_loglike"]

#: Ends of what is tried: log of a regime's own spread in degrees, log odds of a switch.
_SPREADS = (np.log(0.1), np.log(100.0))
_ODDS = (-8.0, 4.0)

#: Most promising starts from which the likelihood is climbed.
_N_STARTS = 3

#: Months after which running products are scaled, long before they leave the range of floats.
_RESCALE = 8

#: Step of the differences that give slopes and curvature.
_STEP = 1e-4


@dataclass(frozen=True, eq=False)
class Switching:
    """Fitted regimes, coldest first.

    Parameters
    ----------
    levels, lower, upper : ndarray, shape (k,)
        Level of each regime and the ends of its 95 % interval, degrees; NaN ends where the
        likelihood does not curve.
    spread : float
        Standard deviation of a month around its regime beyond the noise, degrees.
    transition : ndarray, shape (k, k)
        Chance of each regime (column) a month after each (row).
    probabilities : ndarray, shape (m, k)
        Chance of each regime in each month given all months.
    loglike : float
        Maximum of the log likelihood.
    """

    levels: Floats
    lower: Floats
    upper: Floats
    spread: float
    transition: Floats
    probabilities: Floats
    loglike: float

    @property
    def n_parameters(self) -> int:
        """Levels, spread and chances of switching."""
        k = len(self.levels)
        return k + 1 + k * (k - 1)

    @property
    def durations(self) -> Floats:
        """Expected months of a stay in each regime."""
        return np.asarray(1 / np.maximum(1 - np.diag(self.transition), 1e-12))


def switching_loglike(
    series: RawSeries, levels: Floats, spread: Floats, transition: Floats
) -> Floats:
    """Return the log likelihood of several parameter sets at once.

    Parameters
    ----------
    series : RawSeries
        The raw months; silent ones stay missing.
    levels : ndarray, shape (b, k)
        Levels, degrees.
    spread : ndarray, shape (b,)
        Standard deviation around the regime, degrees, 0 or more.
    transition : ndarray, shape (b, k, k)
        Chances of switching; rows sum to one.

    Returns
    -------
    ndarray, shape (b,)
        Log likelihoods.

    Notes
    -----
    Hamilton's filter [1]_, begun with the chain's stationary distribution: in month t the tone
    is normal around the level of the regime with variance spread^2 + v_t; a silent month only
    moves the chain on.

    References
    ----------
    .. [1] Hamilton, J. D. (1989). A new approach to the economic analysis of nonstationary time
       series and the business cycle. Econometrica 57(2).
    """
    density, top, at = _emission(series, levels, spread, transition)
    total: Floats = top.sum(axis=0)
    seen = series.seen
    gaps = np.diff(seen, prepend=0)
    moves = {gap: np.linalg.matrix_power(transition, int(gap)) for gap in np.unique(gaps)}
    for number, (t, gap) in enumerate(zip(seen, gaps, strict=True)):
        at = np.matmul(at[:, None, :], moves[gap])[:, 0, :] if gap else at
        at = at * density[t]
        if number % _RESCALE == _RESCALE - 1 or t == seen[-1]:
            chance = at.sum(axis=1)
            total += np.log(chance)
            at = at / chance[:, None]
    return total


def fit_switching(series: RawSeries, n_regimes: int, confidence: float = 0.95) -> Switching:
    """Fit regimes by maximum likelihood.

    Parameters
    ----------
    series : RawSeries
        The raw months.
    n_regimes : int
        Number of regimes, 1 or more.
    confidence : float, default 0.95
        Coverage of the intervals of the levels (Wald).

    Returns
    -------
    Switching
        The best of several fixed starts.
    """
    from scipy import stats
    from scipy.optimize import minimize

    k = n_regimes
    y = series.value[series.seen]

    def loss(theta: Floats) -> tuple[float, Floats]:
        steps = _STEP * np.eye(len(theta))
        points = np.concatenate([theta[None], theta + steps, theta - steps])
        values = -switching_loglike(series, *_natural(points, k))
        ahead, behind = np.split(values[1:], 2)
        return float(values[0]), (ahead - behind) / (2 * _STEP)

    bounds = [(-150.0, 150.0)] * k + [_SPREADS] + [_ODDS] * (k * (k - 1))
    starts = np.clip(_starts(y, k), *np.asarray(bounds).T)
    promise = switching_loglike(series, *_natural(starts, k))
    best, lowest = np.empty(0), np.inf
    for start in starts[np.argsort(-promise, kind="stable")[:_N_STARTS]]:
        found = minimize(
            loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-10}
        )
        if found.fun < lowest - 1e-7:
            best, lowest = np.asarray(found.x), float(found.fun)
    levels, spread_of, transition = _natural(best[None], k)
    _, filtered, predicted = _filter(series, levels, spread_of, transition)
    half = stats.norm.ppf((1 + confidence) / 2) * _level_errors(series, best, k, bounds)
    order = np.argsort(levels[0], kind="stable")
    smoothed = _smooth(filtered[:, 0], predicted[:, 0], transition[0])
    return Switching(
        levels=levels[0][order],
        lower=(levels[0] - half)[order],
        upper=(levels[0] + half)[order],
        spread=float(spread_of[0]),
        transition=transition[0][np.ix_(order, order)],
        probabilities=smoothed[:, order],
        loglike=-lowest,
    )


def mixture_loglike(series: RawSeries, n_regimes: int) -> float:
    """Return the highest log likelihood of levels that each month draws anew, without memory.

    Parameters
    ----------
    series : RawSeries
        The raw months.
    n_regimes : int
        Number of levels, 2 or more; ``2 n_regimes`` parameters are fitted.

    Returns
    -------
    float
        The maximum over several fixed starts.
    """
    from scipy.optimize import minimize

    k = n_regimes
    y, noise = series.value[series.seen, None], series.variance[series.seen, None]

    def loss(theta: Floats) -> float:
        variance = np.exp(2 * theta[k]) + noise
        odds = np.append(theta[k + 1 :], 0.0)
        logs = odds - np.logaddexp.reduce(odds)
        logs = logs - 0.5 * ((y - theta[:k]) ** 2 / variance + np.log(2 * np.pi * variance))
        return -float(np.logaddexp.reduce(logs, axis=1).sum())

    bounds = [(-150.0, 150.0)] * k + [_SPREADS] + [_ODDS] * (k - 1)
    starts = {tuple(start[: k + 1]) for start in _starts(y[:, 0], k)[::6]}
    return -min(
        float(minimize(loss, [*start, *[0.0] * (k - 1)], method="L-BFGS-B", bounds=bounds).fun)
        for start in sorted(starts)
    )


def regime_stretches(series: RawSeries, fit: Switching) -> pd.DataFrame:
    """Return the stretches of months with the same most probable regime.

    Parameters
    ----------
    series : RawSeries
        The raw months.
    fit : Switching
        The regimes.

    Returns
    -------
    DataFrame
        As `RegimesResult.table`.
    """
    likely = fit.probabilities.argmax(axis=1)
    starts = np.flatnonzero(np.r_[True, np.diff(likely) != 0]).tolist()
    ends = [*starts[1:], len(likely)]
    seen = np.isfinite(series.value)
    return pd.DataFrame(
        [
            {
                "regime": int(likely[a]) + 1,
                "since": series.months[a],
                "until": series.months[b - 1],
                "n_months": int(b - a),
                "n_observed": int(seen[a:b].sum()),
                "probability": float(fit.probabilities[a:b, likely[a]].mean()),
                "level": float(fit.levels[likely[a]]),
            }
            for a, b in zip(starts, ends, strict=True)
        ]
    )


def _starts(y: Floats, k: int) -> Floats:
    """Return parameters to begin with: levels at quantiles, several spreads and odds."""
    spread = max(float(np.std(y)), 1.0)
    ends = ((0.1, 0.8), (0.03, 0.6), (0.4, 0.97), (0.2, 0.8)) if k > 1 else ((0.5, 0.5),)
    return np.array(
        [
            [*np.quantile(y, np.linspace(*end, k)), np.log(spread * share), *[odds] * (k * (k - 1))]
            for end in ends
            for share in (0.25, 0.5)
            for odds in (-3.5, -2.0, -0.5)
        ]
    )


def _natural(theta: Floats, k: int) -> tuple[Floats, Floats, Floats]:
    """Return levels, spread and transition of each row of parameters."""
    b = len(theta)
    odds = np.ones((b, k, k))
    odds[:, ~np.eye(k, dtype=bool)] = np.exp(theta[:, k + 1 :])
    return theta[:, :k], np.exp(theta[:, k]), odds / odds.sum(axis=2, keepdims=True)


def _emission(
    series: RawSeries, levels: Floats, spread: Floats, transition: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return densities (m, b, k) over their largest, its log (m, b), stationary chances (b, k)."""
    b, k = levels.shape
    variance = spread[:, None] ** 2 + series.variance
    squares = (series.value[None, :, None] - levels[:, None, :]) ** 2 / variance[:, :, None]
    logs = -0.5 * (squares + np.log(2 * np.pi * variance)[:, :, None])
    # A silent month is as likely under any regime.
    logs = np.where(np.isfinite(series.value)[None, :, None], logs, 0.0)
    top = logs.max(axis=2)
    density = np.ascontiguousarray(np.exp(logs - top[:, :, None]).transpose(1, 0, 2))
    balance = np.eye(k) - transition.transpose(0, 2, 1)
    balance[:, -1, :] = 1.0
    stationary = np.linalg.solve(balance, np.eye(k)[-1][None, :, None].repeat(b, axis=0))
    return density, np.ascontiguousarray(top.T), stationary[:, :, 0]


def _filter(
    series: RawSeries, levels: Floats, spread: Floats, transition: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return log likelihoods (b,), filtered and predicted chances (m, b, k)."""
    density, top, at = _emission(series, levels, spread, transition)
    total, (m, b, k) = top.sum(axis=0), density.shape
    filtered, predicted = np.empty((m, b, k)), np.empty((m, b, k))
    for t in range(m):
        predicted[t] = at
        joint = at * density[t]
        chance = joint.sum(axis=1)
        total += np.log(chance)
        filtered[t] = joint / chance[:, None]
        at = (filtered[t][:, None, :] @ transition)[:, 0, :]
    return total, filtered, predicted


def _smooth(filtered: Floats, predicted: Floats, transition: Floats) -> Floats:
    """Return chances given all months, shape (m, k)."""
    smoothed = filtered.copy()
    for t in range(len(filtered) - 2, -1, -1):
        ratio = smoothed[t + 1] / np.maximum(predicted[t + 1], 1e-300)
        smoothed[t] = filtered[t] * (transition @ ratio)
    return smoothed


def _level_errors(
    series: RawSeries, theta: Floats, k: int, bounds: list[tuple[float, float]]
) -> Floats:
    """Return standard errors of the levels from the curvature of the likelihood."""
    low, high = np.asarray(bounds).T
    # A parameter at the end of its range is taken for known.
    free = np.flatnonzero((theta > low + 1e-3) & (theta < high - 1e-3))
    size = np.where(np.arange(len(theta)) < k, 0.5, 0.02)
    unit = (np.eye(len(theta)) * size)[free]
    p = len(free)
    points = np.concatenate(
        [theta + s * unit[:, None] + r * unit[None, :] for s in (1, -1) for r in (1, -1)]
    ).reshape(4, p * p, len(theta))
    value = [switching_loglike(series, *_natural(part, k)).reshape(p, p) for part in points]
    curvature = -(value[0] - value[1] - value[2] + value[3]) / 4
    curvature /= np.outer(size[free], size[free])
    if np.linalg.eigvalsh(curvature).min() <= 1e-10:
        return np.full(k, np.nan)
    errors = np.full(len(theta), np.nan)
    errors[free] = np.sqrt(np.diag(np.linalg.inv(curvature)))
    return errors[:k]
