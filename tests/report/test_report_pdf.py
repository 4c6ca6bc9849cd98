"""The PDF as a reader's software sees it: tags, language, title, outline, equal bytes."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from detente.errors import BadArgumentError, ReportError
from detente.report import About, ReportFigure


def structure(reader: PdfReader) -> list[DictionaryObject]:
    """Return every element of the structure tree."""
    found: list[DictionaryObject] = []
    queue = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while queue:
        element = queue.pop()
        if isinstance(element, DictionaryObject):
            found.append(element)
            kids = element.get("/K", [])
            kids = kids if isinstance(kids, list) else [kids]
            queue += [kid.get_object() for kid in kids if not isinstance(kid, int)]
    return found


def tags(reader: PdfReader) -> list[str]:
    return [str(element["/S"]) for element in structure(reader) if "/S" in element]


def test_document_is_tagged_and_declares_pdf_ua(plain):
    reader = PdfReader(plain.path)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert reader.metadata is not None
    assert reader.metadata.title == (
        "Relations between Russia and Turkey, January 2014 to June 2016"
    )


def test_every_figure_and_formula_has_an_alt_text(plain):
    reader = PdfReader(plain.path)
    alts: dict[str, list[str]] = {"/Figure": [], "/Formula": []}
    for element in structure(reader):
        if element.get("/S") in ("/Figure", "/Formula"):
            assert element["/Alt"].strip()
            alts[str(element["/S"])].append(element["/Alt"])
    assert {"A line that rises.", "Marks from cold to warm."} <= set(alts["/Figure"])
    assert len(alts["/Formula"]) == 4  # month, noise, law of the index, sums of months


def test_tables_have_header_cells_and_contents_is_a_list_of_entries(plain):
    found = tags(PdfReader(plain.path))
    assert found.count("/Table") >= 8
    assert found.count("/TH") > 30
    assert "/TOC" in found
    assert "/Title" in found or "/H1" in found


def test_outline_names_the_sections_in_their_order(plain):
    reader = PdfReader(plain.path)
    top = [item.title for item in reader.outline if not isinstance(item, list)]
    wanted = (
        "How to read this report", "The course of relations", "Events", "The two sides", "Method",
        "Data, coverage and limits", "All listed events", "The index month by month",
        "Warmest and coldest statements", "Codebook", "Glossary", "How to cite",
        "Versions and digests",
    )  # fmt: skip
    places = [next(i for i, title in enumerate(top) if title.endswith(name)) for name in wanted]
    assert places == sorted(places)


def test_number_of_pages_is_told_and_the_result_is_a_path(plain):
    assert plain.n_pages == len(PdfReader(plain.path).pages)
    assert Path(plain) == plain.path


def test_equal_input_gives_equal_bytes(report, tmp_path):
    digests = {
        hashlib.sha256(report(path=tmp_path / name).path.read_bytes()).hexdigest()
        for name in ("a.pdf", "b.pdf")
    }
    assert len(digests) == 1


def test_day_of_the_report_is_printed_and_in_the_metadata(report, read):
    result = report(date=date(2024, 5, 17))
    text = read(result.path)
    assert "report of 17 May 2024" in text
    assert "data to 17 May" not in text
    metadata = PdfReader(result.path).metadata
    assert metadata is not None
    assert metadata.creation_date_raw.startswith("D:20240517")


def test_without_a_day_the_last_statement_gives_it(plain_text, scored):
    last = scored["date"].max()
    assert f"data to {last.day} June 2016" in plain_text
    assert "report of" not in plain_text
    assert f", data to {last.day} June 2016." in plain_text, "how to cite"


def test_nothing_is_left_after_a_failure_and_an_older_report_stays(report, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(b"older")
    broken = ReportFigure(b"<svg", "Broken", "", "Nothing to see.")
    with pytest.raises(ReportError, match="cannot be typeset"):
        report(figures=[broken])
    assert [found.name for found in tmp_path.iterdir()] == ["report.pdf"]
    assert path.read_bytes() == b"older"


def test_missing_figure_file_is_told(report, tmp_path):
    gone = ReportFigure(tmp_path / "gone.svg", "Gone", "", "Nothing to see.")
    with pytest.raises(ReportError, match=r"gone\.svg"):
        report(figures=[gone])


def test_figure_from_a_file_prints_as_its_bytes_do(report, figures, tmp_path):
    (tmp_path / "drawn.svg").write_bytes(figures[0].content())
    from_file = ReportFigure(
        tmp_path / "drawn.svg", figures[0].title, figures[0].caption, figures[0].alt
    )
    one = report(figures=[from_file], path=tmp_path / "a.pdf").path.read_bytes()
    other = report(figures=figures[:1], path=tmp_path / "b.pdf").path.read_bytes()
    assert one == other


@pytest.mark.parametrize("name", ["title", "alt"])
def test_figure_without_title_or_alt_text_is_refused(name):
    texts = {"title": "Index", "alt": "A line."} | {name: " "}
    with pytest.raises(BadArgumentError, match=name):
        ReportFigure(b"<svg/>", texts["title"], "", texts["alt"])


@pytest.mark.parametrize("changed", [{"limits": "one text"}, {"n_rejected": -1}, {"title": None}])
def test_about_refuses_what_it_cannot_print(changed):
    with pytest.raises(BadArgumentError, match=next(iter(changed))):
        About(**changed)


def test_statements_without_a_tone_column_are_refused(report, scored, index):
    with pytest.raises(BadArgumentError, match="'tone'"):
        report(index=index, statements=scored.drop(columns="tone"))
