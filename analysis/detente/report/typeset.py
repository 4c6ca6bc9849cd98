"""Content to PDF: Typst runs in a private folder that goes away again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import Any, cast

from detente import _fonts
from detente.errors import ReportError

__all__ = ["typeset"]

_TEMPLATE = "report.typ"

#: The template and what it imports.
_FILES = (_TEMPLATE, "blocks.typ")


def typeset(content: dict[str, Any], figures: Sequence[bytes], *, day: date) -> tuple[bytes, int]:
    """Set the report as tagged PDF.

    Parameters
    ----------
    content : dict
        What `report_content` returns.
    figures : sequence of bytes
        SVG of each figure, in the order of ``content["figures"]``, then that of the chapter
        "Validity" where there is one.
    day : datetime.date
        Day of creation in the metadata.

    Returns
    -------
    bytes
        The PDF; equal input gives equal bytes.
    int
        Number of pages.

    Raises
    ------
    ReportError
        Typst refused; the message is Typst's.

    Notes
    -----
    Texts reach the template as JSON and are printed as data, so none of them can act as
    markup. The system's fonts are not looked at.
    """
    import typst

    with tempfile.TemporaryDirectory(prefix="detente-report-") as folder:
        root = Path(folder).resolve()
        for name in _FILES:
            template = resources.files("detente.report").joinpath(name).read_bytes()
            (root / name).write_bytes(template)
        (root / "content.json").write_text(json.dumps(content), encoding="utf-8")
        chapter = content.get("validity")
        entries = [*content["figures"], *([chapter["figure"]] if chapter else [])]
        for entry, svg in zip(entries, figures, strict=True):
            (root / entry["file"]).write_bytes(svg)
        fonts = typst.Fonts(
            include_system_fonts=False,
            # Typst's own faces are needed for the formulas.
            include_embedded_fonts=True,
            font_paths=[str(_fonts.font_folder())],
        )
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
        try:
            compiler = typst.Compiler(str(root / _TEMPLATE), root=str(root), font_paths=fonts)
            pdf = compiler.compile(pdf_standards=["ua-1"], timestamp=int(moment.timestamp()))
            n_pages = json.loads(compiler.query("<n-pages>", field="value", one=True))
        except typst.TypstError as error:
            hints = "; ".join(getattr(error, "hints", None) or ())
            raise ReportError(
                f"The report cannot be typeset: {getattr(error, 'message', error)}.",
                remedy=f"Hint: {hints}." if hints else "Check the figures that were handed over.",
            ) from error
    return cast(bytes, pdf), int(n_pages)
