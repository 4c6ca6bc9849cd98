"""What was said around each episode: one small panel per episode."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente.countries import country_name
from detente.errors import BadArgumentError, did_you_mean
from detente.figures.captions import FigureCaption
from detente.figures.changes import SEEN, TESTED, most_told, told_episodes
from detente.figures.grid import Grid, plan_grid
from detente.figures.page import page_height
from detente.figures.panels import Frame, say_why
from detente.figures.theme import theme
from detente.figures.typography import PAD
from detente.figures.window import Window, draw_window, events_of, window_of
from detente.index import BILATERAL, MIN_OCCASIONS, IndexResult
from detente.inference import EpisodesResult
from detente.inference.episodes import contact_days
from detente.inference.rows import Rows

__all__ = ["episodes_caption", "is_estimated_from", "plot_episodes"]

#: Small multiples of one chart; more cannot be told apart.
_MOST = 15


def plot_episodes(
    result: EpisodesResult,
    index: IndexResult,
    scored: pd.DataFrame,
    events: pd.DataFrame,
    *,
    episodes: Sequence[str] | None = None,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw the statements, raw months and level around each episode.

    Parameters
    ----------
    result : EpisodesResult
        The changes.
    index : IndexResult
        The index; its raw months are drawn.
    scored : DataFrame
        The statements that the changes were estimated from.
    events : DataFrame
        The events that they were estimated at.
    episodes : sequence of str, optional
        Which; default: all, or where there are more than 15 or no room those that stand out,
        and of the others those with the most statements.
    title : str, optional
        Default: how many stand out.
    source : str, optional
        Where the statements come from.
    notices : sequence of str, optional
        What every output has to carry.
    ax : Axes, optional
        Its place is divided among the panels. Default: a new figure, 7.2 inches wide.

    Returns
    -------
    Axes
        The first panel; the others are its children.

    Raises
    ------
    BadArgumentError
        Where `result` or `index` is of another kind, the statements are not those of the
        result, there is no such episode, or `ax` is too small or no plain Axes.

    Notes
    -----
    The line is the level of both sides together that the joint model has for each day, its step
    at the episode with it; dashed: the same without the step. It is no smoothed index: it does
    not slope towards an episode before it happens. Where an episode was not tested, statements
    and months stand alone.

    Examples
    --------
    >>> import numpy as np
    >>> from detente.figures import new_axes
    >>> from detente.index import monthly_index
    >>> from detente.inference import estimate_episodes
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
    >>> found = estimate_episodes(scored, events, n_placebo=99)
    >>> index = monthly_index(scored, method="means")
    >>> ax = plot_episodes(found, index, scored, events, ax=new_axes(7.2, 4))
    >>> len([line for line in ax.lines if line.get_gid() == "without"])
    1
    """
    needs(result, EpisodesResult, "result", "detente.estimate_episodes")
    needs(index, IndexResult, "index", "detente.monthly_index")
    rows = _rows(result, scored, events)
    table = result.direction(BILATERAL)
    if episodes is not None:
        for name in episodes:
            if name not in result.episodes:
                raise BadArgumentError(
                    f"There is no episode {name!r}.",
                    remedy=did_you_mean(str(name), result.episodes)
                    or f"The episodes are {', '.join(result.episodes) or 'none'}.",
                )
        table = table[table["episode"].isin(list(episodes))].reset_index(drop=True)
    with theme():
        return _draw(result, index, rows, scored, table, Frame(title, source, notices, ax))


def is_estimated_from(result: EpisodesResult, scored: pd.DataFrame, events: pd.DataFrame) -> bool:
    """Tell whether statements and events can be drawn with changes at episodes.

    Parameters
    ----------
    result : EpisodesResult
        The changes.
    scored, events : DataFrame
        Statements and events.

    Returns
    -------
    bool
        Whether they leave as many statements as the changes were estimated from.
    """
    return len(_used(result, scored, events)) == result.n_statements


def _used(result: EpisodesResult, scored: pd.DataFrame, events: pd.DataFrame) -> Rows:
    rows = Rows.of(scored, result.dyad)
    return rows if result.include_contacts else rows.without(contact_days(events))


def _rows(result: EpisodesResult, scored: pd.DataFrame, events: pd.DataFrame) -> Rows:
    """Return the statements that the changes were estimated from."""
    rows = _used(result, scored, events)
    if len(rows) != result.n_statements:
        raise BadArgumentError(
            f"The changes were estimated from {wording.count(result.n_statements, 'statement')}; "
            f"scored and events give {len(rows):,}.",
            remedy="Pass the statements and events that estimate_episodes was given.",
        )
    return rows


def _draw(
    result: EpisodesResult,
    index: IndexResult,
    rows: Rows,
    scored: pd.DataFrame,
    table: pd.DataFrame,
    frame: Frame,
) -> Axes:
    title = _title(table)
    subtitle = _subtitle(result)
    sheet = frame.sheet(title, subtitle, _note(result, len(table) > _MOST))
    # Where there may be no room for all, the longer note has to fit.
    longer = frame.sheet(title, subtitle, _note(result, is_cut=True))
    offered = None if sheet.height is None else sheet.height - longer.taken
    page = page_height()
    most = math.inf if page is None else page - longer.taken

    known: dict[str, Window] = {}

    def planned(n: int) -> tuple[list[Window], Grid | None]:
        """Return the panels of so many episodes, each made once."""
        windows = []
        for row in most_told(table, n).to_dict("records"):
            name = str(row["episode"])
            if name not in known:
                beside = events_of(result, row)
                known[name] = window_of(result, index, rows, scored, row, beside)
            windows.append(known[name])
        return windows, plan_grid(windows, sheet.width, offered, most)

    n = min(_MOST, len(table))
    windows, grid = planned(n)
    while grid is None and n > 1:
        n -= 1
        windows, grid = planned(n)
    if n < len(table):
        note = _note(result, is_cut=True)
        sheet = frame.sheet(title, subtitle, note)
    if grid is None or not windows:
        stack = sheet.place((60.0,), (0.0,), left=PAD, right=PAD, below=0.0)
        stack.panels[0].set_xticks([])
        stack.panels[0].set_yticks([])
        why = wording.say("No episode") if table.empty else wording.say("No room")
        say_why(stack.canvas, stack.panels[0], why)
        return stack.canvas.ax
    canvas, places = grid.place(sheet)
    for i, (window, place) in enumerate(zip(windows, places, strict=True)):
        draw_window(canvas, place, window, has_scale=grid.is_first_column(i))
    return canvas.ax


def _title(table: pd.DataFrame) -> str:
    n_tested = int(table["verdict"].isin(TESTED).sum())
    seen = table[table["verdict"].isin(SEEN)]
    if n_tested == 0:
        return wording.say("Around the episodes: none could be tested")
    if seen.empty:
        return wording.say(
            "Around the episodes: no change stands out at any of {n} tested",
            n=wording.number(n_tested),
        )
    if len(seen) == 1:
        return wording.say(
            "Around the episodes: 1 of {tested} changes stands out",
            tested=wording.number(n_tested),
        )
    return wording.say(
        "Around the episodes: {seen} of {tested} changes stand out",
        seen=wording.number(len(seen)),
        tested=wording.number(n_tested),
    )


def _subtitle(result: EpisodesResult) -> str:
    return wording.say_count(
        "Tone in the {n} day before and after each first day, degrees; in the headings the change "
        "of both sides together with its {share} interval",
        "Tone in the {n} days before and after each first day, degrees; in the headings the "
        "change of both sides together with its {share} interval",
        result.window,
        share=wording.share(result.confidence),
    )


def _note(result: EpisodesResult, is_cut: bool = False) -> str:
    a, b = (country_name(code) for code in (result.dyad.a, result.dyad.b))
    told = wording.say(
        "Small marks: statements (round, light: {a}; square, dark: {b}); circles: raw monthly "
        "means, larger with more statements, hollow with fewer than {least} occasions or a wide "
        "interval. Line: level of the joint model, with its {share} interval, which covers noise, "
        "drift and fitted steps, not the scorer's error or the choice of statements; it also uses "
        "later statements. Dashed: the level expected without the step. Letters: other listed "
        "events within 30 days, and other episodes, whose steps are in the line too. The data "
        "cannot attribute a change to one event.",
        a=a,
        b=b,
        least=wording.number(MIN_OCCASIONS),
        share=wording.share(result.confidence),
    )
    if not is_cut:
        return told
    cut = wording.say(
        "Not all episodes are drawn: those that stand out, then those with most statements."
    )
    return f"{told} {cut}"


def episodes_caption(result: EpisodesResult, ax: Axes | None = None) -> FigureCaption:
    """Return the caption of `plot_episodes`.

    Parameters
    ----------
    result : EpisodesResult
        The changes.
    ax : Axes, optional
        As `plot_episodes` returned it; default: as many as a page holds are drawn, in the
        order of `result`.

    Returns
    -------
    FigureCaption
        Title, caption and alternative text, from the numbers of the chart.
    """
    table = result.direction(BILATERAL)
    n = _MOST if ax is None else sum(text.get_gid() == "episode" for text in ax.texts)
    shown = most_told(table, n)
    return FigureCaption(
        wording.say("Around each episode"),
        _note(result, len(table) > len(shown)),
        wording.say(
            "A panel per episode with statements as marks by day and tone, monthly means, and the "
            "level before and after. {found}. {episodes}",
            found=_title(table),
            episodes=told_episodes(shown),
        ).strip(),
    )
