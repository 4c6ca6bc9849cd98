"""How the numbers were made and what they do not show, in words."""

from __future__ import annotations

from typing import Any

from detente import wording
from detente.index import MAX_HALF_WIDTH, MIN_OCCASIONS, IndexResult
from detente.report.about import About

__all__ = ["limits", "method", "reading"]

#: Stands on every output until codings correct the scorer.
UNCORRECTED = "uncorrected machine score"


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
    return [
        {
            "head": "Degrees",
            "text": "The index runs from −100 (every statement hostile) to +100 (every statement "
            "cordial). Zero is where warm and cold statements balance. It measures how officials "
            "spoke of the other country in the statements that were found. It does not measure "
            "trust, intentions, power or what states did.",
        },
        {
            "head": "Directions",
            "text": f"{first} and {second} are two series. The temperature is both together: "
            "their plain mean in months in which both sides spoke.",
        },
        {
            "head": "Interval",
            "text": f"A {wording.share(index.confidence)} confidence interval stands beside every "
            "level. It covers the noise of these statements. It covers neither the error of the "
            "scorer nor the choice of statements.",
        },
        {
            "head": "Thin months",
            "text": f"A month with fewer than {MIN_OCCASIONS} occasions, or with an interval of "
            f"more than {wording.number(MAX_HALF_WIDTH)} degrees to either side, is drawn hollow, "
            "set in brackets and not ranked. An occasion is one speaker on one day through one "
            "channel.",
        },
        {
            "head": "Empty months",
            "text": "A month without statements is missing. It is never zero and never filled in.",
        },
        {
            "head": "Changes, not levels",
            "text": "Compare months within one direction. Degrees are not comparable across "
            "dyads or languages.",
        },
    ]


def method(index: IndexResult, about: About) -> dict[str, Any]:
    """Tell the steps from statement to index; the template sets the formulas between them.

    Parameters
    ----------
    index : IndexResult
        The index.
    about : About
        Names the scorer.

    Returns
    -------
    dict
        `tone`, `month`, `spread`, `both`, `level`, `episodes` (texts), `is_occasion`
        and `assumptions` (list of texts).
    """
    scorer = about.scorer or "a scorer whose name was not handed to this report"
    is_occasion = index.weights == "occasion"
    unit = (
        "An occasion is one speaker on one day through one channel. A press conference from "
        "which four remarks were noted is one occasion, not four: each occasion has weight one, "
        "and its tone is the mean of its statements."
        if is_occasion
        else "Each statement has weight one, so an occasion (one speaker on one day through one "
        "channel) weighs as much as it has statements; its tone is the mean of its statements."
    )
    return {
        "tone": f"Each statement has a tone between −1 (hostile) and +1 (cordial), given by "
        f"{scorer}. It is an {UNCORRECTED}: the index is not corrected by readers' codings. "
        f"{about.scorer_note}".strip(),
        "month": f"{unit} The index of a month and direction is the weighted mean in degrees.",
        "spread": "The standard error uses one spread for all months and both sides, so that a "
        "month with one occasion has an interval as wide as one occasion deserves. The interval "
        "uses Student's t and is clipped to the scale."
        + (
            f" Here the spread is {wording.number(index.spread, 1)} degrees, on "
            f"{wording.number(index.df)} degrees of freedom."
            if index.df > 0
            else ""
        ),
        "both": "The bilateral index is the mean of the two directions where both spoke. Its "
        "variance adds the covariance of the two sides on days that both spoke"
        + (
            f" (here {wording.number(index.shared_day_covariance)} degrees squared)."
            if index.shared_day_covariance > 0
            else " (here none is seen, and none is added)."
        ),
        "level": "The level of a stretch is the mean of its months with an index. Its interval "
        "uses the Newey-West standard error, since a month resembles its neighbours. Two "
        "stretches are called warmer or colder only where the interval of their difference "
        "excludes zero; otherwise the report says that we cannot tell.",
        "episodes": "Headline events that no data could separate form one episode. Headline "
        "events, and the direction expected of each, are judged from the event alone. This "
        "version lists episodes and tests none: what stands beside an episode in time may have "
        "other grounds.",
        "is_occasion": is_occasion,
        "assumptions": list(index.assumptions),
    }


def limits(about: About) -> list[dict[str, str]]:
    """Return the limits that hold for every study, then those of this one.

    Parameters
    ----------
    about : About
        Carries the limits of the data.

    Returns
    -------
    list of dict
        `head` (empty for the study's own limits) and `text`.
    """
    always = [
        {
            "head": "Found, not sampled.",
            "text": "Rows were found, not sampled: no frame lists all statements that were made, "
            "so no interval says how other statements would have read.",
        },
        {
            "head": "Uncorrected.",
            "text": f"Tone is an {UNCORRECTED}. Its errors may differ by topic, channel and "
            "period, and the intervals do not cover them.",
        },
        {
            "head": "One dyad.",
            "text": "Degrees are not comparable across dyads or languages: nothing here shows "
            "that the scorer errs alike in two of them.",
        },
    ]
    return [*always, *({"head": "", "text": text} for text in about.limits)]
