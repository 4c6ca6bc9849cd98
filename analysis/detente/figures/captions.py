"""Captions and alternative texts, from the same numbers as the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from detente import wording
from detente._files import replacing
from detente.figures.calendar import told_short
from detente.figures.legends import calendar_legend, index_legend, statements_legend
from detente.figures.typography import told_notices
from detente.index import IndexResult

__all__ = ["FigureCaption", "calendar_caption", "figure_captions", "write_caption"]


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
    told = wording.say("Source: {source}", source=source) if source else ""
    parts = [caption.caption, told_notices(notices), told]
    body = " ".join(part for part in parts if part)
    alt = wording.say("Alternative text: {text}", text=caption.alt)
    text = f"{caption.title}\n\n{body}\n\n{alt}\n"
    path = Path(f"{stem}.txt")
    with replacing(path) as part:
        # A lone surrogate from a broken file must not stop a run.
        part.write_bytes(text.encode("utf-8", "backslashreplace"))
    return path


def calendar_caption(result: IndexResult, ax: Axes) -> FigureCaption:
    """Return the caption of a calendar as it was drawn.

    Parameters
    ----------
    result : IndexResult
        The index.
    ax : Axes
        As `plot_calendar` returned it.

    Returns
    -------
    FigureCaption
        That of `figure_captions`; where cells were too small for values or counts, it does not
        speak of them.
    """
    caption = FigureCaption(*calendar_legend(result))
    written = {text.get_gid() for text in ax.texts}
    is_told = any(patch.get_gid() == "cell" for patch in ax.patches)
    if written & {"n", "one side"} or not is_told:
        return caption
    return replace(caption, caption=told_short(result, has_values="index" in written))


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
    captions = {
        "index": FigureCaption(*index_legend(result, episodes)),
        "calendar": FigureCaption(*calendar_legend(result)),
    }
    if scored is not None:
        captions["statements"] = FigureCaption(*statements_legend(result, scored, episodes))
    return captions
