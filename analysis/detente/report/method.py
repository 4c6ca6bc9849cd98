"""How the numbers were made and what they do not show, in words."""

from __future__ import annotations

from typing import Any

from detente import wording
from detente.countries import country_name
from detente.index import MAX_HALF_WIDTH, MIN_OCCASIONS, IndexResult
from detente.inference import Findings
from detente.report.about import About
from detente.report.fixed import UNCORRECTED
from detente.report.procedures import finding_limits, procedures

__all__ = ["limits", "method", "parameters", "reading"]

_PHI, _ETA, _RHO = (
    "\N{GREEK SMALL LETTER PHI}",
    "\N{GREEK SMALL LETTER ETA}",
    "\N{GREEK SMALL LETTER RHO}",
)

#: What has weight one in its month, by the weighting.
_UNITS = {
    "occasion": "An occasion is one speaker on one day through one channel. A press conference "
    "from which four remarks were noted is one occasion, not four: each occasion has weight one, "
    "and its tone is the mean of its statements.",
    "office": "An office (head of state, minister, spokesperson and so on) has weight one in a "
    "month, shared alike by its occasions: one speaker on one day through one channel. The tone "
    "of an occasion is the mean of its statements.",
    "day": "A day on which a side spoke has weight one, shared alike by its occasions: one "
    "speaker on one day through one channel. The tone of an occasion is the mean of its "
    "statements.",
    "none": "Each statement has weight one, so an occasion (one speaker on one day through one "
    "channel) weighs as much as it has statements; its tone is the mean of its statements.",
}


def reading(index: IndexResult) -> list[dict[str, str]]:
    """Explain the scale and the marks before the first table.

    Parameters
    ----------
    index : IndexResult
        The index.

    Returns
    -------
    list of dict
        `head` and `text` of each point.
    """
    first, second = (index.direction_name(name) for name in index.dyad.directions)
    is_means = index.method == "means"
    smoothed = {
        "head": "Index and raw means",
        "text": "The index of a month is smoothed: it rests on the statements of that month and, "
        "with less weight, on those of the months around it, later ones too. So it turns before "
        "and after what happened, and no turn should be dated from it. Charts show it as a line, "
        "and the raw mean of each month's own statements as a dot.",
    }
    return [
        {
            "head": "Degrees",
            "text": "The index runs from −100 (every statement hostile) to +100 (every statement "
            "cordial). Zero is where warm and cold statements balance.",
        },
        {
            "head": "Directions",
            "text": f"{first} and {second} are two series. The temperature is both together: "
            + (
                "their plain mean in months in which both sides spoke."
                if is_means
                else "the plain mean of their two indices."
            ),
        },
        *([] if is_means else [smoothed]),
        {
            "head": "Interval",
            "text": f"A {wording.share(index.confidence)} confidence interval stands beside every "
            "level. Where the interval of a change takes in zero, the report says that we cannot "
            "tell.",
        },
        {
            "head": "Thin months",
            "text": f"A month with fewer than {MIN_OCCASIONS} occasions, or with an interval of "
            f"more than {wording.number(MAX_HALF_WIDTH)} degrees to either side, is set in "
            f"brackets and not ranked; its {'mark' if is_means else 'dot'} is hollow. "
            "An occasion is one speaker on one day through one channel.",
        },
        {
            "head": "Empty months",
            "text": "A month without statements is missing. It is never zero and never filled in."
            if is_means
            else "A month without statements has no raw mean, and counts as missing, never as "
            "zero. The smoothed index bridges it: with a wider interval, and a dashed line.",
        },
        {
            "head": "Changes, not levels",
            "text": "Changes within one direction are the surest comparison: a scorer may err "
            "differently for each side, and the level takes all of its error.",
        },
    ]


def method(index: IndexResult, about: About, findings: Findings | None = None) -> dict[str, Any]:
    """Tell the steps from statement to index; the template sets the formulas between them.

    Parameters
    ----------
    index : IndexResult
        The index.
    about : About
        Names the scorer.
    findings : Findings, optional
        What was asked of index and statements.

    Returns
    -------
    dict
        `tone`, `month`, `spread`, `both`, `level`, `episodes` (texts), `weight` ("one",
        "statements" or "share"), `assumptions` (list of texts), and `state` (None under
        "means"), with `noise`, `law`,
        `found`, `smoothing` (texts) and `is_mean_reverting`, and `findings` (None without
        them), as `procedures` returns it.
    """
    scorer = about.scorer or "a scorer whose name was not handed to this report"
    is_means = index.method == "means"
    return {
        "tone": f"Each statement has a tone between −1 (hostile) and +1 (cordial), given by "
        f"{scorer}. It is an {UNCORRECTED}: the index is not corrected by readers' codings. "
        f"{about.scorer_note}".strip(),
        "month": f"{_UNITS[index.weights]} The {'index' if is_means else 'raw mean'} of a month "
        "and direction is the weighted mean in degrees.",
        "spread": "The standard error uses one spread for all months and both sides, so that a "
        "month with one occasion has an interval as wide as one occasion deserves. The interval "
        "uses Student's t and is clipped to the scale."
        + (
            f" Here the spread is {wording.number(index.spread, 1)} degrees, on "
            f"{wording.number(index.df)} degrees of freedom."
            if index.df > 0
            else ""
        ),
        "both": _both_of_means(index) if is_means else _both_of_states(index),
        "level": "The level of a stretch is the mean of its months with an index. Its interval "
        "uses the Newey-West standard error, since a month resembles its neighbours. " + _COMPARED
        if is_means
        else "The level of a stretch is the mean of its smoothed months, those without statements "
        "included; its standard error comes from the joint covariance of the months, so that it "
        f"knows that neighbours resemble each other. {_COMPARED}",
        "episodes": "Headline events that no data could separate form one episode. Headline "
        "events, and the direction expected of each, are judged from the event alone. This "
        "report lists episodes and tests none: what stands beside an episode in time may have "
        "other grounds.",
        "findings": None if findings is None else procedures(findings),
        "weight": {"occasion": "one", "none": "statements"}.get(index.weights, "share"),
        "state": None if is_means else _state(index),
        "assumptions": list(index.assumptions),
    }


#: When two stretches are called different.
_COMPARED = (
    "Two stretches are called warmer or colder only where the interval of their difference "
    "excludes zero; otherwise the report says that we cannot tell."
)


def _both_of_means(index: IndexResult) -> str:
    return (
        "The bilateral index is the mean of the two directions where both spoke. Its "
        "variance adds the covariance of the two sides on days that both spoke"
        + (
            f" (here {wording.number(index.shared_day_covariance)} degrees squared)."
            if index.shared_day_covariance > 0
            else " (here none is seen, and none is added)."
        )
    )


def _both_of_states(index: IndexResult) -> str:
    text = (
        "The bilateral index is the mean of the two smoothed sides in every month; its standard "
        "error comes from their joint covariance. The bilateral raw mean is there only in months "
        "in which both sides spoke."
    )
    return f"{text} {index.sides_sentence}".strip()


def _state(index: IndexResult) -> dict[str, Any]:
    """Tell the state-space model; what was found stands in the numbers of the fit."""
    state, noise = index.state, index.noise
    assert noise is not None  # a state-space index has one
    is_mean_reverting = state is None or state.model == "mean_reverting"
    refused = [
        f"{index.direction_name(name)} has no index: {index.reasons[name]}."
        for name in index.dyad.directions
        if name in index.reasons
    ]
    return {
        "is_mean_reverting": is_mean_reverting,
        "noise": "The raw mean of a month is the tone that the side had, plus the noise e of its "
        "statements. A statement scatters around its month by a variance of its own, and by one "
        "that all statements of a day share, of either side. Both are estimated within months "
        "(Henderson's method III): here "
        f"{wording.number(noise.statement)} degrees squared for the statement and "
        f"{wording.number(noise.day)} for the day. With the weights w of a month's statements "
        "summing to one, and W the sum of those of one day, months with few statements have much "
        "noise, and the two sides share the noise of days on which both spoke:",
        "law": "The tone itself wanders from month to month. "
        + (
            "It returns to a level c of the side by the same share each month: of its distance "
            f"from c, {_PHI} is left a month later. "
            if is_mean_reverting
            else "It has no level to return to. "
        )
        + f"Its changes {_ETA} have a standard deviation for each side and correlate by {_RHO}.",
        "found": " ".join([*([_found(index)] if state is not None else []), *refused]),
        "smoothing": "The index is the smoothed state: the tone of a month given the statements "
        "of all months. A month without statements is bridged by the months around it. Its "
        "interval is that of the state given the parameters, widened by what is not known of the "
        "parameters (Hamilton's method). The column filtered of index.csv uses no later month, "
        "but the parameters of the whole period.",
    }


def _found(index: IndexResult) -> str:
    state = index.state
    assert state is not None
    sides = [
        f"{index.direction_name(name)}, "
        + (f"level {wording.degrees(level, 1)} and " if state.model == "mean_reverting" else "")
        + f"monthly changes of {wording.number(sd, 1)} degrees"
        for name, level, sd in zip(index.sides, state.level, state.sd, strict=True)
    ]
    phi = (
        f"{_PHI} is {wording.number(state.persistence, 2)}; "
        if state.model == "mean_reverting"
        else ""
    )
    rho = f"; {_RHO} is {wording.number(state.rho, 2)}" if len(index.sides) == 2 else ""
    return f"By maximum likelihood, {phi}{'; '.join(sides)}{rho}."


def parameters(index: IndexResult) -> dict[str, str]:
    """Print what was asked for and what was estimated.

    Parameters
    ----------
    index : IndexResult
        The index.

    Returns
    -------
    dict of str to str
        Name and value, in their order.
    """
    asked = {
        "Dyad": index.dyad.slug,
        "Method": _METHODS[index.method],
        "Weights": index.weights,
        "Confidence": wording.share(index.confidence),
        "Period": wording.period_name(index.months[0], index.months[-1]),
    }
    if index.method == "means":
        return asked | {
            "Spread within months (degrees)": wording.number(index.spread, 2),
            "Degrees of freedom": wording.number(index.df),
            "Covariance on shared days (squared)": wording.number(index.shared_day_covariance, 1),
        }
    state, noise = index.state, index.noise
    if noise is not None:
        asked |= {
            "Variance of a statement (degrees squared)": wording.number(noise.statement, 1),
            "Variance of a day (degrees squared)": wording.number(noise.day, 1),
        }
    if state is None:
        return asked
    asked["Model"] = _MODELS[state.model]
    if state.model == "mean_reverting":
        asked[f"Persistence {_PHI}"] = wording.number(state.persistence, 3)
    for name, level, sd in zip(index.sides, state.level, state.sd, strict=True):
        side = country_name(name.split(">")[0])
        if state.model == "mean_reverting":
            asked[f"Level, {side} (degrees)"] = wording.degrees(level, 1)
        asked[f"Monthly change, {side} (degrees)"] = wording.number(sd, 1)
    if len(index.sides) == 2:
        low, high = state.rho_interval
        asked[f"Correlation {_RHO} of the changes"] = (
            f"{wording.number(state.rho, 2)} (95% profile interval {wording.number(low, 2)} to "
            f"{wording.number(high, 2)})"
        )
    return asked | {
        "Log likelihood": wording.number(state.loglike, 1),
        "AIC": wording.number(state.aic, 1),
    }


_METHODS = {"means": "means of single months", "state_space": "state space, smoothed"}
_MODELS = {"mean_reverting": "mean-reverting", "local_level": "local level"}


def limits(about: About, *, has_findings: bool = False) -> list[dict[str, str]]:
    """Return the limits that hold for every study, then those of this one.

    Parameters
    ----------
    about : About
        Carries the limits of the data.
    has_findings : bool, default False
        Whether the report asks when tone changed.

    Returns
    -------
    list of dict
        `head` (empty for the study's own limits) and `text`.
    """
    always = [
        {
            "head": "No frame.",
            "text": "No list has all statements that were made, so no interval says how other "
            "statements would have read.",
        },
        {
            "head": "The scorer errs.",
            "text": "Its errors may differ by topic, channel and period, and the intervals do not "
            "cover them.",
        },
        {
            "head": "One dyad.",
            "text": "Nothing here shows that the scorer errs alike in two dyads or languages.",
        },
    ]
    if has_findings:
        always += finding_limits()
    return [*always, *({"head": "", "text": text} for text in about.limits)]
