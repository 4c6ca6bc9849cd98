"""How the numbers were made and what they do not show, in words."""

from __future__ import annotations

from typing import Any

from detente import wording
from detente.index import MAX_HALF_WIDTH, MIN_OCCASIONS, IndexResult
from detente.inference import Findings
from detente.report.about import About
from detente.report.beforehand import how_chosen
from detente.report.fit import fit_told
from detente.report.parameters import parameters
from detente.report.procedures import finding_limits, procedures

__all__ = ["limits", "method", "parameters", "reading"]

#: What has weight one in its month, by the weighting.
_UNITS = {
    "occasion": wording.mark(
        "An occasion is one speaker on one day through one channel. A press conference from which "
        "four remarks were noted is one occasion, not four: each occasion has weight one, and its "
        "tone is the mean of its statements."
    ),
    "office": wording.mark(
        "An office (head of state, minister, spokesperson and so on) has weight one in a month, "
        "shared alike by its occasions: one speaker on one day through one channel. The tone of an"
        " occasion is the mean of its statements."
    ),
    "day": wording.mark(
        "A day on which a side spoke has weight one, shared alike by its occasions: one speaker on"
        " one day through one channel. The tone of an occasion is the mean of its statements."
    ),
    "none": wording.mark(
        "Each statement has weight one, so an occasion (one speaker on one day through one "
        "channel) weighs as much as it has statements; its tone is the mean of its statements."
    ),
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
        "head": wording.say("Index and raw means"),
        "text": wording.say(
            "The index of a month is smoothed: it rests on the statements of that month and, with "
            "less weight, on those of the months around it, later ones too. So it turns before "
            "and after what happened, and no turn should be dated from it. Charts show it as a "
            "line, and the raw mean of each month's own statements as a dot."
        ),
    }
    limits_of_thin = {
        "least": wording.number(MIN_OCCASIONS),
        "most": wording.number(MAX_HALF_WIDTH),
    }
    return [
        {
            "head": wording.say("Degrees"),
            "text": wording.say(
                "The index runs from −100 (every statement hostile) to +100 (every statement "
                "cordial). Zero is where warm and cold statements balance."
            ),
        },
        {
            "head": wording.say("Directions"),
            "text": wording.say(
                "{first} and {second} are two series. The temperature is both together: their "
                "plain mean in months in which both sides spoke.",
                first=first,
                second=second,
            )
            if is_means
            else wording.say(
                "{first} and {second} are two series. The temperature is both together: the plain "
                "mean of their two indices.",
                first=first,
                second=second,
            ),
        },
        *([] if is_means else [smoothed]),
        {
            "head": wording.say("Interval"),
            "text": wording.say(
                "A {share} confidence interval stands beside every level. Where the interval of a "
                "change takes in zero, the report says that we cannot tell. A change at an episode "
                "must also stand out after adjustment for the number of tests.",
                share=wording.share(index.confidence),
            ),
        },
        {
            "head": wording.say("Thin months"),
            "text": wording.say(
                "A month with fewer than {least} occasions, or with an interval of more than "
                "{most} degrees to either side, is set in brackets and not ranked; its mark is "
                "hollow. An occasion is one speaker on one day through one channel.",
                **limits_of_thin,
            )
            if is_means
            else wording.say(
                "A month with fewer than {least} occasions, or with an interval of more than "
                "{most} degrees to either side, is set in brackets and not ranked; its dot is "
                "hollow. An occasion is one speaker on one day through one channel.",
                **limits_of_thin,
            ),
        },
        {
            "head": wording.say("Empty months"),
            "text": wording.say(
                "A month without statements is missing. It is never zero and never filled in."
            )
            if is_means
            else wording.say(
                "A month without statements has no raw mean, and counts as missing, never as "
                "zero. The smoothed index bridges it: with a wider interval, and a dashed line."
            ),
        },
        {
            "head": wording.say("Changes, not levels"),
            "text": wording.say(
                "Changes within one direction are the surest comparison: a scorer may err "
                "differently for each side, and the level takes all of its error."
            ),
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
    is_means = index.method == "means"
    return {
        "tone": _tone(about),
        "month": f"{wording.say(_UNITS[index.weights])} {_month(is_means=is_means)}",
        "spread": _spread(index),
        "both": _both_of_means(index) if is_means else _both_of_states(index),
        "level": _level(is_means=is_means),
        "episodes": " ".join(
            [
                *how_chosen(about.chosen_before_tones),
                wording.say(
                    "This report lists episodes and tests none: what stands beside an episode in "
                    "time may have other grounds."
                ),
            ]
        ),
        "findings": None if findings is None else procedures(findings),
        "weight": {"occasion": "one", "none": "statements"}.get(index.weights, "share"),
        "state": None if is_means else fit_told(index),
        "assumptions": list(index.assumptions),
    }


def _tone(about: About) -> str:
    text = wording.say(
        "Each statement has a tone between −1 (hostile) and +1 (cordial), given by {scorer}. It "
        "is an uncorrected machine score: the index is not corrected by readers' codings.",
        scorer=about.scorer or wording.say("a scorer whose name was not handed to this report"),
    )
    return f"{text} {about.scorer_note}".strip()


def _month(*, is_means: bool) -> str:
    if is_means:
        return wording.say("The index of a month and direction is the weighted mean in degrees.")
    return wording.say("The raw mean of a month and direction is the weighted mean in degrees.")


def _spread(index: IndexResult) -> str:
    text = wording.say(
        "The standard error uses one spread for all months and both sides, so that a month with "
        "one occasion has an interval as wide as one occasion deserves. The interval uses "
        "Student's t and is clipped to the scale."
    )
    if not index.df > 0:
        return text
    here = wording.say_count(
        "Here the spread is {spread} degrees, on {n} degree of freedom.",
        "Here the spread is {spread} degrees, on {n} degrees of freedom.",
        round(index.df),
        spread=wording.number(index.spread, 1),
    )
    if not index.is_scatter_known:
        few = wording.say("So few hardly tell the scatter.")
        here = f"{here} {few}"
    return f"{text} {here}"


def _level(*, is_means: bool) -> str:
    text = (
        wording.say(
            "The level of a stretch is the mean of its months with an index. Its interval uses "
            "the Newey-West standard error, since a month resembles its neighbours."
        )
        if is_means
        else wording.say(
            "The level of a stretch is the mean of its smoothed months, those without statements "
            "included; its standard error comes from the joint covariance of the months, so that "
            "it knows that neighbours resemble each other."
        )
    )
    compared = wording.say(
        "Two stretches are called warmer or colder only where the interval of their difference "
        "excludes zero; otherwise the report says that we cannot tell."
    )
    return f"{text} {compared}"


def _both_of_means(index: IndexResult) -> str:
    if index.shared_day_covariance > 0:
        return wording.say(
            "The bilateral index is the mean of the two directions where both spoke. Its variance "
            "adds the covariance of the two sides on days that both spoke (here {covariance} "
            "degrees squared).",
            covariance=wording.number(index.shared_day_covariance),
        )
    return wording.say(
        "The bilateral index is the mean of the two directions where both spoke. Its variance "
        "adds the covariance of the two sides on days that both spoke (here none is seen, and "
        "none is added)."
    )


def _both_of_states(index: IndexResult) -> str:
    text = wording.say(
        "The bilateral index is the mean of the two smoothed sides in every month; its standard "
        "error comes from their joint covariance. The bilateral raw mean is there only in months "
        "in which both sides spoke."
    )
    return f"{text} {index.sides_sentence}".strip()


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
            "head": wording.say("No frame."),
            "text": wording.say(
                "No list has all statements that were made, so no interval says how other "
                "statements would have read."
            )
            if about.rows_found
            else wording.say(
                "Nothing is known here of the statements that are not among these rows, so no "
                "interval says how they would have read."
            ),
        },
        {
            "head": wording.say("The scorer errs."),
            "text": wording.say(
                "Its errors may differ by topic, channel and period, and the intervals do not "
                "cover them."
            ),
        },
        {
            "head": wording.say("One dyad."),
            "text": wording.say(
                "Nothing here shows that the scorer errs alike in two dyads or languages."
            ),
        },
    ]
    if has_findings:
        always += finding_limits()
    return [*always, *({"head": "", "text": text} for text in about.limits)]
