"""Who spoke, about what and through which channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente._fonts import visible
from detente.errors import BadArgumentError
from detente.figures.captions import FigureCaption
from detente.figures.channels import channels_width, draw_channels, has_channels
from detente.figures.groups import NOT_STATED, count_groups, group_words
from detente.figures.panels import Frame, Stack, name_panel, say_why
from detente.figures.rows import draw_estimate
from detente.figures.theme import FIRST, GRID, INK, MUTED, SECOND, SMALLEST, text_width, theme
from detente.figures.typography import PAD, shorten
from detente.inference import VoicesResult

__all__ = ["plot_voices", "voices_caption"]

_RIGHT = 68.0
_ROW, _ABOVE, _SHARES = 11.5, 17.0, 66.0
_NAMES = (58.0, 150.0)
_HEADS = {
    "speaker": wording.mark("By speaker"),
    "topic": wording.mark("By topic"),
    "channel": wording.mark("By channel"),
}
_MARKS = ((FIRST, "o"), (SECOND, "s"))


@dataclass(frozen=True)
class _Group:
    """A row: the name of a group, and for each side its means or None."""

    name: str
    sides: tuple[dict[Any, Any] | None, ...]


def plot_voices(
    result: VoicesResult,
    *,
    n_groups: int = 6,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw the mean tone by speaker, topic and channel, and how channels shift over the years.

    Parameters
    ----------
    result : VoicesResult
        Who spoke and how.
    n_groups : int, default 6
        Topics and channels that are drawn at most, and speakers of each side; 1 or more. Those
        with most statements are.
    title : str, optional
        Default: who speaks most, and how much of all that is.
    source : str, optional
        Where the statements come from.
    notices : sequence of str, optional
        What every output has to carry.
    ax : Axes, optional
        Its place is divided among the panels. Default: a new figure, 7.2 inches wide.

    Returns
    -------
    Axes
        The upper panel; the others are its children.

    Raises
    ------
    BadArgumentError
        Where `result` is no VoicesResult, `n_groups` is below 1, or `ax` is too small or no
        plain Axes.

    Notes
    -----
    Beside each row stand the numbers of statements of the two sides. A mark without an interval
    is hollow: its statements are of fewer than five days.

    Examples
    --------
    >>> import pandas as pd
    >>> from detente.figures import new_axes
    >>> from detente.index import monthly_index
    >>> from detente.inference import estimate_voices
    >>> scored = pd.DataFrame({
    ...     "date": pd.to_datetime(["2015-10-05", "2015-10-09", "2015-12-02", "2015-12-03"]),
    ...     "source": ["RUS", "RUS", "RUS", "TUR"], "target": ["TUR", "TUR", "TUR", "RUS"],
    ...     "speaker": ["A", "B", "A", "C"], "tone": [0.5, 0.1, -0.6, -0.2],
    ...     "channel": ["phone_call", "speech", "speech", "interview"]})
    >>> index = monthly_index(scored, method="means")
    >>> found = estimate_voices(scored, headline=index, n_speakers=0, n_replicates=9)
    >>> ax = plot_voices(found, ax=new_axes(7.2, 5))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "group"]
    ['A', 'B', 'C', 'Speech', 'Interview', 'Phone call']
    """
    needs(result, VoicesResult, "result", "detente.inference.estimate_voices")
    if n_groups < 1:
        raise BadArgumentError(f"n_groups={n_groups} was received; it is at least 1.")
    with theme():
        return _draw(result, n_groups, Frame(title, source, notices, ax))


def _draw(
    result: VoicesResult,
    n_groups: int,
    frame: Frame,
) -> Axes:
    groups = {name: _groups(result, name, n_groups) for name in _HEADS}
    groups = {name: rows for name, rows in groups.items() if rows}
    title = _title(result)
    note = _note(result, n_groups)
    sheet = frame.sheet(title, _subtitle(result), note)
    left = _name_width(groups, sheet.width)
    heights = [_ROW * len(rows) for rows in groups.values()] or [60.0]
    above = [_ABOVE + 10, *[_ABOVE] * (len(heights) - 1)]
    is_shared = has_channels(result.contacts)
    if is_shared:
        heights.append(_SHARES)
        above.append(_ABOVE + 22)
    stack = sheet.place(
        heights,
        above,
        left=left,
        right=max(_RIGHT, channels_width()) if is_shared else _RIGHT,
        below=16.0,
        smallest=0.75 * heights[0],
    )
    _name_sides(stack, result)
    for i, (name, rows) in enumerate(groups.items()):
        _panel(stack, i, wording.say(_HEADS[name]), rows, is_last=i == len(groups) - 1)
    if not groups:
        stack.panels[0].set_yticks([])
        stack.panels[0].set_xticks([])
        say_why(stack.canvas, stack.panels[0], wording.say("No statement with a tone"))
    if is_shared:
        draw_channels(stack, len(heights) - 1, result.contacts)
    return stack.canvas.ax


def _groups(result: VoicesResult, grouping: str, n: int) -> list[_Group]:
    """Return the largest groups; speakers by side, others by their statements of both sides."""
    directions = result.headline.dyad.directions
    own = result.groups[result.groups["grouping"] == grouping]
    if own.empty:
        return []
    by_name = {(row["group"], row["direction"]): row for row in own.to_dict("records")}
    names: list[tuple[str, tuple[str, ...]]]
    if grouping == "speaker":
        names = [
            (str(group), (direction,))
            for direction in directions
            for group in own[own["direction"] == direction]["group"].head(n)
        ]
    else:
        sums = own.groupby("group")["n_statements"].sum()
        order = sums.sort_values(ascending=False, kind="stable").index[:n]
        names = [(str(group), directions) for group in order]
    return [
        _Group(
            visible(
                _speaker(str(group)) if grouping == "speaker" else group_words(group, grouping)
            ),
            tuple(by_name.get((group, side)) if side in shown else None for side in directions),
        )
        for group, shown in names
    ]


def _speaker(name: str) -> str:
    return wording.say(name) if name == NOT_STATED else name


def _name_width(groups: dict[str, list[_Group]], width: float) -> float:
    """Return points for the names, as wide as they are within bounds."""
    longest = max(
        (text_width(row.name, SMALLEST) for rows in groups.values() for row in rows), default=0.0
    )
    least, most = _NAMES
    return float(np.clip(longest, least, min(most, 0.33 * width))) + PAD + 6


def _name_sides(stack: Stack, result: VoicesResult) -> None:
    """Name the sides over the panels, and put their marks over the numbers of statements."""
    canvas, y = stack.canvas, stack.top(0)
    columns = _columns(stack)
    x = PAD
    for (colour, marker), name in zip(_MARKS, result.headline.dyad.directions, strict=True):
        text = visible(result.headline.direction_name(name))
        room = (columns[0] - 32 - PAD) / 2 - 16
        text = shorten(text, room, 7)
        canvas.line([x + 3], [y + 20.4], color=colour, marker=marker, markersize=3.8)
        canvas.write(x + 9, y + 18, text, fontsize=7, color=INK, gid="side")
        x += text_width(text, 7) + 22
    canvas.write(columns[0] - 27, y + 18, wording.say("n"), color=MUTED, gid="n")
    for at, (colour, marker) in zip(columns, _MARKS, strict=True):
        canvas.line([at - 5], [y + 20.4], color=colour, marker=marker, markersize=3.8)


def _columns(stack: Stack) -> tuple[float, float]:
    """Return points of the right edges of the two columns of numbers."""
    end = stack.canvas.left + stack.canvas.inner_width
    return end + 36, end + 62


def _panel(stack: Stack, i: int, head: str, rows: list[_Group], *, is_last: bool) -> None:
    ax, canvas, n = stack.panels[i], stack.canvas, len(rows)
    ax.set_xlim(-100, 100)
    ax.set_ylim(n, 0)
    ticks = (-100, -50, 0, 50, 100)
    ax.set_xticks(ticks, [wording.degrees(tick) if is_last else "" for tick in ticks])
    ax.tick_params(axis="x", length=0)
    ax.xaxis.grid(True, color=GRID, linewidth=0.6)
    ax.set_yticks([])
    ax.axvline(0, color=MUTED, linewidth=0.7, zorder=1.2, gid="zero")
    name_panel(canvas, stack.top(i) - 2, head, x=PAD)
    step = stack.heights[i] / n
    size = float(np.clip(0.36 * step, 2.6, 4.2))
    for k, row in enumerate(rows):
        y = stack.top(i) - (k + 0.5) * step
        name = shorten(row.name, canvas.left - PAD - 6, SMALLEST)
        canvas.write(PAD, y - 2.3, name, color=INK, gid="group")
        is_pair = all(side is not None for side in row.sides)
        for at, side, (colour, marker), shift in zip(
            _columns(stack), row.sides, _MARKS, (-0.2, 0.2), strict=True
        ):
            if side is None:
                continue
            draw_estimate(
                ax,
                k + 0.5 + (shift if is_pair else 0.0),
                side["mean"],
                side["lower"],
                side["upper"],
                colour,
                marker,
                "mean",
                size,
            )
            told = wording.number(side["n_statements"])
            canvas.write(at, y - 2.3, told, ha="right", color=MUTED, gid="count")


def _title(result: VoicesResult) -> str:
    groups = result.groups
    if groups.empty:
        return wording.say("Nobody spoke: no statement has a tone")
    speakers = groups[groups["grouping"] == "speaker"]
    total = result.headline.n_statements
    if speakers.empty or not total:
        return wording.say("Tone by topic and channel")
    top = speakers.nlargest(1, "n_statements", keep="first").iloc[0]
    share = wording.share(top["n_statements"] / speakers["n_statements"].sum())
    name = _speaker(str(top["group"]))
    return wording.say("{speaker} made {share} of the statements", speaker=name, share=share)


def _subtitle(result: VoicesResult) -> str:
    months = result.headline.months
    return wording.say(
        "Mean tone by group, degrees from −100 (hostile) to +100 (cordial), with {share} "
        "intervals, {period}",
        share=wording.share(result.headline.confidence),
        period=wording.period_name(months[0], months[-1]),
    )


def _note(result: VoicesResult, n_groups: int) -> str:
    left_out = []
    for grouping in _HEADS:
        own = result.groups[result.groups["grouping"] == grouping]
        n_all = (
            len(own[["group", "direction"]]) if grouping == "speaker" else own["group"].nunique()
        )
        n_shown = len(_groups(result, grouping, n_groups))
        if n_all > n_shown:
            left_out.append(count_groups(n_all - n_shown, grouping))
    parts = [
        wording.say(
            "n: statements of each side. Hollow: statements of fewer than 5 days, no interval. "
            "Intervals cluster by day and cover neither the scorer's error nor the choice of "
            "statements; groups speak at different times and on different topics, so a difference "
            "is not one of temper."
        )
    ]
    if has_channels(result.contacts):
        parts.append(
            wording.say(
                "Contacts need the other side; stroke: interval of their share, as if occasions "
                "were independent."
            )
        )
    if left_out:
        parts.append(
            wording.say("Not drawn: {groups} with fewer.", groups=wording.listing(left_out))
        )
    return " ".join(parts)


def voices_caption(result: VoicesResult, n_groups: int = 6) -> FigureCaption:
    """Return the caption of `plot_voices`.

    Parameters
    ----------
    result : VoicesResult
        Who spoke and how.
    n_groups : int, default 6
        As drawn.

    Returns
    -------
    FigureCaption
        Title, caption and alternative text, from the numbers of the chart.
    """
    dyad = result.headline.dyad
    names = dyad.in_text
    told = [
        wording.say(
            "{speaker} {mean} ({interval}; n {n})",
            speaker=row.name,
            mean=wording.degrees(side["mean"]),
            interval=wording.interval(side["lower"], side["upper"]),
            n=wording.number(side["n_statements"]),
        )
        for row in _groups(result, "speaker", n_groups)
        for side in row.sides
        if side is not None
    ]
    parts = [
        wording.say("Rows with a mean tone and its interval, by speaker, topic and channel."),
        f"{_title(result)}.",
    ]
    if told:
        parts.append(wording.say("Speakers: {speakers}.", speakers="; ".join(told)))
    return FigureCaption(
        wording.say("Who spoke in {countries}, about what and how", countries=names),
        _note(result, n_groups),
        " ".join([*parts, result.contacts_sentence]).strip(),
    )
