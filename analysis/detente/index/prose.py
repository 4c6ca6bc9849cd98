"""What an index says of itself in words: parameters, assumptions, the two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from detente import wording

if TYPE_CHECKING:
    import pandas as pd

    from detente.index.result import IndexResult

__all__ = ["are_sides_one", "assumptions_of", "parameters_of", "sentence_of", "sides_sentence"]

#: Where the interval of rho reaches this, the sides are one curve drawn twice.
_ONE_CURVE = 0.98

_UNITS = {
    "occasion": wording.mark("Each occasion (speaker, day and channel) counts once in its month."),
    "office": wording.mark("Each office that spoke counts once in its month."),
    "day": wording.mark("Each day on which a side spoke counts once in its month."),
    "none": wording.mark("Each statement counts once in its month."),
}


def parameters_of(result: IndexResult) -> dict[str, Any]:
    """Return what was asked for and what was estimated on the way.

    Parameters
    ----------
    result : IndexResult
        The index.

    Returns
    -------
    dict
        By name; None where a value is not known.
    """
    asked = {
        "dyad": result.dyad.slug,
        "method": result.method,
        "weights": result.weights,
        "confidence": result.confidence,
        "since": f"{result.months[0]:%Y-%m}",
        "until": f"{result.months[-1]:%Y-%m}",
        "spread": _number(result.spread),
        "df": _number(result.df),
        "shared_day_covariance": _number(result.shared_day_covariance),
        "seed": result.seed,
        "as_of": None if result.as_of is None else f"{result.as_of:%Y-%m-%d}",
    }
    state, noise = result.state, result.noise
    if noise is not None:
        asked |= {
            "statement_variance": _number(noise.statement),
            "day_variance": _number(noise.day),
        }
    if state is not None:
        low, high = state.rho_interval
        asked |= {
            "model": state.model,
            "persistence": _number(state.persistence),
            "sd": {side: _number(sd) for side, sd in zip(result.sides, state.sd, strict=True)},
            "level": {
                side: _number(at) for side, at in zip(result.sides, state.level, strict=True)
            },
            "noise_scale": _number(state.noise_scale),
            "rho": _number(state.rho),
            "rho_interval": [_number(low), _number(high)],
            "loglike": _number(state.loglike),
            "aic": _number(state.aic),
        }
    return asked


def assumptions_of(result: IndexResult) -> tuple[str, ...]:
    """Return what must hold for the intervals to mean what they say.

    Parameters
    ----------
    result : IndexResult
        The index.

    Returns
    -------
    tuple of str
        Sentences.
    """
    if result.method == "means":
        noise, covers = (
            _of_means(result),
            wording.say(
                "The interval covers the noise of these statements. It covers neither the scorer's "
                "error nor the choice of statements."
            ),
        )
    else:
        noise, covers = (
            _of_model(result),
            wording.say(
                "The interval covers the noise of these statements and the uncertainty of the "
                "model's parameters. It covers neither the scorer's error nor the choice of "
                "statements."
            ),
        )
    return wording.say(_UNITS[result.weights]), *noise, covers


def _of_means(result: IndexResult) -> tuple[str, ...]:
    """Return what monthly means assume."""
    spread = (
        wording.say(
            "Occasions of a month spread alike in all months and on both sides (pooled standard "
            "deviation {spread} degrees).",
            spread=wording.number(result.spread),
        )
        if np.isfinite(result.spread)
        else wording.say(
            "No month has two occasions that differ, so the spread within a month is not known and "
            "each interval is the whole scale."
        )
    )
    return spread, wording.say(
        "Occasions of one side are independent within a month; the two sides may move together on "
        "days that both spoke."
    )


def _of_model(result: IndexResult) -> tuple[str, ...]:
    """Return what the model of the state-space index assumes."""
    law = (
        wording.say(
            "The tone of a side returns to a level of its own, by the same share each month; the "
            "size of its changes is the same in all months."
        )
        if result.state is None or result.state.model == "mean_reverting"
        else wording.say(
            "The tone of a side wanders without a level that it returns to; the size of its "
            "changes is the same in all months."
        )
    )
    return (
        law,
        wording.say(
            "Statements of a month scatter around its tone, alike in all months and on both sides; "
            "what is said on one day, by either side, has part of that scatter in common."
        ),
        wording.say(
            "The index of a month also uses later months: it turns before and after what happened, "
            "and no turn may be dated by it."
        ),
    )


def _reasons_sentence(result: IndexResult) -> str:
    """Return why directions have no index, in words; "" where all have one."""
    told = [
        f"{result.direction_name(name)}: {reason}"
        for name, reason in result.reasons.items()
        if name in result.dyad.directions
    ]
    if not told:
        return ""
    return wording.say("No state-space index for {reasons}.", reasons="; ".join(told))


def sentence_of(result: IndexResult) -> str:
    """Return the period, the coverage and the extremes that may be named, in words.

    Parameters
    ----------
    result : IndexResult
        The index.

    Returns
    -------
    str
        Some sentences.
    """
    coverage = result.coverage
    names = result.dyad.in_text
    text = wording.say(
        "{period}, {countries}: both sides spoke in {n} of {months} ({statements}).",
        period=wording.period_name(result.months[0], result.months[-1]),
        countries=names,
        n=wording.number(coverage.n_both),
        months=wording.count(coverage.n_months, "month"),
        statements=wording.count(result.n_statements, "statement"),
    )
    ranked = result.ranked()
    if not result.can_rank:
        if not result.reasons and len(ranked) == coverage.n_both == 1:
            # One month is neither the coldest nor the warmest of several.
            return f"{text} {wording.capital(_month_at(result, ranked.iloc[0]))}."
        if result.reasons:
            return f"{text} {_reasons_sentence(result)}"
        if not coverage.n_both:
            if result.table["index"].isna().all():
                return f"{text} {wording.say('No month has an index.')}"
            return f"{text} {wording.say('No month has an index of both sides together.')}"
        few = wording.say_count(
            "We cannot tell which months were coldest or warmest: {ranked} of {n} month rest on "
            "enough statements.",
            "We cannot tell which months were coldest or warmest: {ranked} of {n} months rest on "
            "enough statements.",
            coverage.n_both,
            ranked=wording.number(len(ranked)),
        )
        return f"{text} {few}"
    ends = ranked.iloc[[0, -1]]
    coldest, warmest = (_month_at(result, row) for _, row in ends.iterrows())
    overlap = len(ends) < 2 or ends["lower"].iloc[1] <= ends["upper"].iloc[0]
    told = {
        "months": wording.count(len(ranked), "month"),
        "coldest": coldest,
        "warmest": warmest,
    }
    extremes = (
        wording.say(
            "Of the {months} with enough statements to be ranked, the lowest mean is {coldest}, "
            "the highest {warmest}.",
            **told,
        )
        if result.method == "means"
        else wording.say(
            "Of the {months} with enough statements to be ranked, the lowest index is {coldest}, "
            "the highest {warmest}.",
            **told,
        )
    )
    if not overlap:
        return f"{text} {extremes}"
    apart = wording.say("Their intervals overlap: we cannot tell whether they differ.")
    return f"{text} {extremes} {apart}"


def _month_at(result: IndexResult, row: pd.Series) -> str:
    """Return a month and its index, in words."""
    return wording.say(
        "{month} at {estimate}",
        month=wording.month_name(row["month"]),
        estimate=wording.estimate(row["index"], row["lower"], row["upper"], result.confidence),
    )


def are_sides_one(result: IndexResult) -> bool:
    """Return whether the interval of rho holds what makes two curves one.

    Parameters
    ----------
    result : IndexResult
        The index.

    Returns
    -------
    bool
        True where their difference is not to be read.
    """
    if result.state is None or len(result.sides) < 2:
        return False
    return bool(result.state.rho_interval[1] >= _ONE_CURVE)


def sides_sentence(result: IndexResult) -> str:
    """Return whether the two sides can be told apart, in words.

    Parameters
    ----------
    result : IndexResult
        The index.

    Returns
    -------
    str
        "" without a model of both sides.
    """
    if result.state is None or len(result.sides) < 2:
        return ""
    rho = result.state.rho
    low, high = result.state.rho_interval
    told = wording.say(
        "The monthly changes of the two sides correlate by {rho} ({share} interval {low} to "
        "{high})",
        rho=wording.number(rho, 2),
        share=wording.share(0.95),
        low=wording.number(low, 2),
        high=wording.number(high, 2),
    )
    if are_sides_one(result):
        return wording.say(
            "{correlation}; that includes {one}, so the two smoothed curves cannot be told apart "
            "and their difference is not to be read. The raw months show what each side said.",
            correlation=told,
            one=wording.number(_ONE_CURVE, 2),
        )
    if low > 0:
        return wording.say("{correlation}: they move together, but not as one.", correlation=told)
    if high < 0:
        return wording.say("{correlation}: they move against each other.", correlation=told)
    return wording.say(
        "{correlation}: whether they move together cannot be told.", correlation=told
    )


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
