"""A scorer's tone against the codings."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from detente import wording
from detente._checks import needs
from detente._fonts import visible
from detente.errors import BadArgumentError
from detente.figures.captions import FigureCaption
from detente.figures.codes import classes_width, draw_classes, draw_codes
from detente.figures.layout import Canvas, dress, make_canvas
from detente.figures.panels import Frame, Sheet
from detente.figures.theme import INK, MUTED, SMALLEST, theme
from detente.figures.typography import PAD, shorten
from detente.validation import CLASS_EDGE, ValidationResult

__all__ = ["plot_validity", "validity_caption"]

_LEFT, _RIGHT, _BOTTOM = 40.0, 8.0, 32.0
_HEIGHT, _GAP = 150.0, 16.0
#: Points above a panel, for its three lines.
_ABOVE = 33.0
#: Below this width, points, of a panel nothing can be read.
_NARROWEST = 70.0
#: Below this width, points, of the box the panels stand one below the other, so high each.
_COLUMN, _LOW = 400.0, 104.0

#: Points from the left and the bottom of the box, width and height of a panel.
_Place = tuple[float, float, float, float]


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


def _draw(result: ValidationResult, frame: Frame) -> Axes:
    sheet = frame.sheet(result.title, _subtitle(result), _note(result))
    n_dots = 1 if result.baseline_table is None else 2
    plan = _beside if sheet.width >= _COLUMN else _stacked
    names = classes_width(result.confusion)
    height, places = plan(sheet, n_dots, names)
    left, bottom, width, size = places[0]
    if min(place[2] for place in places[:n_dots]) < _NARROWEST:
        raise BadArgumentError(
            f"The Axes offers {sheet.width / 72:.1f} by {height / 72:.1f} inches, which is too "
            "small for a legible chart.",
            remedy="Pass a larger Axes, or leave ax out.",
        )
    canvas = make_canvas(
        frame.ax,
        sheet.width,
        height,
        left=left,
        right=sheet.width - left - width,
        bottom=bottom,
        inner_height=size,
        smallest=60.0,
    )
    pairs = result.pairs
    draw_codes(canvas.ax, pairs["gold"], pairs["tone"], result.by_code, "o", width)
    _name(canvas, places[0], result, baseline=False)
    if n_dots == 2 and result.baseline_by_code is not None:
        other = _panel(canvas, places[1])
        both = pairs[pairs["baseline_tone"].notna()]
        draw_codes(other, both["gold"], both["baseline_tone"], result.baseline_by_code, "s", width)
        if places[1][0] > left:
            other.set_yticklabels([])
        _name(canvas, places[1], result, baseline=True)
    draw_classes(_panel(canvas, places[-1]), result.confusion)
    x, y, width, size = places[-1]
    told = (
        wording.say("statements by '{scorer}'", scorer=result.scorer_name),
        wording.say("and share of the row"),
    )
    place = (x - names, y, width + names, size)
    _write_above(canvas, place, wording.say("Classes"), *told)
    sheet.write(canvas)
    return canvas.ax


def _beside(sheet: Sheet, n_dots: int, names: float) -> tuple[float, list[_Place]]:
    """Return the height of the box, and the places of the panels from left to right."""
    # Three lines above each panel: whose it is, and its figures.
    fixed = sheet.taken + _BOTTOM + _ABOVE
    height = fixed + _HEIGHT if sheet.height is None else sheet.height
    inner = height - fixed
    free = sheet.width - _LEFT - _RIGHT - _GAP * n_dots - names
    # The table needs less room than the dots.
    width = min(free / (n_dots + 0.8), 1.7 * inner)
    bottom = PAD + sheet.foot.height + _BOTTOM
    places = [(_LEFT + i * (width + _GAP), bottom, width, inner) for i in range(n_dots)]
    x = _LEFT + n_dots * (width + _GAP) + names
    return height, [*places, (x, bottom, min(0.8 * width, inner), inner)]


def _stacked(sheet: Sheet, n_dots: int, names: float) -> tuple[float, list[_Place]]:
    """Return the height of the box, and the places of the panels from top to bottom."""
    n = n_dots + 1
    fixed = sheet.taken + n * (_BOTTOM + _ABOVE)
    height = fixed + n * _LOW if sheet.height is None else sheet.height
    inner = (height - fixed) / n
    width = sheet.width - _LEFT - _RIGHT
    bottoms = [
        PAD + sheet.foot.height + _BOTTOM + i * (inner + _BOTTOM + _ABOVE)
        for i in reversed(range(n))
    ]
    places = [(_LEFT, bottom, width, inner) for bottom in bottoms[:-1]]
    x = PAD + names
    return height, [*places, (x, bottoms[-1], min(width, 1.8 * inner), inner)]


def _subtitle(result: ValidationResult) -> str:
    statements = wording.count(result.n, "statement")
    if result.is_in_sample:
        return wording.say_count(
            "{statements} of {n} month by code and tone; not evidence about unseen statements; "
            "{coders}",
            "{statements} of {n} months by code and tone; not evidence about unseen statements; "
            "{coders}",
            result.n_months,
            statements=statements,
            coders=result.coders,
        )
    # Said here too: a chart may be given another title.
    coders = f"{result.standing}; {result.coders}" if result.standing else result.coders
    return wording.say_count(
        "{statements} of {n} month by code and tone; {coders}",
        "{statements} of {n} months by code and tone; {coders}",
        result.n_months,
        statements=statements,
        coders=coders,
    )


def _note(result: ValidationResult) -> str:
    told = wording.say(
        "Small mark: one statement, spread sideways within its code; colour repeats height. Large "
        "mark with bar: mean tone at the code and its {interval}, no bar with too few months; the "
        "figures above have the same intervals in brackets. Dashed: tone equal to the codings. "
        "Grey: neutral, up to {edge} either way.",
        interval=result.options.words,
        edge=wording.number(CLASS_EDGE, 2),
    )
    told = f"{told} {result.basis}".strip()
    if not result.n_without_tone:
        return told
    left_out = wording.say_count(
        "{n} coded statement without tone left out.",
        "{n} coded statements without tone left out.",
        result.n_without_tone,
    )
    return f"{told} {left_out}"


def _panel(canvas: Canvas, place: _Place) -> Axes:
    """Add a panel beside or below the main one."""
    left, bottom, width, height = place
    child = canvas.ax.inset_axes(
        (
            (left - canvas.left) / canvas.inner_width,
            (bottom - canvas.bottom) / canvas.inner_height,
            width / canvas.inner_width,
            height / canvas.inner_height,
        )
    )
    dress(child)
    return child


def _name(canvas: Canvas, place: _Place, result: ValidationResult, *, baseline: bool) -> None:
    name = result.baseline_name if baseline else result.scorer_name
    _write_above(
        canvas,
        place,
        wording.say("Tone by plain VADER")
        if name == "vader"
        else wording.say("Tone by '{scorer}'", scorer=name),
        wording.say(
            "Pearson's r {estimate}", estimate=result.estimate("pearson", baseline=baseline)
        ),
        wording.say("macro-F1 {estimate}", estimate=result.estimate("macro_f1", baseline=baseline)),
    )


def _write_above(canvas: Canvas, place: _Place, name: str, *lines: str) -> None:
    """Write lines above a panel, cut to its width."""
    left, bottom, width, height = place
    y = bottom + height + 24
    text = shorten(visible(name), width, 7.5, "bold")
    canvas.write(left, y, text, fontsize=7.5, fontweight="bold", color=INK, gid="panel")
    for line in lines:
        y -= 9
        canvas.write(left, y, shorten(visible(line), width, SMALLEST), color=MUTED, gid="figures")


def validity_caption(result: ValidationResult) -> FigureCaption:
    """Return the caption of `plot_validity`.

    Parameters
    ----------
    result : ValidationResult
        What `detente.validation.validate_scorer` found.

    Returns
    -------
    FigureCaption
        Title, caption and alternative text, from the numbers of the chart.
    """
    estimate = result.estimate("pearson")
    if result.standing:
        estimate = f"{estimate}, {result.standing}"
    parts = {"scorer": result.scorer_name, "estimate": estimate}
    shown = (
        wording.say_count(
            "Dots of {n} statement by mean code and by tone of {scorer} and by plain VADER; "
            "Pearson's r {estimate}.",
            "Dots of {n} statements by mean code and by tone of {scorer} and by plain VADER; "
            "Pearson's r {estimate}.",
            result.n,
            **parts,
        )
        if result.baseline_name == "vader"
        else wording.say_count(
            "Dots of {n} statement by mean code and by tone of {scorer}; Pearson's r {estimate}.",
            "Dots of {n} statements by mean code and by tone of {scorer}; Pearson's r {estimate}.",
            result.n,
            **parts,
        )
    )
    beside = wording.say("Beside them a table of the classes cold, neutral and warm.")
    return FigureCaption(result.title, _note(result), f"{shown} {beside}")
