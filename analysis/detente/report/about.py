"""What a report is told about its study, and what comes back from writing one."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from detente.errors import BadArgumentError

__all__ = ["About", "ReportFigure", "ReportResult"]


@dataclass(frozen=True, kw_only=True)
class About:
    """What the report says about the study beyond its numbers; every field may stay empty.

    Parameters
    ----------
    title : str, optional
        Empty: "Relations between A and B".
    subtitle : str, optional
        A line under the title.
    scorer : str, optional
        Name and version of the scorer. Empty: the report says that it was not told.
    scorer_note : str, optional
        A sentence on the scorer, such as what it was trained on; printed with the method and
        with the validation.
    sources : tuple of str, optional
        Where the statements and events came from, an item a line.
    licence : str, optional
        Licence of the data.
    limits : tuple of str, optional
        Limits of these data, added to those that hold for every study.
    n_rejected, n_set_aside : int or None, optional
        Bad rows, and rows of another dyad, that were left out; None: not known.
    versions : mapping of str to str, optional
        Software and its versions. Empty: those that wrote the report.
    digests : mapping of str to str, optional
        Input file and its SHA-256. Empty: the digest of the scored statements.
    how_to_cite : str, optional
        Empty: made from the title and the period.
    chosen_before_tones : bool, optional
        Whether headline episodes were chosen, and the direction expected of each judged, before
        any tone was known. None: not known.
    rows_found : bool, optional
        Whether the statements were found by searching, not drawn from a list of all. False: how
        they were chosen is not known.

    Raises
    ------
    BadArgumentError
        A text is not a str, or a count is negative.

    Examples
    --------
    >>> About(title="Russia and Turkey", n_rejected=2).n_rejected
    2
    """

    title: str = ""
    subtitle: str = ""
    scorer: str = ""
    scorer_note: str = ""
    sources: tuple[str, ...] = ()
    licence: str = ""
    limits: tuple[str, ...] = ()
    n_rejected: int | None = None
    n_set_aside: int | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    how_to_cite: str = ""
    chosen_before_tones: bool | None = None
    rows_found: bool = False

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name in ("sources", "limits"):
                # A single str would print one letter a line.
                is_good = not isinstance(value, str) and all(isinstance(x, str) for x in value)
            elif each.name in ("n_rejected", "n_set_aside"):
                is_good = value is None or value >= 0
            elif each.name in ("versions", "digests"):
                is_good = isinstance(value, Mapping)
            elif each.name in ("chosen_before_tones", "rows_found"):
                is_good = isinstance(value, bool) or (value is None and each.default is None)
            else:
                is_good = isinstance(value, str)
            if not is_good:
                raise BadArgumentError(
                    f"About({each.name}={value!r}) was received.",
                    remedy=f"{each.name} is {each.type}.",
                )


@dataclass(frozen=True)
class ReportFigure:
    """A figure of the report.

    Parameters
    ----------
    svg : Path, bytes or callable
        An SVG file, its content, or what draws it: called where the figure is printed.
    title : str
        Printed over the figure and in the list of figures.
    caption : str
        Printed below the figure: how to read it.
    alt : str
        What the figure shows, for a reader who does not see it. Never empty.

    Raises
    ------
    BadArgumentError
        Title or alt text is empty.

    Examples
    --------
    >>> ReportFigure(b"<svg/>", "Index", "Read from left to right.", "A line.").title
    'Index'
    """

    svg: Path | bytes | Callable[[], bytes]
    title: str
    caption: str
    alt: str

    def __post_init__(self) -> None:
        for name in ("title", "alt"):
            if not getattr(self, name).strip():
                raise BadArgumentError(
                    f"A figure with an empty {name} was received.",
                    remedy="A reader who cannot see the figure needs it: say what it shows.",
                )

    def content(self) -> bytes:
        """Return the bytes of the SVG."""
        if isinstance(self.svg, bytes):
            return self.svg
        return self.svg() if callable(self.svg) else Path(self.svg).read_bytes()


@dataclass(frozen=True)
class ReportResult(os.PathLike[str]):
    """A report that was written; usable wherever a path is.

    Parameters
    ----------
    path : Path
        The PDF.
    n_pages : int
        Its pages.
    n_boxed : int
        Characters without a glyph in the shipped fonts, printed as a box with U+XXXX.

    Examples
    --------
    >>> import os
    >>> os.fspath(ReportResult(Path("report.pdf"), 21, 0))
    'report.pdf'
    """

    path: Path
    n_pages: int
    n_boxed: int

    def __fspath__(self) -> str:
        return os.fspath(self.path)
