"""What charts that are handed no Axes are like. All lengths are points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = [
    "COLUMN_WIDTH",
    "PAGE_WIDTH",
    "footless",
    "has_foot",
    "page_height",
    "page_width",
    "wide",
]

#: The text width of a report page, 7.2 inches.
PAGE_WIDTH = 7.2 * 72

#: A single column of a journal, 89 mm.
COLUMN_WIDTH = 89 / 25.4 * 72

_width: ContextVar[float] = ContextVar("width", default=PAGE_WIDTH)
_height: ContextVar[float | None] = ContextVar("height", default=None)
_has_foot: ContextVar[bool] = ContextVar("has_foot", default=True)


def page_width() -> float:
    """Return the width of charts that are handed no Axes.

    Returns
    -------
    float
        `PAGE_WIDTH`, or what `wide` says.
    """
    return _width.get()


def page_height() -> float | None:
    """Return how high charts should be at most that can show less.

    Returns
    -------
    float or None
        What `wide` says, or None.
    """
    return _height.get()


@contextmanager
def wide(width: float, height: float | None = None) -> Iterator[None]:
    """Draw charts that are handed no Axes in another width, as high as they need.

    Parameters
    ----------
    width : float
        Points.
    height : float, optional
        Points; a chart of many like panels shows fewer of them rather than be higher.

    Yields
    ------
    None
        Inside the block the width holds, in this thread.
    """
    tokens = _width.set(width), _height.set(height)
    try:
        yield
    finally:
        _width.reset(tokens[0])
        _height.reset(tokens[1])


def has_foot() -> bool:
    """Tell whether charts say below themselves how to read them, and carry notices and source.

    Returns
    -------
    bool
        True, except inside `footless`.
    """
    return _has_foot.get()


@contextmanager
def footless() -> Iterator[None]:
    """Draw charts for a page that says all of that itself: in captions and running heads.

    Yields
    ------
    None
        Inside the block no chart has a footer, in this thread; what is written across a chart
        of example data stays.
    """
    token = _has_foot.set(False)
    try:
        yield
    finally:
        _has_foot.reset(token)
