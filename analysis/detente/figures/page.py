"""What charts that are handed no Axes are like. All lengths are points (1/72 inch)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

__all__ = ["COLUMN_WIDTH", "PAGE_WIDTH", "footless", "has_foot", "page_width", "wide"]

#: The text width of a report page, 7.2 inches.
PAGE_WIDTH = 7.2 * 72

#: A single column of a journal, 89 mm.
COLUMN_WIDTH = 89 / 25.4 * 72

_width: ContextVar[float] = ContextVar("width", default=PAGE_WIDTH)
_has_foot: ContextVar[bool] = ContextVar("has_foot", default=True)


def page_width() -> float:
    """Return the width of charts that are handed no Axes.

    Returns
    -------
    float
        `PAGE_WIDTH`, or what `wide` says.
    """
    return _width.get()


@contextmanager
def wide(width: float) -> Iterator[None]:
    """Draw charts that are handed no Axes in another width, as high as they need.

    Parameters
    ----------
    width : float
        Points.

    Yields
    ------
    None
        Inside the block the width holds, in this thread.
    """
    token = _width.set(width)
    try:
        yield
    finally:
        _width.reset(token)


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
