"""The web page: one file, the same texts as the PDF, safe whatever the texts are."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from detente.errors import BadArgumentError, ReportError
from detente.report import About, ReportFigure, write_report
from detente.report.drawn import inlined


class Seen(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "img", "link"):
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open and "svg" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def page(report, findings, tmp_path):
    return report(path=tmp_path / "report.html", findings=findings).path.read_text("utf-8")


def test_page_has_the_texts_of_the_pdf_and_needs_no_other_file(page, whole, findings):
    seen = Seen(page)
    assert seen.open == []
    pdf = whole
    text = seen.text.replace("’", "'")
    for part in ("How sure are we?", "Where things stand", "What it measures."):
        assert part in text
        assert part in pdf
    for name in ("episodes", "moves", "regimes", "lead_lag", "forecast"):
        sentence = getattr(findings, name).sentence
        assert sentence in text
        assert sentence in pdf
    names = [tag for tag, _ in seen.tags]
    assert not {"script", "link", "iframe", "object"} & set(names)
    for tag, given in seen.tags:
        for key in ("src", "href", "xlink:href"):
            value = given.get(key) or ""
            is_link = tag == "a" and value.startswith("https://example.org/")
            assert not value or value.startswith(("#", "data:image/")) or is_link
    assert re.search(r"url\((?!#)", page.split("</style>", 1)[1]) is None
    head = dict(next(given for tag, given in seen.tags if tag == "html"))
    assert head["lang"] == "en"


@pytest.mark.parametrize("name", ["r.docx", "r.pdf.zip"])
def test_a_name_of_another_format_is_refused(name, tmp_path, index, scored):
    with pytest.raises(BadArgumentError, match=f"cannot be written as .*{name}") as error:
        write_report(tmp_path / name, index=index, statements=scored)
    assert "end with .pdf or .html" in error.value.remedy
    assert not list(tmp_path.iterdir())


def test_tables_have_captions_and_scopes_and_figures_alt_texts(page):
    seen = Seen(page)
    names = [tag for tag, _ in seen.tags]
    assert names.count("caption") > 15
    scopes = [given.get("scope") for tag, given in seen.tags if tag == "th"]
    assert None not in scopes
    assert {"col", "row", "colgroup", "rowgroup"} <= set(scopes)
    drawings = [given for tag, given in seen.tags if tag == "svg"]
    assert len(drawings) == 2 + 5  # two figures, five formulas
    assert all(given["role"] == "img" and given["aria-label"] for given in drawings)
    ids = [given["id"] for _, given in seen.tags if "id" in given]
    assert len(ids) == len(set(ids))
    links = [given["href"] for tag, given in seen.tags if tag == "a"]
    assert {link[1:] for link in links if link[0] == "#"} <= set(ids)


def test_numbers_of_tables_and_figures_are_those_of_the_pdf(page, told):
    text, pdf = Seen(page).text, " ".join(told).replace("'", "’")
    named = re.findall(r"<caption><span><b>(Table \d+)</b> ([^<]+)</span></caption>", page)
    for number, caption in named:
        assert f"{number} {unescape(caption)}".replace("'", "’") in pdf
    assert "Figure 1 Index of both sides" in text


def test_hostile_texts_are_words_and_nothing_else(report, scored, tmp_path):
    hostile = "<script>alert(1)</script> <b onclick=x> &amp; #a $b$ \"q\" 'r' </td></table>"
    hidden = "left \N{RIGHT-TO-LEFT OVERRIDE}right \0"
    scored = scored.assign(speaker=hostile, role=hostile, topic=hostile, outlet=hostile)
    scored.loc[0, ["tone", "text"]] = [1.0, hostile]
    scored.loc[1, ["tone", "text"]] = [1.0, hidden]
    about = About(title=hostile, subtitle=hostile, limits=(hostile, "\ud83d"), how_to_cite=hostile)
    result = report(statements=scored, about=about, path=tmp_path / "a.html", notices=(hostile,))
    page = result.path.read_text("utf-8")
    seen = Seen(page)
    assert plain(hostile) in seen.text
    assert not [tag for tag, given in seen.tags if tag == "script" or "onclick" in given]
    assert seen.open == []
    for point in ("U+202E", "U+0000", "U+D83D"):
        assert f'<span class="box">{point}</span>' in page
    assert result.n_boxed >= 3


def test_dangerous_addresses_are_not_linked(report, scored, events, tmp_path):
    scored["url"] = "javascript:alert(1)"
    page = report(statements=scored, events=None, path=tmp_path / "a.html").path
    links = [given["href"] for tag, given in Seen(page.read_text("utf-8")).tags if tag == "a"]
    assert all(link.startswith("#") for link in links)


def test_a_drawing_loses_what_acts_and_what_leads_outside():
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        b'onload="a()" viewBox="0 0 1 1"><style>@import url(http://x); .a{fill:url(#g)}</style>'
        b'<script>a()</script><g id="g" onclick="b()" clip-path="url(#c)"/>'
        b'<use xlink:href="#g"/><image href="http://x/y.png"/><a href="javascript:c()"/>'
        b'<rect fill="url(http://x)"/><foreignObject/></svg>'
    )
    found = inlined(drawing, "fig-a", "Alt.")
    for gone in ("script", "onload", "onclick", "http", "javascript", "foreignObject", "@import"):
        assert gone not in found
    for kept in ('id="fig-a-g"', 'href="#fig-a-g"', "url(#fig-a-c)", "url(#fig-a-g)"):
        assert kept in found


@pytest.mark.parametrize("svg", [b"<svg", b'<!DOCTYPE a [<!ENTITY b "c">]><svg/>'])
def test_a_broken_drawing_is_told(report, tmp_path, svg):
    with pytest.raises(ReportError, match="no well-formed SVG"):
        report(path=tmp_path / "a.html", figures=[ReportFigure(svg, "Broken", "", "Nothing.")])
    assert list(tmp_path.iterdir()) == []


def test_equal_input_gives_equal_bytes_and_format_wins_over_the_name(report, tmp_path):
    first = report(path=tmp_path / "a.html").path.read_bytes()
    second = report(path=tmp_path / "b.out", format="html").path.read_bytes()
    assert first == second
    with pytest.raises(BadArgumentError, match="format 'htm'"):
        report(format="htm")


def test_wide_figures_and_tables_can_be_moved_and_short_verdicts_keep_to_one_line(page):
    seen = Seen(page)
    movable = [
        given["class"].split()[0] for tag, given in seen.tags if given.get("tabindex") == "0"
    ]
    assert set(movable) == {"table", "drawing"}
    assert movable.count("drawing") == [tag for tag, _ in seen.tags].count("figure")
    verdicts = re.findall(r'<td class="([^"]*)">cannot tell</td>', page)
    assert "l k" in verdicts
    assert re.search(r'<td class="l k">[^<]{16,}</td>', page) is None
    # On paper nothing can be moved: what a screen would hide is shown.
    style = page.split("</style>", 1)[0].split("@media print", 1)[1]
    assert ".table, .drawing { overflow: visible; }" in style
