"""Titles, captions and alternative texts of the charts of index, months and statements."""

from __future__ import annotations

import pandas as pd

from detente import wording
from detente.figures.curve import are_sides_one, has_curve, no_lines
from detente.figures.dates import TimeAxis, day_numbers
from detente.figures.statements import dyad_statements
from detente.index import BILATERAL, MAX_HALF_WIDTH, MIN_OCCASIONS, IndexResult, is_thin

__all__ = ["calendar_legend", "index_legend", "statements_legend"]

#: More episodes than this are counted, not listed.
_LISTED = 20


def index_legend(result: IndexResult, episodes: pd.DataFrame | None) -> tuple[str, str, str]:
    """Return title, caption and alternative text of the chart of the index.

    Parameters
    ----------
    result : IndexResult
        The index.
    episodes : DataFrame or None
        The episodes that are marked.

    Returns
    -------
    tuple of str
        From the numbers of the chart.
    """
    names = result.dyad.in_text
    first, second = (result.direction_name(name) for name in result.dyad.directions)
    below = wording.say(
        "Below: {first}, {second}, and the statements of each month.", first=first, second=second
    )
    share = wording.share(result.confidence)
    if result.method == "means":
        parts = [
            wording.say(
                "Mean tone of officials' statements per month, in degrees from −100 (all hostile) "
                "to +100 (all cordial). Above: both sides together, with the {share} confidence "
                "interval of each month as a grey bar; a thick line is the mean of a calendar "
                "year.",
                share=share,
            ),
            below,
            _hollow(result),
            wording.say("Single months are noisy; no turn should be dated from one."),
            result.assumptions[-1],
        ]
    else:
        parts = [
            wording.say(
                "Tone of officials' statements, in degrees from −100 (all hostile) to +100 (all "
                "cordial). Above: both sides together, smoothed, with the {share} interval (for "
                "the noise of these statements, not for the scorer's error or the choice of "
                "statements) as a band and the means of single months as dots, larger with more "
                "statements.",
                share=share,
            ),
            below,
            _hollow(result),
            _bridged(result),
            wording.say(
                "The line also uses later months and turns before and after what happened: no turn "
                "should be dated from it."
            ),
            _one_curve(result),
            no_lines(result)
            if any(name in result.reasons for name in result.dyad.directions)
            else "",
        ]
    alt = wording.say(
        "Chart over time of the monthly relations index of {countries}, from −100 to +100 degrees. "
        "{finding} {episodes}",
        countries=names,
        finding=result.sentence,
        episodes=_episodes(result, episodes),
    ).strip()
    title = wording.say("Monthly relations index of {countries}", countries=names)
    return title, " ".join(part for part in parts if part), alt


def _hollow(result: IndexResult) -> str:
    rows = result.direction(BILATERAL)
    known = rows[rows["raw"].notna()]
    n_hollow = int(is_thin(known).sum())
    parts = {"least": wording.number(MIN_OCCASIONS), "degrees": wording.number(MAX_HALF_WIDTH)}
    hollow = wording.number(n_hollow)
    if result.method == "means":
        told = (
            wording.say_count(
                "{hollow} of {n} month with a value is hollow:",
                "{hollow} of {n} months with a value is hollow:",
                len(known),
                hollow=hollow,
            )
            if n_hollow == 1
            else wording.say_count(
                "{hollow} of {n} month with a value are hollow:",
                "{hollow} of {n} months with a value are hollow:",
                len(known),
                hollow=hollow,
            )
        )
    elif n_hollow == 1:
        told = wording.say_count(
            "{hollow} of {n} month with a mean of both sides is hollow:",
            "{hollow} of {n} months with a mean of both sides is hollow:",
            len(known),
            hollow=hollow,
        )
    else:
        told = wording.say_count(
            "{hollow} of {n} month with a mean of both sides are hollow:",
            "{hollow} of {n} months with a mean of both sides are hollow:",
            len(known),
            hollow=hollow,
        )
    why = wording.say(
        "fewer than {least} occasions, or an interval of more than {degrees} degrees to either "
        "side, which is too little to be ranked.",
        **parts,
    )
    return f"{told} {why}"


def _bridged(result: IndexResult) -> str:
    """Say how many months the upper curve bridges."""
    months = result.coverage
    n = months.n_months - months.n_both
    if n == 0 or not has_curve(result, BILATERAL):
        return ""
    return wording.say_count(
        "In {n} month not both sides spoke: no dot, a wider interval, a dashed line.",
        "In {n} months not both sides spoke: no dot, a wider interval, a dashed line.",
        n,
    )


def _one_curve(result: IndexResult) -> str:
    if not are_sides_one(result):
        return ""
    return wording.say("The two sides' smoothed lines cannot be told apart and are not drawn.")


def calendar_legend(result: IndexResult) -> tuple[str, str, str]:
    """Return title, caption and alternative text of the calendar.

    Parameters
    ----------
    result : IndexResult
        The index.

    Returns
    -------
    tuple of str
        From the numbers of the chart.
    """
    names = result.dyad.in_text
    kind = (
        wording.say(
            "Relations index of both sides together, in degrees, with the number of statements; a "
            "row per year, a column per month."
        )
        if result.method == "means"
        else wording.say(
            "Means of single months, not smoothed, and so not the index itself, of both sides "
            "together, in degrees, with the number of statements; a row per year, a column per "
            "month."
        )
    )
    bold = wording.say(
        "Bold: at least {occasions}, and an interval of at most {degrees} degrees to either side.",
        occasions=wording.count(MIN_OCCASIONS, "occasion"),
        degrees=wording.number(MAX_HALF_WIDTH),
    )
    alt = (
        wording.say(
            "Table of years and months, coloured by the relations index of {countries}.",
            countries=names,
        )
        if result.method == "means"
        else wording.say(
            "Table of years and months, coloured by the mean tone of {countries}.", countries=names
        )
    )
    title = wording.say("The relations of {countries}, month by month", countries=names)
    return title, f"{kind} {_hatched(result)} {bold}", f"{alt} {_ends(result)}"


def _hatched(result: IndexResult) -> str:
    """Say which months have no mean of both sides."""
    months = result.coverage
    if not (months.n_one_side or months.n_empty or months.n_unscored_only):
        return wording.say("No month is hatched: both sides have a tone in each.")
    one_side = wording.count(months.n_one_side, "month")
    empty = wording.count(months.n_empty, "month")
    if not months.n_unscored_only:
        return wording.say(
            "Hatched: {one_side} in which only one side has a tone, with its code, and {empty} "
            "without a statement.",
            one_side=one_side,
            empty=empty,
        )
    return wording.say(
        "Hatched: {one_side} in which only one side has a tone, {unscored} whose statements have "
        "no tone, with its code, and {empty} without a statement.",
        one_side=one_side,
        unscored=wording.count(months.n_unscored_only, "month"),
        empty=empty,
    )


def _ends(result: IndexResult) -> str:
    """Say the coverage, and the ends of the raw means where months may be ranked."""
    if result.method == "means":
        return result.sentence
    months = result.coverage
    text = wording.say_count(
        "{known} of {n} month have a mean of both sides.",
        "{known} of {n} months have a mean of both sides.",
        months.n_months,
        known=wording.number(months.n_both),
    )
    rows = result.ranked()
    rows = rows[rows["raw"].notna()].sort_values(["raw", "month"])
    if not result.can_rank or len(rows) < 2:
        return text
    lowest, highest = (
        wording.say(
            "{month} ({degrees})",
            month=wording.month_name(rows["month"].iloc[i]),
            degrees=wording.degrees(rows["raw"].iloc[i]),
        )
        for i in (0, -1)
    )
    ranked = wording.say_count(
        "Of the {n} month of these with enough statements, {lowest} has the lowest mean and "
        "{highest} the highest.",
        "Of the {n} months of these with enough statements, {lowest} has the lowest mean and "
        "{highest} the highest.",
        len(rows),
        lowest=lowest,
        highest=highest,
    )
    return f"{text} {ranked}"


def statements_legend(
    result: IndexResult, scored: pd.DataFrame, episodes: pd.DataFrame | None
) -> tuple[str, str, str]:
    """Return title, caption and alternative text of the chart of the statements.

    Parameters
    ----------
    result : IndexResult
        The index.
    scored : DataFrame
        The statements.
    episodes : DataFrame or None
        The episodes that are marked.

    Returns
    -------
    tuple of str
        From the numbers of the chart.
    """
    names = result.dyad.in_text
    rows = dyad_statements(scored, result.dyad, result)
    told = []
    for direction in result.dyad.directions:
        degrees = rows.loc[rows["direction"] == direction, "degrees"]
        parts = {
            "direction": result.direction_name(direction),
            "statements": wording.count(len(degrees), "statement"),
        }
        told.append(
            wording.say(
                "{direction}: {statements}, mean tone {degrees} degrees, {share} below zero",
                **parts,
                degrees=wording.degrees(float(degrees.mean())),
                share=wording.share(float((degrees.dropna() < 0).mean())),
            )
            if degrees.notna().any()
            else wording.say("{direction}: {statements}", **parts)
        )
    captions = [
        wording.say(
            "Each mark is one statement at its day and tone, in degrees, coloured by tone; the "
            "grey line is the smoothed index of the side, dashed over months without a tone."
        )
        if has_curve(result, result.dyad.directions[0])
        else wording.say(
            "Each mark is one statement at its day and tone, in degrees, coloured by tone; short "
            "grey lines are the means of the months."
        )
    ]
    if n_without := int(rows["degrees"].isna().sum()):
        captions.append(
            wording.say_count(
                "{n} statement without a tone at the lower edge.",
                "{n} statements without a tone at the lower edge.",
                n_without,
            )
        )
    captions.append(
        wording.say(
            "Dense columns of marks are days when something happened: statements are found when "
            "there is news."
        )
    )
    alt = wording.say(
        "Dots over time, one per statement of officials of {countries}. {sides}. {episodes}",
        countries=names,
        sides=". ".join(told),
        episodes=_episodes(result, episodes),
    ).strip()
    title = wording.say("Statements of officials of {countries} by tone", countries=names)
    return title, " ".join(captions), alt


def _episodes(result: IndexResult, episodes: pd.DataFrame | None) -> str:
    if episodes is None:
        return ""
    rows = episodes[episodes["first_day"].notna()].sort_values("first_day", kind="stable")
    axis = TimeAxis(result.months[0], result.months[-1], 1.0)
    rows = rows[axis.holds(day_numbers(rows["first_day"]))]
    if rows.empty:
        return ""
    if len(rows) > _LISTED:
        return wording.say_count("{n} episode is marked.", "{n} episodes are marked.", len(rows))
    items = [
        wording.say("{episode} ({day})", episode=label, day=wording.day_name(day))
        for label, day in zip(rows["label"], rows["first_day"], strict=True)
    ]
    return wording.say("Marked episodes: {episodes}.", episodes=wording.listing(items))
