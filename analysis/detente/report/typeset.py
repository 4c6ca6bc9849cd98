"""Content to PDF: Typst runs in a private folder that goes away again."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime
from importlib import resources
from pathlib import Path
from typing import Any, cast

from detente import _fonts
from detente._fonts.further import further_faces, further_folder
from detente.errors import ReportError

__all__ = ["formula_svg", "typeset"]

_TEMPLATE = "report.typ"

#: The template and what it imports.
_FILES = (_TEMPLATE, "blocks.typ", "brief.typ", "formulas.typ")


def typeset(content: dict[str, Any], files: Mapping[str, bytes], *, day: date) -> tuple[bytes, int]:
    """Set the report as tagged PDF.

    Parameters
    ----------
    content : dict
        What `page_content` returns.
    files : mapping of str to bytes
        Figures and logo by the names that the content gives them.
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
        families = list(dict.fromkeys(face.family for face in further_faces()))
        told = json.dumps(content | {"fonts": [_fonts.FONT_FAMILY, *families]})
        (root / "content.json").write_text(told, encoding="utf-8")
        for name, written in files.items():
            (root / name).write_bytes(written)
        fonts = _fonts_of()
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


def formula_svg(name: str, words: Mapping[str, str]) -> bytes:
    """Draw a formula, for the web page.

    Parameters
    ----------
    name : str
        Its name in formulas.typ.
    words : mapping of str to str
        The words in it.

    Returns
    -------
    bytes
        An SVG.
    """
    import typst

    text = (
        '#import "formulas.typ": formulas\n#set page(width: auto, height: auto, margin: 2pt)\n'
        "#set text(size: 11pt)\n#show math.equation: set text("
        f'font: ("New Computer Modern Math", "{_fonts.FONT_FAMILY}"))\n'
        "#formulas(json(bytes(sys.inputs.words))).at(sys.inputs.name)"
    )
    with tempfile.TemporaryDirectory(prefix="detente-formula-") as folder:
        root = Path(folder).resolve()
        source = resources.files("detente.report").joinpath("formulas.typ").read_bytes()
        (root / "formulas.typ").write_bytes(source)
        (root / "formula.typ").write_text(text, encoding="utf-8")
        compiler = typst.Compiler(
            str(root / "formula.typ"),
            root=str(root),
            font_paths=_fonts_of(),
            sys_inputs={"name": name, "words": json.dumps(dict(words))},
        )
        return cast(bytes, compiler.compile(format="svg"))


def _fonts_of() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        # Typst's own faces are needed for the formulas.
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in (_fonts.font_folder(), further_folder()) if folder],
    )
