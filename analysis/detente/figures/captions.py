"""Captions and alternative texts, from the same numbers as the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from detente import wording
from detente._files import replacing
from detente.countries import country_name
from detente.figures.curve import are_sides_one, has_curve
from detente.figures.dates import TimeAxis, day_numbers
from detente.figures.statements import dyad_statements
from detente.index import BILATERAL, MAX_HALF_WIDTH, MIN_OCCASIONS, IndexResult, is_thin

__all__ = ["FigureCaption", "figure_captions", "write_caption"]

#: More episodes than this are counted, not listed.
_LISTED = 20


@dataclass(frozen=True)
class FigureCaption:
    """What is said about a figure.

    Parameters
    ----------
    title : str
        A few words, for lists of figures.
    caption : str
        What is shown, how to read it and what it does not show; printed below the figure.
    alt : str
        What a reader who cannot see the figure would need from it.
    """

    title: str
    caption: str
    alt: str


def write_caption(
    caption: FigureCaption, stem: str | Path, *, source: str = "", notices: Sequence[str] = ()
) -> Path:
    """Write the caption and alternative text of a figure beside it.

    Parameters
    ----------
    caption : FigureCaption
        What is said about the figure.
    stem : str or Path
        File name without its suffix, as for `save_figure`.
    source : str, optional
        Where the statements come from.
    notices : sequence of str, optional
        What every output has to carry.

    Returns
    -------
    Path
        The text file.

    Examples
    --------
    >>> import tempfile
    >>> caption = FigureCaption("A chart", "It shows months.", "Dots over time.")
    >>> path = write_caption(caption, Path(tempfile.mkdtemp()) / "a", notices=("EXAMPLE DATA",))
    >>> print(path.read_text(encoding="utf-8"), end="")
    A chart
    <BLANKLINE>
    It shows months. Note: EXAMPLE DATA.
    <BLANKLINE>
    Alternative text: Dots over time.
    """
    told = ". ".join(notice.strip().rstrip(".") for notice in notices if notice.strip())
    parts = [caption.caption, f"Note: {told}." if told else "", f"Source: {source}" * bool(source)]
    body = " ".join(part for part in parts if part)
    text = f"{caption.title}\n\n{body}\n\nAlternative text: {caption.alt}\n"
    path = Path(f"{stem}.txt")
    with replacing(path) as part:
        # A lone surrogate from a broken file must not stop a run.
        part.write_bytes(text.encode("utf-8", "backslashreplace"))
    return path


def figure_captions(
    result: IndexResult,
    *,
    scored: pd.DataFrame | None = None,
    episodes: pd.DataFrame | None = None,
) -> dict[str, FigureCaption]:
    """Return captions for the figures of a study.

    Parameters
    ----------
    result : IndexResult
        The index that the figures show.
    scored : DataFrame, optional
        The statements, as for `plot_statements`.
    episodes : DataFrame, optional
        The episodes, as for `plot_index`.

    Returns
    -------
    dict of str to FigureCaption
        "index" and "calendar"; with `scored` also "statements". Names from the user's
        files stand in them as they are.

    Examples
    --------
    >>> import pandas as pd
    >>> from detente.index import monthly_index
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02", "2015-12-03"]),
    ...     "source": ["RUS", "TUR", "RUS", "TUR"], "target": ["TUR", "RUS", "TUR", "RUS"],
    ...     "speaker": ["A", "B", "A", "C"], "tone": [0.5, 0.1, -0.6, -0.2]})
    >>> captions = figure_captions(monthly_index(scored, ("RUS", "TUR")))
    >>> captions["index"].title
    'Monthly relations index of Russia and Turkey'
    """
    captions = {"index": _index(result, episodes), "calendar": _calendar(result)}
    if scored is not None:
        captions["statements"] = _statements(result, scored, episodes)
    return captions


def _names(result: IndexResult) -> str:
    return wording.listing([country_name(code) for code in (result.dyad.a, result.dyad.b)])


def _index(result: IndexResult, episodes: pd.DataFrame | None) -> FigureCaption:
    names = _names(result)
    first, second = (result.direction_name(name) for name in result.dyad.directions)
    below = f"Below: {first}, {second}, and the statements of each month. "
    scale = "in degrees from −100 (all hostile) to +100 (all cordial)"
    if result.method == "means":
        caption = (
            f"Mean tone of officials' statements per month, {scale}. Above: both sides together, "
            f"with the {wording.share(result.confidence)} confidence interval of each month as a "
            f"grey bar; a thick line is the mean of a calendar year. {below}{_hollow(result)} "
            "Single months are noisy; no turn should be dated from one. "
            f"{result.assumptions[-1]}"
        )
    else:
        caption = (
            f"Tone of officials' statements, {scale}. Above: both sides together, smoothed, with "
            f"the {wording.share(result.confidence)} interval (for the noise of these statements, "
            "not for the scorer's error or the choice of statements) as a band and the means of "
            f"single months as dots, larger with more statements. {below}{_hollow(result)} "
            f"{_bridged(result)}The line also uses "
            "later months and turns before and after what happened: no turn should be dated from "
            f"it. {_one_curve(result)}{_no_curve(result)}".strip()
        )
    alt = (
        f"Chart over time of the monthly relations index of {names}, from −100 to +100 degrees. "
        f"{result.sentence} {_episodes(result, episodes)}"
    )
    return FigureCaption(f"Monthly relations index of {names}", caption, alt.strip())


def _hollow(result: IndexResult) -> str:
    rows = result.direction(BILATERAL)
    known = rows[rows["raw"].notna()]
    n_hollow = int(is_thin(known).sum())
    return (
        f"{n_hollow:,} of {wording.count(len(known), 'month')} with a "
        f"{'value' if result.method == 'means' else 'mean of both sides'} "
        f"{'is' if n_hollow == 1 else 'are'} hollow: fewer than {MIN_OCCASIONS} occasions, or an "
        f"interval of more than {wording.number(MAX_HALF_WIDTH)} degrees to either side, which is "
        "too little to be ranked."
    )


def _bridged(result: IndexResult) -> str:
    """Say how many months the upper curve bridges."""
    months = result.coverage
    n = months.n_months - months.n_both
    if n == 0 or not has_curve(result, BILATERAL):
        return ""
    return (
        f"In {wording.count(n, 'month')} not both sides spoke: no dot, a wider interval, a dashed "
        "line. "
    )


def _one_curve(result: IndexResult) -> str:
    if not are_sides_one(result):
        return ""
    return "The two sides' smoothed lines cannot be told apart and are not drawn. "


def _no_curve(result: IndexResult) -> str:
    """Say why a side has no smoothed line."""
    told = [
        f"{result.direction_name(name)}: {result.reasons[name]}"
        for name in result.dyad.directions
        if name in result.reasons
    ]
    return f"No line for {'; '.join(told)}." if told else ""


def _calendar(result: IndexResult) -> FigureCaption:
    names = _names(result)
    months = result.coverage
    unscored = (
        f", {wording.count(months.n_unscored_only, 'month')} whose statements have no tone"
        if months.n_unscored_only
        else ""
    )
    kind = (
        "Relations index"
        if result.method == "means"
        else "Means of single months, not smoothed, and so not the index itself,"
    )
    caption = (
        f"{kind} of both sides together, in degrees, with the number of statements; a row "
        f"per year, a column per month. Hatched: {wording.count(months.n_one_side, 'month')} in "
        f"which only one side has a tone{unscored}, with its code, and "
        f"{wording.count(months.n_empty, 'month')} without a statement. Bold: at least "
        f"{wording.count(MIN_OCCASIONS, 'occasion')}, and an interval of at most "
        f"{wording.number(MAX_HALF_WIDTH)} degrees to either side."
    )
    shown = "relations index" if result.method == "means" else "mean tone"
    alt = f"Table of years and months, coloured by the {shown} of {names}. {_ends(result)}"
    return FigureCaption(f"The relations of {names}, month by month", caption, alt)


def _ends(result: IndexResult) -> str:
    """Say the coverage, and the ends of the raw means where months may be ranked."""
    if result.method == "means":
        return result.sentence
    months = result.coverage
    text = (
        f"{months.n_both:,} of {wording.count(months.n_months, 'month')} have a mean of both sides."
    )
    rows = result.ranked()
    rows = rows[rows["raw"].notna()].sort_values(["raw", "month"])
    if not result.can_rank or len(rows) < 2:
        return text
    lowest, highest = (
        f"{wording.month_name(rows['month'].iloc[i])} ({wording.degrees(rows['raw'].iloc[i])})"
        for i in (0, -1)
    )
    return (
        f"{text} Of the {wording.count(len(rows), 'month')} of these with enough statements, "
        f"{lowest} has the lowest mean and {highest} the highest."
    )


def _statements(
    result: IndexResult, scored: pd.DataFrame, episodes: pd.DataFrame | None
) -> FigureCaption:
    names = _names(result)
    rows = dyad_statements(scored, result.dyad, result)
    parts = []
    for direction in result.dyad.directions:
        degrees = rows.loc[rows["direction"] == direction, "degrees"]
        text = f"{result.direction_name(direction)}: {wording.count(len(degrees), 'statement')}"
        if degrees.notna().any():
            text += (
                f", mean tone {wording.degrees(float(degrees.mean()))} degrees, "
                f"{wording.share(float((degrees.dropna() < 0).mean()))} below zero"
            )
        parts.append(text)
    n_without = int(rows["degrees"].isna().sum())
    without = (
        f" {wording.count(n_without, 'statement')} without a tone at the lower edge."
        if n_without
        else ""
    )
    behind = (
        "the grey line is the smoothed index of the side, dashed over months without a tone"
        if has_curve(result, result.dyad.directions[0])
        else "short grey lines are the means of the months"
    )
    caption = (
        f"Each mark is one statement at its day and tone, in degrees, coloured by tone; {behind}."
        f"{without} Dense columns of marks are days when something happened: statements are found "
        "when there is news."
    )
    alt = (
        f"Dots over time, one per statement of officials of {names}. {'. '.join(parts)}. "
        f"{_episodes(result, episodes)}"
    )
    return FigureCaption(f"Statements of officials of {names} by tone", caption, alt.strip())


def _episodes(result: IndexResult, episodes: pd.DataFrame | None) -> str:
    if episodes is None:
        return ""
    rows = episodes[episodes["first_day"].notna()].sort_values("first_day", kind="stable")
    axis = TimeAxis(result.months[0], result.months[-1], 1.0)
    rows = rows[axis.holds(day_numbers(rows["first_day"]))]
    if rows.empty:
        return ""
    if len(rows) > _LISTED:
        return f"{wording.count(len(rows), 'episode')} are marked."
    items = [
        f"{label} ({wording.day_name(day)})"
        for label, day in zip(rows["label"], rows["first_day"], strict=True)
    ]
    return f"Marked episodes: {wording.listing(items)}."
