"""Figures to files: whole or not there, and the same bytes for the same figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from detente import wording
from detente._files import replacing
from detente.errors import BadArgumentError, did_you_mean
from detente.figures.theme import DARK, theme

__all__ = ["FORMATS", "save_figure"]

#: What `save_figure` writes, unless told otherwise.
FORMATS = ("svg", "png", "pdf")

#: No dates: two runs over the same data give the same bytes.
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None},
    "png": {},
    "pdf": {"CreationDate": None, "ModDate": None},
}


def save_figure(
    figure: Figure | Axes, stem: str | Path, formats: Sequence[str] = FORMATS
) -> list[Path]:
    """Write a figure in one or more formats.

    Parameters
    ----------
    figure : Figure or Axes
        An Axes stands for its whole figure.
    stem : str or Path
        File name without its suffix; a missing folder is made.
    formats : sequence of {"svg", "png", "pdf"}
        What to write. SVG has its text as outlines, PDF has its fonts inside, PNG has 200
        dots per inch.

    Returns
    -------
    list of Path
        The files, in the order of `formats`.

    Raises
    ------
    BadArgumentError
        For another format, or something that is no figure.
    DetenteError
        Where the folder cannot be written to; no half-written file is left.

    Notes
    -----
    The same figure gives the same bytes every time, in every process, with the same
    release of matplotlib. The figure stays open, so that a notebook can still show it.

    Examples
    --------
    >>> import tempfile
    >>> from detente.figures import new_axes
    >>> [path.name for path in save_figure(new_axes(), Path(tempfile.mkdtemp()) / "a", ["svg"])]
    ['a.svg']
    """
    whole = figure.get_figure(root=True) if isinstance(figure, Axes) else figure
    if not isinstance(whole, Figure):
        raise BadArgumentError(f"figure={figure!r} was received; a Figure or an Axes is needed.")
    formats = (formats,) if isinstance(formats, str) else tuple(formats)
    for name in formats:
        if name not in FORMATS:
            raise BadArgumentError(
                f"Unknown format {name!r}.",
                remedy=did_you_mean(name, FORMATS) or f"Use {wording.listing(FORMATS)}.",
            )
    paths = [Path(f"{stem}.{name}") for name in formats]
    # A user's own settings may have made the background of a figure that was passed in.
    background: dict[str, Any] = (
        {"facecolor": whole.get_facecolor()} if whole.get_gid() == DARK else {}
    )
    with theme():
        for name, path in zip(formats, paths, strict=True):
            lean = _fonts_without_layout() if name == "pdf" else nullcontext()
            with replacing(path) as part, lean:
                whole.savefig(part, format=name, metadata=_METADATA[name], **background)
    return paths


@contextmanager
def _fonts_without_layout() -> Iterator[None]:
    """Keep tables that set text out of the fonts inside a PDF, where all text is set already.

    Nothing reads them there, and to cut them down takes half of the time of writing a PDF.
    Matplotlib has no setting for it, so its subsetter is given other options meanwhile.
    """
    from fontTools import subset

    plain: Any = subset.Options

    class Options(plain):  # type: ignore[misc]
        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self.drop_tables: list[str] = [*self.drop_tables, "GDEF", "GPOS", "GSUB"]

    subset.Options = Options
    try:
        yield
    finally:
        subset.Options = plain
