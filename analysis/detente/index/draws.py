"""Paths of the index drawn jointly, for statements about months and for regressions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente import wording
from detente._checks import check_whole
from detente._files import replacing
from detente.errors import BadArgumentError
from detente.index.design import check_design, frame_by_month

__all__ = ["IndexDraws", "RegressionResult"]

_Floats = NDArray[np.float64]

#: A regression with fewer months left says nothing.
_MIN_MONTHS = 24

#: Drawn values are kept to this many digits; a hundredth of a degree is far below any interval.
_DIGITS = 3


@dataclass(frozen=True, eq=False)
class IndexDraws:
    """Whole histories of the index that agree with the statements.

    Parameters
    ----------
    paths : dict of str to ndarray, shape (n, m)
        For each direction with an index, n paths over m months, degrees.
    smoothed : dict of str to ndarray, shape (m,)
        The index that they scatter around.
    months : DatetimeIndex
        The m months.
    seed : int
        Of the random numbers.
    """

    paths: dict[str, _Floats]
    smoothed: dict[str, _Floats]
    months: pd.DatetimeIndex
    seed: int

    @property
    def table(self) -> pd.DataFrame:
        """A row per draw, month and direction: `draw`, `month`, `direction`, `index`."""
        parts = []
        for direction, paths in self.paths.items():
            n, m = paths.shape
            parts.append(
                pd.DataFrame(
                    {
                        "draw": np.repeat(np.arange(n, dtype="int32"), m),
                        "month": np.tile(self.months, n),
                        "direction": direction,
                        "index": paths.round(_DIGITS).ravel(),
                    }
                )
            )
        if not parts:
            return pd.DataFrame(columns=["draw", "month", "direction", "index"])
        return pd.concat(parts, ignore_index=True)

    def write(self, path: str | Path) -> Path:
        """Write the table as Parquet.

        Parameters
        ----------
        path : str or Path
            The file; an older one is replaced.

        Returns
        -------
        Path
            The file.
        """
        with replacing(path) as part:
            self.table.to_parquet(part, index=False, compression="zstd")
        return Path(path)

    def to_regression(
        self,
        outcome: pd.Series[float],
        *,
        direction: str = "bilateral",
        lag: int = 0,
        controls: pd.DataFrame | None = None,
        confidence: float = 0.95,
    ) -> RegressionResult:
        """Use the index as a covariate, its uncertainty included.

        Parameters
        ----------
        outcome : Series
            What is explained, one finite number per month; its index holds days of the months,
            or is a PeriodIndex.
        direction : str, default "bilateral"
            "A>B", "B>A" or "bilateral".
        lag : int, default 0
            Months by which the index precedes the outcome; below 0, by which it follows.
        controls : DataFrame, optional
            Further covariates by month.
        confidence : float, default 0.95
            Coverage of the intervals, in (0, 1).

        Returns
        -------
        RegressionResult
            Pooled over the draws.

        Raises
        ------
        BadArgumentError
            Where the direction has no index, `lag` is no whole number, values are no finite
            numbers, months occur twice, fewer than 24 months have all values, the outcome is
            constant, or the controls and the index are collinear.

        Notes
        -----
        Least squares with Newey-West errors on each draw, pooled by Rubin's rules [1]_. The
        draws know the statements, not the outcome, so the pooled coefficient is drawn toward
        zero: by the factor `reliability`, if the outcome depends on the state alone. The
        coefficient on the smoothed index (`smoothed`) has no such pull, but its standard error
        takes the index for known. Report both.

        References
        ----------
        .. [1] Rubin, D. B. (1987). Multiple Imputation for Nonresponse in Surveys. Wiley.
        """
        if direction not in self.paths:
            raise BadArgumentError(
                f"{direction!r} has no drawn paths.",
                remedy=f"Use one of {', '.join(self.paths) or 'a longer series'}.",
            )
        if not 0 < confidence < 1:
            raise BadArgumentError(f"confidence={confidence} was received; it lies in (0, 1).")
        check_whole(lag, "lag")
        frame = frame_by_month(outcome, controls)
        position = self.months.get_indexer(
            pd.DatetimeIndex(frame.index.to_series() - pd.DateOffset(months=lag))
        )
        frame = frame[position >= 0]
        position = position[position >= 0]
        whole = frame.notna().all(axis=1).to_numpy()
        frame, position = frame[whole], position[whole]
        if len(frame) < _MIN_MONTHS:
            raise BadArgumentError(
                f"Only {wording.count(len(frame), 'month')} have an outcome and an index; "
                f"{_MIN_MONTHS} are needed.",
                remedy="Give the outcome for more months of the index, or a smaller lag.",
            )
        names = ["index", *map(str, frame.columns[1:]), "constant"]
        y = frame["outcome"].to_numpy("float64")
        rest = frame.iloc[:, 1:].to_numpy("float64")
        check_design(frame, self.smoothed[direction][position])

        def fitted(path: _Floats) -> tuple[_Floats, _Floats]:
            design = np.column_stack([path[position], rest, np.ones(len(y))])
            return _newey_west(y, design)

        each = [fitted(path) for path in self.paths[direction]]
        pooled = _rubin(
            np.stack([coefficient for coefficient, _ in each]),
            np.stack([variance for _, variance in each]),
            len(y) - len(names),
            confidence,
        )
        smoothed = self.smoothed[direction][position]
        spread = float(np.mean(np.var(self.paths[direction][:, position], axis=0)))
        between = float(np.var(smoothed))
        coefficient, variance = fitted(self.smoothed[direction])
        table = pooled.assign(
            term=names, smoothed=coefficient, smoothed_se=np.sqrt(np.diag(variance))
        )
        columns = ["term", *[name for name in table.columns if name != "term"]]
        return RegressionResult(
            table=table[columns],
            n_months=len(y),
            n_draws=len(self.paths[direction]),
            lag=lag,
            direction=direction,
            confidence=confidence,
            reliability=between / (between + spread) if between + spread > 0 else np.nan,
        )


@dataclass(frozen=True, eq=False)
class RegressionResult:
    """A regression on the index, pooled over its draws.

    Parameters
    ----------
    table : DataFrame
        A row per term ("index" first): `coefficient`, `se`, `lower`, `upper`, `df`, `p`,
        `missing_information` (share of the variance that is the index's uncertainty),
        `smoothed` and `smoothed_se` (coefficient on the smoothed index).
    n_months, n_draws, lag : int
        Months used, draws pooled, months by which the index precedes.
    direction : str
        Direction of the index.
    confidence : float
        Coverage of the intervals.
    reliability : float
        Share of the index's variance over months that is not uncertainty, in [0, 1].
    """

    table: pd.DataFrame
    n_months: int
    n_draws: int
    lag: int
    direction: str
    confidence: float
    reliability: float

    @property
    def sentence(self) -> str:
        """The coefficient of the index in words."""
        row = self.table.iloc[0]
        clear = row["lower"] > 0 or row["upper"] < 0
        told = {
            "months": wording.count(self.n_months, "month"),
            "share": wording.share(self.confidence),
            **{name: _figures(row[name]) for name in ("coefficient", "lower", "upper", "smoothed")},
        }
        text = (
            wording.say(
                "Over {months}, the outcome moves with the index: {coefficient} per degree "
                "({share} interval {lower} to {upper}); on the smoothed index {smoothed}.",
                **told,
            )
            if clear
            else wording.say(
                "Over {months}, no relation of the outcome with the index can be told: "
                "{coefficient} per degree ({share} interval {lower} to {upper}); on the smoothed "
                "index {smoothed}.",
                **told,
            )
        )
        return f"{text} {self._attenuation}".strip()

    @property
    def _attenuation(self) -> str:
        if not self.reliability > 0:
            return ""
        corrected = self.table["coefficient"].iloc[0] / self.reliability
        return wording.say(
            "The first coefficient is attenuated: draws pull it to about {share} of its size, if "
            "the outcome depends on the state alone; divided by that share it is {corrected}.",
            share=wording.share(self.reliability),
            corrected=_figures(corrected),
        )

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the numbers to mean what they say."""
        return (
            wording.say("The outcome is linear in the state of the index, given the controls."),
            wording.say(
                "The draws know the statements and not the outcome, so the pooled coefficient is "
                "drawn toward zero; the coefficient on the smoothed index is not, but its error "
                "takes the index for known."
            ),
            wording.say("A relation in time is no proof that one made the other."),
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {
            "direction": self.direction,
            "lag": self.lag,
            "n_months": self.n_months,
            "n_draws": self.n_draws,
            "confidence": self.confidence,
            "reliability": self.reliability,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain Python values.

        Returns
        -------
        dict
            Parameters, sentence, assumptions and table.
        """
        return {
            "parameters": self.parameters,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": self.table.to_dict("records"),
        }

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.table)


def _newey_west(y: _Floats, design: _Floats) -> tuple[_Floats, _Floats]:
    """Return least-squares coefficients and their Newey-West covariance."""
    inverse = np.linalg.inv(design.T @ design)
    coefficient = inverse @ design.T @ y
    moments = design * (y - design @ coefficient)[:, None]
    n, k = design.shape
    lags = int(np.ceil(4 * (n / 100) ** (2 / 9)))
    middle = moments.T @ moments
    for lag in range(1, lags + 1):
        cross = moments[lag:].T @ moments[:-lag]
        middle += (1 - lag / (lags + 1)) * (cross + cross.T)
    return coefficient, inverse @ middle @ inverse * n / (n - k)


def _rubin(coefficients: _Floats, covariances: _Floats, df: int, confidence: float) -> pd.DataFrame:
    """Pool estimates over draws (Barnard and Rubin's degrees of freedom)."""
    from scipy import stats

    n = len(coefficients)
    mean = coefficients.mean(axis=0)
    within = np.diagonal(covariances, axis1=1, axis2=2).mean(axis=0)
    between = (1 + 1 / n) * coefficients.var(axis=0, ddof=1)
    total = within + between
    share = between / total
    df_draws = (n - 1) / np.maximum(share, 1e-12) ** 2
    df_seen = (df + 1) / (df + 3) * df * (1 - share)
    pooled_df = 1 / (1 / df_draws + 1 / df_seen)
    se = np.sqrt(total)
    half = stats.t.ppf((1 + confidence) / 2, pooled_df) * se
    return pd.DataFrame(
        {
            "coefficient": mean,
            "se": se,
            "lower": mean - half,
            "upper": mean + half,
            "df": pooled_df,
            "p": 2 * stats.t.sf(np.abs(mean) / se, pooled_df),
            "missing_information": share,
        }
    )


def _figures(value: float) -> str:
    """Return three digits that count, with the minus sign and the point of the language."""
    return wording.figures(f"{value:.3g}".replace("-", "\N{MINUS SIGN}"))
