"""The headline curve and the episodes under every reasonable choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

import numpy as np
import pandas as pd

from detente import wording
from detente.countries import Dyad
from detente.errors import BadArgumentError, DetenteError, did_you_mean
from detente.index import BILATERAL, IndexResult, Weights, monthly_index
from detente.index.months import Month, as_month
from detente.inference.episodes import estimate_changes
from detente.inference.refits import compare
from detente.inference.robustness_result import RobustnessResult
from detente.inference.robustness_tables import judge_specifications, summarise_specifications
from detente.inference.specifications import (
    Cross,
    RowChoices,
    Specification,
    list_specifications,
)
from detente.inference.windows import window_contrast, window_level

__all__ = ["MODELS", "estimate_robustness"]

#: Models of the index, the headline's first.
MODELS = ("mean_reverting", "local_level", "means")

#: What a fit may raise that is a finding about a specification, not a fault of the program.
_FAILURES = (DetenteError, ValueError, ArithmeticError, np.linalg.LinAlgError)


def estimate_robustness(
    scored: Mapping[str, pd.DataFrame] | pd.DataFrame,
    events: pd.DataFrame | None,
    dyad: Dyad | tuple[str, str] | str = ("RUS", "TUR"),
    *,
    windows: Mapping[str, tuple[Month, Month]] | None = None,
    corrected: pd.DataFrame | None = None,
    headline_corrected: bool = False,
    weights: Sequence[str] = get_args(Weights),
    models: Sequence[str] = MODELS,
    cross: Cross = "cheap",
    direction: str = BILATERAL,
    confidence: float = 0.95,
    since: Month | None = None,
    until: Month | None = None,
    episodes: Callable[..., Any] | None = estimate_changes,
) -> RobustnessResult:
    """Estimate the index and the changes at episodes under every reasonable choice.

    Parameters
    ----------
    scored : mapping of str to DataFrame, or DataFrame
        Name of a scorer -> the statements with its tone, the headline's scorer first; or one
        frame. Frames as for `monthly_index`; not changed.
    events : DataFrame or None
        As `read_events` gives them; None: no episodes.
    dyad : Dyad, tuple of str or str, default ("RUS", "TUR")
        The two countries.
    windows : mapping of str to tuple, optional
        Name of a stretch -> its first and last month; its level and its contrast with all
        other months are estimated. A name is printed as it is.
    corrected : DataFrame, optional
        Codings as for `monthly_index`; the index of each scorer is then estimated with its
        tones corrected by them, too, and so are the episodes.
    headline_corrected : bool, default False
        Whether the headline is corrected, of the index and of the episodes.
    weights : sequence of str, default ("occasion", "office", "day", "none")
        Weightings, the headline's first.
    models : sequence of str, default ("mean_reverting", "local_level", "means")
        Models of the index, the headline's first; "means" is `method="means"`.
    cross : {"one", "cheap", "full"}, default "cheap"
        "one": change one choice at a time. "full": all combinations. "cheap": all
        combinations with the model "means", which are quick, and one choice at a time with the
        others. Episodes know no weights and no model; their choices are crossed with "full".
    direction : str, default "bilateral"
        "A>B", "B>A" or "bilateral".
    confidence : float, default 0.95
        Coverage of the intervals.
    since, until : str, datetime.date or Timestamp, optional
        First and last month of the index, both included; default: those of the statements.
    episodes : callable or None, default `estimate_episodes` without what is not read here
        Called as ``episodes(scored, events, dyad, confidence=..., n_placebo=0)``; its
        result's `table` is read. With codings also called with ``corrected=codings``, and
        the `table` of its result's `corrected` is read. None: no episodes.

    Returns
    -------
    RobustnessResult
        A row per quantity and specification; fits that failed are rows with a reason.

    Raises
    ------
    BadArgumentError
        Where no frame is handed in, a name is unknown, or a window is no window.

    Notes
    -----
    Choices of statements: without inferred dates (`dating`), without the second search
    (`wave` 2), without telephone calls, without the speaker who says most, without days 0 to 3
    after headline events. One that leaves nothing out is passed over and named in
    `parameters`. Intervals of episodes are Student's, without placebo histories, in all
    specifications alike. A specification curve describes how much hangs on choices [1]_; its
    shares are no test.

    References
    ----------
    .. [1] Simonsohn, U., Simmons, J. P. and Nelson, L. D. (2020). Specification curve analysis.
       Nature Human Behaviour 4.

    Examples
    --------
    >>> days = pd.date_range("2014-01-03", "2016-12-28", freq="9D")
    >>> tone = np.where(days < "2015-11-24", 0.4, -0.3) + np.resize([0.1, 0, -0.1], len(days))
    >>> scored = pd.DataFrame({
    ...     "date": days, "tone": tone, "speaker": "A",
    ...     "source": np.resize(["RUS", "TUR"], len(days)),
    ...     "target": np.resize(["TUR", "RUS"], len(days))})
    >>> found = estimate_robustness(
    ...     scored, None, models=["means"], windows={"2016": ("2016-01", "2016-12")})
    >>> found.summary.query("quantity == 'contrast'")["share_agree"].tolist()
    [1.0]
    """
    dyad = Dyad.parse(dyad)
    frames = {"scorer": scored} if isinstance(scored, pd.DataFrame) else dict(scored)
    if headline_corrected and corrected is None:
        raise BadArgumentError(
            "A corrected headline needs codings.", remedy="Hand them in as corrected=."
        )
    _check(frames, weights, models, cross)
    spans = {name: _span(name, span) for name, span in (windows or {}).items()}
    choices = RowChoices(next(iter(frames.values())), dyad, events)

    def rows_of(one: Specification) -> pd.DataFrame:
        return choices.keep(frames[one.scorer], one.rows)

    def index_of(one: Specification, **period: Any) -> IndexResult:
        made: dict[str, Any] = {"weights": one.weights, "confidence": confidence, **period}
        made |= {"method": "means"} if one.model == "means" else {"model": one.model}
        if not one.corrected:
            return monthly_index(rows_of(one), dyad, **made)
        result = monthly_index(rows_of(one), dyad, corrected=corrected, **made).corrected
        assert result is not None
        return result

    def changes_of(one: Specification) -> pd.DataFrame:
        assert episodes is not None
        made: dict[str, Any] = {"confidence": confidence, "n_placebo": 0}
        if one.corrected:
            made["corrected"] = corrected
        result = episodes(rows_of(one), events, dyad, **made)
        table: pd.DataFrame = (result.corrected if one.corrected else result).table
        return table

    def specifications(*more: Sequence[str]) -> list[Specification]:
        return list_specifications(
            list(frames),
            list(frames) if corrected is not None else [],
            choices.names,
            *more,
            headline_corrected=headline_corrected,
            cross=cross,
        )

    listed = specifications(weights, models)
    headline = index_of(listed[0], since=since, until=until)
    period = {"since": headline.months[0], "until": headline.months[-1]}
    table: list[dict[str, Any]] = []
    for one in listed:
        shown = _shown(one, listed[0])
        try:
            index = headline if one == listed[0] else index_of(one, **period)
            table += [shown | row for row in _curve(index, headline, direction, spans)]
        except _FAILURES as error:
            table += [shown | row for row in _failed(error, spans)]
    if episodes is not None and events is not None:
        table += _episodes(changes_of, specifications(), direction)
    frame = judge_specifications(pd.DataFrame(table))
    return RobustnessResult(
        table=frame,
        summary=summarise_specifications(frame),
        direction=direction,
        options={
            "dyad": dyad.slug,
            "scorers": list(frames),
            "corrected": corrected is not None,
            "headline_corrected": headline_corrected,
            "weights": list(weights),
            "models": list(models),
            "rows": list(choices.names),
            "rows_without_difference": list(choices.without_difference),
            "top_speaker": choices.top_speaker,
            "cross": cross,
            "confidence": confidence,
            "windows": {
                name: [f"{first:%Y-%m}", f"{last:%Y-%m}"] for name, (first, last) in spans.items()
            },
            "since": f"{period['since']:%Y-%m}",
            "until": f"{period['until']:%Y-%m}",
        },
    )


def _check(
    frames: Mapping[str, pd.DataFrame], weights: Sequence[str], models: Sequence[str], cross: str
) -> None:
    if not frames:
        raise BadArgumentError(
            "No scored statements were received.", remedy="Hand in a frame, or name -> frame."
        )
    for what, received, known in (
        ("weights", weights, get_args(Weights)),
        ("model", models, MODELS),
        ("cross", [cross], get_args(Cross)),
    ):
        for name in received:
            if name not in known:
                hint = did_you_mean(name, known) or f"Use one of {', '.join(known)}."
                raise BadArgumentError(f"Unknown {what} {name!r}.", remedy=hint)
        if not received:
            raise BadArgumentError(f"No {what} was received.", remedy=f"Name one of {known}.")


def _span(name: str, span: tuple[Month, Month]) -> tuple[pd.Timestamp, pd.Timestamp]:
    first, last = (as_month(month, f"windows[{name!r}]") for month in span)
    if last < first:
        raise BadArgumentError(f"The window {name!r} ends before it starts.")
    return first, last


def _shown(one: Specification, headline: Specification) -> dict[str, Any]:
    names = ("scorer", "corrected", "rows", "weights", "model")
    return {
        **dict(zip(names, one.values, strict=True)),
        "n_changed": one.n_changed(headline),
        "is_headline": one == headline,
    }


def _curve(
    index: IndexResult,
    headline: IndexResult,
    direction: str,
    spans: Mapping[str, tuple[pd.Timestamp, pd.Timestamp]],
) -> list[dict[str, Any]]:
    """Return what one index says of each window, and how it correlates with the headline."""
    rows: list[dict[str, Any]] = []
    none = wording.say("no observed month to estimate it from")
    why = index.reasons.get(direction, none)
    for name, (first, last) in spans.items():
        for quantity, kernel in (("level", window_level), ("contrast", window_contrast)):
            estimate, lower, upper, n = kernel(index, direction, first, last)
            rows.append(_row(quantity, name, (estimate, lower, upper), n, why))
    found = compare(index, headline, direction)
    value = (found["correlation"], np.nan, np.nan)
    rows.append(_row("correlation", "", value, found["n_months"], why))
    return rows


def _failed(error: Exception, names: Mapping[str, object]) -> list[dict[str, Any]]:
    rows = [_row(quantity, name) for name in names for quantity in ("level", "contrast")]
    rows.append(_row("correlation", ""))
    return [row | {"status": "failed", "reason": _reason(error)} for row in rows]


def _reason(error: Exception) -> str:
    """Say why a fit failed: our own errors say it, those of libraries are quoted."""
    if isinstance(error, DetenteError):
        return error.message
    message = str(error) or type(error).__name__
    return wording.say_as("a calculation that broke down", "{error}", error=message)


def _episodes(
    estimate: Callable[[Specification], pd.DataFrame], listed: list[Specification], direction: str
) -> list[dict[str, Any]]:
    """Return the changes at each episode under each specification."""
    table: list[dict[str, Any]] = []
    for one in listed:
        shown = _shown(one, listed[0])
        try:
            rows = estimate(one)
        except _FAILURES as error:
            failed = {"status": "failed", "reason": _reason(error)}
            table += [
                shown | _row("change", name) | failed
                for name in dict.fromkeys(row["name"] for row in table) or [""]
            ]
            continue
        for row in rows[rows["direction"] == direction].to_dict("records"):
            value = (row["level_change"], row["lower"], row["upper"])
            n = int(row["n_before"] + row["n_after"])
            table.append(shown | _row("change", row["episode"], value, n, row["reason"]))
    return table


def _row(
    quantity: str,
    name: str,
    value: tuple[float, float, float] = (np.nan, np.nan, np.nan),
    n: int = 0,
    reason: str = "",
) -> dict[str, Any]:
    is_known = bool(np.isfinite(value[0]))
    return {
        "quantity": quantity,
        "name": name,
        **dict(zip(("estimate", "lower", "upper"), map(float, value), strict=True)),
        "n": n,
        "status": "estimated" if is_known else "no estimate",
        "reason": "" if is_known else reason,
    }
