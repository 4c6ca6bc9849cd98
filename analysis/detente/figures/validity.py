"""A scorer's tone against the codings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from detente import wording
from detente._fonts import visible
from detente.errors import BadArgumentError
from detente.figures.layout import Canvas, dress, make_canvas
from detente.figures.levels import needs
from detente.figures.panels import Frame
from detente.figures.theme import FAINT, INK, MUTED, PAPER, SMALLEST, theme, tone_colours
from detente.figures.typography import PAD, shorten
from detente.validation import CLASS_EDGE, ValidationResult

__all__ = ["plot_validity"]

_LEFT, _RIGHT, _BOTTOM = 40.0, 8.0, 32.0
_HEIGHT, _GAP = 150.0, 16.0
#: Points above a panel, for its three lines.
_ABOVE = 33.0
#: Points left of the table for the names of its rows.
_NAMES = 44.0
#: Below this width, points, of a panel nothing can be read.
_NARROWEST = 70.0
#: Half the width over which the statements of a code are spread, in codes.
_SPREAD = 0.36
_CODES = range(-3, 4)


def plot_validity(
    result: ValidationResult,
    *,
    title: str | None = None,
    source: str = "",
    notices: Sequence[str] = (),
    ax: Axes | None = None,
) -> Axes:
    """Draw each coded statement by code and tone, the baseline beside, and the classes.

    Parameters
    ----------
    result : ValidationResult
        What `detente.validation.validate_scorer` found.
    title : str, optional
        Default: the scorer, and whether it was fitted to the codings.
    source : str, optional
        Where statements and codings come from.
    notices : sequence of str, optional
        What every output has to carry.
    ax : Axes, optional
        Its place is divided among the panels. Default: a new figure, 7.2 inches wide.

    Returns
    -------
    Axes
        The panel of the scorer; the others (the baseline where there is one, then the
        table of classes) are its children.

    Raises
    ------
    BadArgumentError
        Where `result` is no ValidationResult, or `ax` is too small or no plain Axes.

    Notes
    -----
    Marks stand at the mean code of a statement, spread sideways so that they can be told
    apart; colour repeats their height, and their shape tells the panels apart. A bar is the
    interval of the mean tone at a code. On the dashed line tone and codings would be equal.

    Examples
    --------
    >>> import pandas as pd
    >>> from detente.figures import new_axes
    >>> from detente.validation import validate_scorer
    >>> scored = pd.DataFrame({
    ...     "id": list("abcd"), "date": pd.to_datetime(["2015-10-05", "2015-11-26"] * 2),
    ...     "source": "RUS", "target": "TUR", "text": "...", "tone": [0.5, -0.6, 0.0, -0.2]})
    >>> codings = pd.DataFrame({"id": list("abcd"), "coder": "A", "code": [2, -2, 1, 0],
    ...     "coder_type": "human"})
    >>> result = validate_scorer(scored, codings, scorer_name="vader")
    >>> len(plot_validity(result, ax=new_axes()).child_axes)
    1
    """
    needs(result, ValidationResult, "result", "detente.validation.validate_scorer")
    with theme():
        return _draw(result, Frame(title, source, notices, ax))


def _draw(
    result: ValidationResult,
    frame: Frame,
) -> Axes:
    sheet = frame.sheet(result.title, _subtitle(result), _note(result))
    width = sheet.width
    # Three lines above each panel: whose it is, and its figures.
    fixed = sheet.taken + _BOTTOM + _ABOVE
    height = fixed + _HEIGHT if sheet.height is None else sheet.height
    inner = height - fixed
    n_panels = 2 if result.baseline_table is not None else 1
    free = width - _LEFT - _RIGHT - _GAP * n_panels - _NAMES
    # The table needs less room than the dots.
    panel = min(free / (n_panels + 0.8), 1.7 * inner)
    if panel < _NARROWEST:
        raise BadArgumentError(
            f"The Axes offers {width / 72:.1f} by {height / 72:.1f} inches, which is too small "
            "for a legible chart.",
            remedy="Pass a larger Axes, or leave ax out.",
        )
    table = min(0.8 * panel, inner)
    bottom = PAD + sheet.foot.height + _BOTTOM
    canvas = make_canvas(
        frame.ax,
        width,
        height,
        left=_LEFT,
        right=width - _LEFT - panel,
        bottom=bottom,
        inner_height=inner,
        smallest=60.0,
    )
    _dots(canvas.ax, result.pairs["gold"], result.pairs["tone"], result.by_code, "o")
    _name(canvas, _LEFT, panel, result, baseline=False)
    left = _LEFT + panel + _GAP
    if result.baseline_table is not None and result.baseline_by_code is not None:
        beside = _panel(canvas, left, panel, inner)
        both = result.pairs[result.pairs["baseline_tone"].notna()]
        _dots(beside, both["gold"], both["baseline_tone"], result.baseline_by_code, "s")
        beside.set_yticklabels([])
        _name(canvas, left, panel, result, baseline=True)
        left += panel + _GAP
    left += _NAMES
    _classes(_panel(canvas, left, table, inner), result.confusion)
    _write_above(
        canvas,
        left - _NAMES,
        table + _NAMES,
        "Classes",
        f"statements by '{result.scorer_name}'",
        "and share of the row",
    )
    sheet.write(canvas)
    return canvas.ax


def _subtitle(result: ValidationResult) -> str:
    warning = "not evidence about unseen statements; " if result.is_in_sample else ""
    return (
        f"{wording.count(result.n, 'statement')} of {wording.count(result.n_months, 'month')} by "
        f"code and tone; {warning}{result.coders}"
    )


def _note(result: ValidationResult) -> str:
    left_out = (
        f" {wording.count(result.n_without_tone, 'coded statement')} without tone left out."
        if result.n_without_tone
        else ""
    )
    return (
        "Small mark: one statement, spread sideways within its code; colour repeats height. "
        f"Large mark with bar: mean tone at the code and its {result.options.words}, no bar with "
        "too few months; the figures above have the same intervals in brackets. Dashed: tone "
        f"equal to the codings. Grey: neutral, up to {wording.number(CLASS_EDGE, 2)} either "
        f"way.{left_out}"
    )


def _panel(canvas: Canvas, left: float, width: float, height: float) -> Axes:
    """Add a panel beside the main one, at points from the left of the box."""
    child = canvas.ax.inset_axes(
        (
            (left - canvas.left) / canvas.inner_width,
            0,
            width / canvas.inner_width,
            height / canvas.inner_height,
        )
    )
    dress(child)
    return child


def _dots(ax: Axes, gold: pd.Series, tone: pd.Series, means: pd.DataFrame, marker: str) -> None:
    codes = gold.to_numpy("float64") * 3
    # Multiples of the golden section spread evenly, the same way every time.
    place = np.arange(len(codes)) * 0.6180339887498949 % 1
    ax.set_xlim(-3.5, 3.5)
    ax.set_ylim(-1.04, 1.04)
    ax.axhspan(-CLASS_EDGE, CLASS_EDGE, color="#f1f2f4", linewidth=0, zorder=0.5, gid="neutral")
    ax.plot([-3, 3], [-1, 1], color=MUTED, linewidth=0.7, linestyle=(0, (4, 3)), gid="equal")
    ax.scatter(
        codes + (place - 0.5) * 2 * _SPREAD,
        tone.to_numpy("float64"),
        s=float(np.clip(3600 / max(1, len(codes)), 3, 14)),
        marker=marker,
        c=tone.to_numpy("float64"),
        cmap=tone_colours(),
        vmin=-1,
        vmax=1,
        edgecolors=MUTED,
        linewidths=0.25,
        alpha=0.8,
        zorder=2,
        clip_on=False,
        gid="statements",
    )
    ax.vlines(
        means["code"], means["lower"], means["upper"], color=INK, linewidth=1.3, zorder=3, gid="bar"
    )
    ax.plot(
        means["code"],
        means["mean_tone"],
        linestyle="none",
        marker=marker,
        markersize=6,
        markerfacecolor=PAPER,
        markeredgecolor=INK,
        markeredgewidth=1.4,
        zorder=4,
        clip_on=False,
        gid="means",
    )
    ax.set_xticks(list(_CODES), [wording.degrees(code) for code in _CODES])
    ticks = (-1, -0.5, 0, 0.5, 1)
    ax.set_yticks(ticks, [wording.degrees(tick, 1) if tick else "0" for tick in ticks])
    ax.set_xlabel("mean code, −3 hostile to +3 cordial", fontsize=7, color=MUTED, labelpad=2)


def _name(
    canvas: Canvas, left: float, width: float, result: ValidationResult, *, baseline: bool
) -> None:
    name = result.baseline_name if baseline else result.scorer_name
    shown = "plain VADER" if name == "vader" else f"'{name}'"
    _write_above(
        canvas,
        left,
        width,
        f"Tone by {shown}",
        f"Pearson's r {result.estimate('pearson', baseline=baseline)}",
        f"macro-F1 {result.estimate('macro_f1', baseline=baseline)}",
    )


def _write_above(canvas: Canvas, left: float, width: float, name: str, *lines: str) -> None:
    """Write lines above a panel, cut to its width."""
    y = canvas.bottom + canvas.inner_height + 24
    text = shorten(visible(name), width, 7.5, "bold")
    canvas.write(left, y, text, fontsize=7.5, fontweight="bold", color=INK, gid="panel")
    for line in lines:
        y -= 9
        canvas.write(left, y, shorten(visible(line), width, SMALLEST), color=MUTED, gid="figures")


def _classes(ax: Axes, counts: pd.DataFrame) -> None:
    """Draw the table of classes, warm above as in the panels of dots."""
    n = len(counts)
    values = counts.to_numpy("float64")
    totals = np.maximum(values.sum(axis=1, keepdims=True), 1)
    ax.set_xlim(0, n)
    ax.set_ylim(0, n)
    for row in range(n):
        for column in range(n):
            share = float(values[row, column] / totals[row, 0])
            # Ink over paper: darker where more of the row falls, in greyscale as in colour.
            tint = 1 - 0.72 * share
            ax.add_patch(
                Rectangle(
                    (column + 0.03, row + 0.03),
                    0.94,
                    0.94,
                    facecolor=(tint, tint, tint),
                    edgecolor=INK if row == column else FAINT,
                    linewidth=1.2 if row == column else 0.4,
                    gid="cell",
                )
            )
            ax.text(
                column + 0.5,
                row + 0.5,
                f"{wording.number(values[row, column])}\n{wording.share(share)}",
                ha="center",
                va="center",
                fontsize=SMALLEST,
                linespacing=1.35,
                color=PAPER if share > 0.72 else INK,
                gid="count",
            )
    middle = np.arange(n) + 0.5
    ax.set_xticks(middle, [str(name) for name in counts.columns])
    ax.set_yticks(middle, [f"coded\n{name}" for name in counts.index])
    ax.tick_params(length=0)
    ax.spines["bottom"].set_visible(False)
    ax.set_xlabel("class by the scorer", fontsize=7, color=MUTED, labelpad=2)
