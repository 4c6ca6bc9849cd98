"""Scored statements and events to the change of tone at each episode."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.events import episodes_table
from detente.index import BILATERAL
from detente.inference.episodes_result import EpisodesResult
from detente.inference.rows import FIRST_DAYS, Rows, day_number, days_from
from detente.inference.shortage import Window
from detente.inference.steps import StepFits, fit_steps
from detente.inference.surroundings import calm_months, events_around
from detente.inference.verdicts import adjust, judge

__all__ = [
    "MIN_PLACEBO",
    "WINDOW",
    "Changes",
    "check_options",
    "contact_days",
    "estimate_changes",
    "estimate_episodes",
]

#: Days on either side of an episode in which statements are counted.
WINDOW = 180

#: Fewer histories than this give no share worth telling.
MIN_PLACEBO = 99


def estimate_episodes(
    scored: pd.DataFrame,
    events: pd.DataFrame,
    dyad: Dyad | tuple[str, str] | str = ("RUS", "TUR"),
    *,
    labels: Mapping[str, str] | None = None,
    corrected: pd.DataFrame | None = None,
    confidence: float = 0.95,
    n_placebo: int = 999,
    seed: int = 0,
    include_contacts: bool = False,
    window: int = WINDOW,
    chosen_before_tones: bool | None = None,
) -> EpisodesResult:
    """Estimate the change of tone at every episode, jointly, on single statements.

    Parameters
    ----------
    scored : DataFrame
        A row per statement with `date`, `source`, `target`, `speaker` and `tone` (in
        [-1, 1]; rows without tone are left out). Rows of other dyads are passed over. Not
        changed.
    events : DataFrame
        As `read_events` gives them; the headline events form the episodes. Not changed.
    dyad : Dyad, tuple of str or str, default ("RUS", "TUR")
        The two countries.
    labels : mapping of str to str, optional
        Episode -> its name on charts.
    corrected : DataFrame, optional
        Codings of a sample of the statements, with `id`, `code` and `pi` (the chance of being
        coded), as for `monthly_index`; the result then has the changes of the tones corrected
        by them in `corrected`.
    confidence : float, default 0.95
        Coverage of intervals, in (0, 1); one minus it is the share of false findings that a
        verdict accepts.
    n_placebo : int, default 999
        Histories without any step, at least 99; 0 for none, which leaves Student's t.
    seed : int, default 0
        Seed of the histories, not below 0.
    include_contacts : bool, default False
        Whether statements of the day of a headline contact (a meeting, a letter), which are
        themselves the event, stay in.
    window : int, default 180
        Days before and after an episode in which statements are counted, at least 1.
    chosen_before_tones : bool, optional
        Whether the episodes were chosen before any tone was known; it is told with the
        assumptions. Default: not known.

    Returns
    -------
    EpisodesResult
        Its `table` has a row per episode and direction, "bilateral" first, in degrees.

    Raises
    ------
    BadArgumentError
        For a missing column, a label of an episode that does not occur, a number outside
        its range, or codings that `corrected_tones` refuses.

    Notes
    -----
    Estimand: the lasting difference of the tone of the statements at hand from the first day
    of an episode on, beside all other episodes and a drift that comes and goes. It is a
    change *at* the episode; what brought it about is not in the data.

    Statement i of direction d on day t has y_i = mean_d + sum_k step_k [t >= first day of k]
    + u_i, with Cov(u_i, u_j) = s_u^2 r exp(-|t_i - t_j| / l) + s_b^2 [same day] + s_e^2
    [i = j], where r is 1 within a direction and rho across. (s_u^2, l, rho, s_b^2, s_e^2)
    are found by restricted maximum likelihood, then the steps by generalised least squares
    [1]_.

    Rows "bilateral" have one step per episode that both directions share: where the
    directions change alike it is their mean; where they do not, each counts by its
    precision. The rows of one direction come from a second fit with a step per direction.

    `p` is Student's, on as many days as there are less the coefficients. `p_placebo` is the
    share, in `n_placebo` histories simulated without steps on the real days, of |t| at least
    as large, each history with covariance parameters of its own from a grid, as the observed
    series. Interval and `mde` (the change seen with a chance of 80 %, before adjustment) use
    the histories' quantile of |t|. `p_adjusted` is Benjamini and Hochberg's [2]_ over the
    tested episodes of a direction. Verdicts: "cooled" or "warmed" where `p_adjusted` is at
    most 1 - confidence and the interval excludes zero; "not separable" where fewer than 3
    statements lie between two episodes or their estimates correlate at -.9 or beyond;
    "refused" with fewer than 3 statements in the window on a side; else "cannot tell".
    `overlaps` names episodes within 30 days or with a correlation of -.7 or beyond.

    Corrected tones f + (R / pi) (y - f) go through the same model. They are right on average
    over coded and uncoded statements only, so the weights do not tell these apart: s_e^2 is
    common, and holds the mean of what the draw of coded statements adds to the variance.
    Standard errors then take in that it adds more where the scorer errs more, or pi is lower
    (`with_draw`). Their intervals cover the scorer's error; statements are taken as drawn
    one by one.

    References
    ----------
    .. [1] Patterson, H. D. and Thompson, R. (1971). Recovery of inter-block information when
       block sizes are unequal. Biometrika 58(3).
    .. [2] Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate.
       Journal of the Royal Statistical Society B 57(1).

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> days = pd.date_range("2014-01-03", "2017-12-28", freq="9D")
    >>> tone = np.where(days < "2015-11-24", 0.4, -0.3) + rng.normal(0, 0.2, len(days))
    >>> scored = pd.DataFrame({
    ...     "date": days, "tone": tone.clip(-1, 1), "speaker": "A",
    ...     "source": np.resize(["RUS", "TUR"], len(days)),
    ...     "target": np.resize(["TUR", "RUS"], len(days))})
    >>> events = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-11-24"]), "end_date": pd.NaT, "label": "Jet shot down",
    ...     "kind": "act", "expected": "cooling", "headline": True, "episode": "shootdown"})
    >>> result = estimate_episodes(scored, events, n_placebo=99)
    >>> result.change("shootdown")["verdict"]
    'cooled'
    """
    dyad = Dyad.parse(dyad)
    check_options(confidence, n_placebo, seed, window)
    episodes = episodes_table(events, labels)
    left_out = np.empty(0, "int64") if include_contacts else contact_days(events)

    def of(rows: Rows) -> EpisodesResult:
        used = rows.without(left_out)
        rng = np.random.default_rng(seed)

        def changes(kept: Rows, n: int) -> tuple[pd.DataFrame, StepFits]:
            found, fits = _changes(kept, episodes, dyad, window, confidence, n, rng)
            return adjust(found, confidence, n_placebo), fits

        table, fits = changes(used, n_placebo)
        without_first_days, _ = changes(used.without(_first_days(events)), 0)
        return EpisodesResult(
            dyad=dyad,
            table=table,
            without_first_days=without_first_days,
            context=events_around(events, episodes),
            fits=fits,
            n_statements=len(used),
            n_left_out=len(rows) - len(used),
            n_calm_months=_calm(events, rows),
            confidence=confidence,
            n_placebo=n_placebo,
            seed=seed,
            include_contacts=include_contacts,
            window=window,
            is_corrected=rows.drawn is not None,
            chosen_before_tones=chosen_before_tones,
        )

    result = of(Rows.of(scored, dyad))
    if corrected is None:
        return result
    return replace(result, corrected=of(Rows.of(scored, dyad, corrected)))


@dataclass(frozen=True, eq=False)
class Changes:
    """The changes at episodes alone, without what a page says beside them.

    Parameters
    ----------
    table : DataFrame
        As of `EpisodesResult`.
    corrected : Changes or None
        Those of corrected tones.
    """

    table: pd.DataFrame
    corrected: Changes | None = None


def estimate_changes(
    scored: pd.DataFrame,
    events: pd.DataFrame,
    dyad: Dyad,
    *,
    corrected: pd.DataFrame | None = None,
    confidence: float = 0.95,
    n_placebo: int = 0,
) -> Changes:
    """Estimate the changes of `estimate_episodes`, and only those that were asked for.

    Parameters
    ----------
    scored, events, dyad, corrected, confidence, n_placebo
        As of `estimate_episodes`. With codings the tones are corrected by them, and no others
        are fitted: `table` is then that of the corrected ones, too.

    Returns
    -------
    Changes
        The table that `estimate_episodes` gives for this choice, in a fraction of the time.
    """
    check_options(confidence, n_placebo, 0, WINDOW)
    rows = Rows.of(scored, dyad, corrected)
    rng = np.random.default_rng(0)
    kept, episodes = rows.without(contact_days(events)), episodes_table(events, None)
    found, _ = _changes(kept, episodes, dyad, WINDOW, confidence, n_placebo, rng)
    table = adjust(found, confidence, n_placebo)
    return Changes(table, None if corrected is None else Changes(table))


def _changes(
    rows: Rows,
    episodes: pd.DataFrame,
    dyad: Dyad,
    window: int,
    confidence: float,
    n_placebo: int,
    rng: np.random.Generator,
) -> tuple[list[dict[str, object]], StepFits]:
    starts = tuple(day_number(day) for day in episodes["first_day"])
    fits = fit_steps(rows, starts, confidence=confidence, n_placebo=n_placebo, rng=rng)
    return _rows(episodes, dyad, fits, Window(rows, starts, window)), fits


def contact_days(events: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return the days of headline contacts, whose statements are the event itself.

    Parameters
    ----------
    events : DataFrame
        As of `read_events`.

    Returns
    -------
    ndarray of int
        Days since 1 January 1970, all days of contacts that last several.
    """
    own = events[events["headline"].astype(bool) & events["kind"].eq("contact")]
    return _spans(own["date"], own["end_date"].fillna(own["date"]))


def _first_days(events: pd.DataFrame) -> npt.NDArray[np.int64]:
    own = events[events["headline"].astype(bool)]
    return _spans(own["date"], own["date"] + pd.Timedelta(days=FIRST_DAYS))


def _spans(first: pd.Series, last: pd.Series) -> npt.NDArray[np.int64]:
    spans = [
        np.arange(start, end + 1)
        for start, end in zip(days_from(first), days_from(last), strict=True)
    ]
    return np.unique(np.concatenate(spans)) if spans else np.empty(0, "int64")


def _rows(
    episodes: pd.DataFrame, dyad: Dyad, fits: StepFits, window: Window
) -> list[dict[str, object]]:
    directions = dyad.directions
    sources = (
        ("common", BILATERAL, None),
        ("first", directions[0], 0),
        ("second", directions[1], 1),
    )
    return [
        row
        for kind, direction, side in sources
        for row in judge(episodes, direction, fits.get(kind), window, side, directions)
    ]


def _calm(events: pd.DataFrame, rows: Rows) -> int:
    if not len(rows):
        return 0
    first, last = (pd.Timestamp(np.datetime64(int(day), "D")) for day in rows.day[[0, -1]])
    return calm_months(events, first, last)


def check_options(confidence: float, n_placebo: int, seed: int, window: int) -> None:
    """Refuse numbers outside their range.

    Parameters
    ----------
    confidence, n_placebo, seed, window
        As of `estimate_episodes`.

    Raises
    ------
    BadArgumentError
        For the first that cannot be used.
    """
    if not 0 < confidence < 1:
        raise BadArgumentError(
            f"confidence={confidence} was received; it lies between 0 and 1, such as 0.95."
        )
    if n_placebo and n_placebo < MIN_PLACEBO:
        raise BadArgumentError(
            f"n_placebo={n_placebo} was received.",
            remedy=f"Ask for at least {MIN_PLACEBO} histories, or 0 for none.",
        )
    if seed < 0:
        raise BadArgumentError(f"seed={seed} was received; a seed is not below 0.")
    if window < 1:
        raise BadArgumentError(f"window={window} was received; a window has at least 1 day.")
