"""What an index says of itself in words: parameters, assumptions, the two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from detente import wording
from detente.countries import country_name

if TYPE_CHECKING:
    from detente.index.result import IndexResult

__all__ = ["are_sides_one", "assumptions_of", "parameters_of", "sentence_of", "sides_sentence"]

#: Where the interval of rho reaches this, the sides are one curve drawn twice.
_ONE_CURVE = 0.98

_UNITS = {
    "occasion": "occasion (speaker, day and channel)",
    "office": "office that spoke",
    "day": "day on which a side spoke",
    "none": "statement",
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
    unit = f"Each {_UNITS[result.weights]} counts once in its month."
    if result.method == "means":
        spread = (
            f"Occasions of a month spread alike in all months and on both sides "
            f"(pooled standard deviation {wording.number(result.spread)} degrees)."
            if np.isfinite(result.spread)
            else "No month has two occasions that differ, so the spread within a month is not "
            "known and each interval is the whole scale."
        )
        noise: tuple[str, ...] = (
            spread,
            "Occasions of one side are independent within a month; the two sides may move "
            "together on days that both spoke.",
        )
        covers = "The interval covers the noise of these statements."
    else:
        law = (
            "The tone of a side returns to a level of its own, by the same share each month"
            if result.state is None or result.state.model == "mean_reverting"
            else "The tone of a side wanders without a level that it returns to"
        )
        noise = (
            f"{law}; the size of its changes is the same in all months.",
            "Statements of a month scatter around its tone, alike in all months and on both "
            "sides; what is said on one day, by either side, has part of that scatter in common.",
            "The index of a month also uses later months: it turns before and after what "
            "happened, and no turn may be dated by it.",
        )
        covers = (
            "The interval covers the noise of these statements and the uncertainty of the "
            "model's parameters."
        )
    return (
        unit,
        *noise,
        f"{covers} It covers neither the scorer's error nor the choice of statements.",
    )


def _reasons_sentence(result: IndexResult) -> str:
    """Return why directions have no index, in words; "" where all have one."""
    told = [
        f"{result.direction_name(name)}: {reason}"
        for name, reason in result.reasons.items()
        if name in result.dyad.directions
    ]
    return f"No state-space index for {'; '.join(told)}." if told else ""


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
    names = wording.listing([country_name(code) for code in (result.dyad.a, result.dyad.b)])
    text = (
        f"{wording.period_name(result.months[0], result.months[-1])}, {names}: both sides spoke "
        f"in {coverage.n_both:,} of {wording.count(coverage.n_months, 'month')} "
        f"({wording.count(result.n_statements, 'statement')})."
    )
    ranked = result.ranked()
    if not result.can_rank:
        if result.reasons:
            return f"{text} {_reasons_sentence(result)}"
        if not coverage.n_both:
            of = "" if result.table["index"].isna().all() else " of both sides together"
            return f"{text} No month has an index{of}."
        return (
            f"{text} We cannot tell which months were coldest or warmest: {len(ranked):,} of "
            f"{wording.count(coverage.n_both, 'month')} rest on enough statements."
        )
    noun = "mean" if result.method == "means" else "index"
    ends = ranked.iloc[[0, -1]]
    coldest, warmest = (
        f"{wording.month_name(month)} at "
        + wording.estimate(value, lower, upper, result.confidence)
        for month, value, lower, upper in zip(
            ends["month"], ends["index"], ends["lower"], ends["upper"], strict=True
        )
    )
    overlap = len(ends) < 2 or ends["lower"].iloc[1] <= ends["upper"].iloc[0]
    apart = " Their intervals overlap: we cannot tell whether they differ." if overlap else ""
    return (
        f"{text} Of the {wording.count(len(ranked), 'month')} with enough statements to be "
        f"ranked, the lowest {noun} is {coldest}, the highest {warmest}.{apart}"
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
    told = (
        f"The monthly changes of the two sides correlate by {wording.number(rho, 2)} "
        f"({wording.share(0.95)} interval {wording.number(low, 2)} to {wording.number(high, 2)})"
    )
    if are_sides_one(result):
        return (
            f"{told}; that includes {_ONE_CURVE}, so the two smoothed curves cannot be told apart "
            "and their difference is not to be read. The raw months show what each side said."
        )
    if low > 0:
        return f"{told}: they move together, but not as one."
    if high < 0:
        return f"{told}: they move against each other."
    return f"{told}: whether they move together cannot be told."


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
