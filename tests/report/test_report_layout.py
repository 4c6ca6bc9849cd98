"""What stands on a page, set by the template alone."""

from __future__ import annotations

import json
from importlib import resources
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from detente.report.blocks import table

PAGE = """
#import "blocks.typ": drawing, sheet, side-margin, top-margin, bottom-margin
#set page("a4", margin: (x: side-margin, top: top-margin, bottom: bottom-margin))
#show figure.where(kind: table): set block(breakable: true)
#v({before}mm)
BEFORE
{block}

AFTER
"""


@pytest.fixture
def pages(tmp_path: Path):
    """Return a function that sets a block so far down a page, and gives each page's words."""
    for name in ("blocks.typ", "formulas.typ"):
        source = resources.files("detente.report").joinpath(name).read_bytes()
        (tmp_path / name).write_bytes(source)

    def make(block: str, before: int, **inputs: Any) -> list[list[str]]:
        text = PAGE.replace("{before}", str(before)).replace("{block}", block)
        (tmp_path / "page.typ").write_text(text)
        told = {name: json.dumps(value) for name, value in inputs.items()}
        made = typst.compile(str(tmp_path / "page.typ"), sys_inputs=told)
        return [page.extract_text().split() for page in PdfReader(BytesIO(made)).pages]

    return make


@pytest.mark.parametrize(("high", "floats"), [(150, True), (90, False)])
def test_text_goes_on_before_a_high_figure_and_not_before_a_low_one(pages, tmp_path, high, floats):
    (tmp_path / "a.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="166mm" height="{high}mm"/>'
    )
    figure = {"file": "a.svg", "alt": "A.", "title": "Shown", "caption": "So.", "ref": "fig-a"}
    first, second = pages("#drawing(json(bytes(sys.inputs.item)))", 170, item=figure)
    assert "BEFORE" in first
    assert "Shown" in second
    assert ("AFTER" in first) is floats


@pytest.mark.parametrize(("words", "breaks"), [(60, True), (30, False)])
def test_a_table_of_more_than_half_a_page_may_be_broken(pages, words, breaks):
    rows = [[f"row-{i}", "word " * words] for i in range(8)]
    block = table("tab-a", "Listed", [("No.", "l"), ("Text", "l*")], rows)
    first, second = pages("#sheet(json(bytes(sys.inputs.item)))", 170, item=block)
    assert ("row-0" in first) is breaks
    assert "row-7" in second
    # Its head is there once more.
    assert "No." in second
