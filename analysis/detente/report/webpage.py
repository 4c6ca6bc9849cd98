"""The report as one self-contained web page, from the same content as the PDF."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Mapping, Sequence
from html import escape
from importlib import resources
from typing import Any

from detente import wording
from detente.report.drawn import inlined
from detente.report.numbering import numbered
from detente.report.typeset import formula_svg

__all__ = ["web_page"]

#: Categories that no reader can see, save white space: told as boxed code points, as on paper.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SPACE = frozenset("\t\n\v\f\r \u00a0")
#: Cells of a column that are all shorter than this keep to one line.
_SHORT = 16
#: Rows of a table that is printed on one page.
_FEW = 12


class _Page:
    """Writes the parts of a page and counts what it boxed."""

    def __init__(self, content: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
        self.content = content
        self.words = content["words"]
        self.files = files
        self.n_boxed = 0
        self.names = numbered(content)

    def text(self, text: str) -> str:
        """Return a text that prints as it is and cannot act as markup."""
        if text.isascii() and text.isprintable():
            return escape(text)
        told = []
        for char in text:
            if char not in _SPACE and unicodedata.category(char) in _UNSEEN:
                self.n_boxed += 1
                told.append(f'<span class="box">U+{ord(char):04X}</span>')
            else:
                told.append(escape(char))
        return "".join(told)

    def plain(self, text: str) -> str:
        """Return a text for an attribute or the title of the window."""
        shown = "".join(
            f"[U+{ord(c):04X}]" if c not in _SPACE and unicodedata.category(c) in _UNSEEN else c
            for c in text
        )
        return escape(shown)

    def point(self, item: Mapping[str, str]) -> str:
        head = f"<b>{self.text(item['head'])}</b> " if item["head"] else ""
        return head + self.text(item["text"])

    def piece(self, piece: Mapping[str, Any]) -> str:
        body = self.text(piece["text"])
        if url := piece.get("url"):
            body = f'<a href="{escape(url)}">{body}</a>'
        if mark := piece.get("mark"):
            title = escape(self.words[mark])
            body = f'<span class="{mark}" title="{title}">{body}</span>'
        classes = [name for name in ("bold", "italic", "quiet", "small") if piece.get(f"is_{name}")]
        if classes:
            body = f'<span class="{" ".join(classes)}">{body}</span>'
        return f"{'<br>' if piece.get('is_new_line') else ''}{body}"

    def cell(self, cell: Any) -> str:
        if isinstance(cell, str):
            return self.text(cell)
        if "parts" in cell:
            return "".join(self.piece(piece) for piece in cell["parts"])
        body = self.text(cell["text"])
        if cell.get("is_bold"):
            body = f"<b>{body}</b>"
        if cell.get("below"):
            body += f'<br><span class="small quiet">{self.text(cell["below"])}</span>'
        return body

    def table(self, block: Mapping[str, Any]) -> str:
        sides = [
            column["align"] + " k" * (column["align"] == "l" and _is_short(block["rows"], j))
            for j, column in enumerate(block["columns"])
        ]
        ref = block["ref"]
        caption = ""
        if block["caption"]:
            # The words stay in sight where a wide table is moved sideways.
            told = f"<b>{self.names[ref]}</b> {self.text(block['caption'])}"
            caption = f"<caption><span>{told}</span></caption>"
        head = ""
        if block["groups"]:
            cells = "".join(
                f'<th scope="colgroup" colspan="{group["span"]}">{self.text(group["text"])}</th>'
                if group["text"]
                else f'<td colspan="{group["span"]}"></td>'
                for group in block["groups"]
            )
            head += f'<tr class="groups">{cells}</tr>'
        heads = "".join(
            f'<th scope="col" class="{side}">{self.text(column["head"])}</th>'
            if column["head"]
            else "<td></td>"
            for column, side in zip(block["columns"], sides, strict=True)
        )
        rows = "".join(
            self.row(row, sides, is_ruled=i in block["rules"])
            for i, row in enumerate(block["rows"])
        )
        note = f'<p class="note">{self.text(block["note"])}</p>' if block["note"] else ""
        place = f' id="{ref}"' if ref else ""
        few = " few" * (len(block["rows"]) <= _FEW)
        return (
            f'<div class="table{few}"{place} tabindex="0"><table>{caption}'
            f"<thead>{head}<tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{note}"
        )

    def row(self, row: list[Any], sides: list[str], *, is_ruled: bool) -> str:
        told, at = [], 0
        for cell in row:
            span = cell.get("span", 1) if isinstance(cell, dict) else 1
            side = sides[at] if span == 1 else "l" if at == 0 else "c"
            wide = f' colspan="{span}"' if span > 1 else ""
            # The first cell names its row, where it says anything.
            body = self.cell(cell)
            is_head = at == 0 and bool(body)
            scope = ' scope="rowgroup"' if span == len(sides) else ' scope="row"'
            tag, extra = ("th", scope) if is_head else ("td", "")
            told.append(f'<{tag}{extra} class="{side}"{wide}>{body}</{tag}>')
            at += span
        start = '<tr class="ruled">' if is_ruled else "<tr>"
        return f"{start}{''.join(told)}</tr>"

    def figure(self, block: Mapping[str, str]) -> str:
        drawing = inlined(self.files[block["file"]], block["ref"], self.plain(block["alt"]))
        below = f'<p class="note">{self.text(block["caption"])}</p>' if block["caption"] else ""
        return (
            f'<figure id="{block["ref"]}"><figcaption><b>{self.names[block["ref"]]}</b> '
            f"{self.text(block['title'])}</figcaption>"
            f'<div class="drawing" tabindex="0">{drawing}</div>{below}</figure>'
        )

    def block(self, block: Mapping[str, Any]) -> str:
        kind = block["kind"]
        if kind == "prose":
            return f"<p>{self.text(block['text'])}</p>"
        if kind == "see":
            parts = [
                f'<a href="#{part["ref"]}">{self.names[part["ref"]]}</a>'
                if isinstance(part, dict)
                else self.text(part)
                for part in block["parts"]
            ]
            return f"<p>{''.join(parts)}</p>"
        if kind == "heading":
            return f"<h3>{self.text(block['text'])}</h3>"
        if kind == "points":
            return "".join(f"<p>{self.point(item)}</p>" for item in block["items"])
        if kind == "bullets":
            items = "".join(f"<li>{self.point(item)}</li>" for item in block["items"])
            return (
                f'<ol class="works">{items}</ol>' if block["is_numbered"] else f"<ul>{items}</ul>"
            )
        if kind == "assumptions":
            if not block["items"]:
                return ""
            items = "".join(f"<li>{self.text(item)}</li>" for item in block["items"])
            head = self.text(self.words["assumptions"])
            return f'<div class="note"><h4>{head}</h4><ul>{items}</ul></div>'
        if kind == "formula":
            drawn = inlined(
                formula_svg(block["name"], block["words"]), block["name"], self.plain(block["alt"])
            )
            return f'<div class="formula">{drawn}</div>'
        return self.figure(block) if kind == "figure" else self.table(block)

    def chapter(self, chapter: Mapping[str, Any]) -> str:
        number = self.names.get(chapter["ref"], "")
        shown = f"<span>{number.split(' ')[-1]}</span> " if number else ""
        body = "\n".join(self.block(block) for block in chapter["blocks"])
        head = f"<h2>{shown}{self.text(chapter['title'])}</h2>"
        return f'<section id="{chapter["ref"]}">{head}\n{body}</section>'

    def brief(self, brief: Mapping[str, Any]) -> str:
        words = self.words
        points = "".join(
            f'<div class="point"><div><b class="number">{self.text(item["number"])}</b>'
            f'<br><span class="small quiet">{self.text(item["interval"])}</span></div>'
            f"<div>{self.text(item['text'])}<br>"
            f'<span class="small quiet">{self.text(item["rests"])}</span></div></div>'
            for item in brief["points"]
        )
        rows = "".join(
            f'<tr><th scope="row" class="l">{self.text(row["what"])}</th>'
            f'<td class="r"><b>{self.text(row["value"])}</b></td>'
            f'<td class="r">{self.text(row["interval"])}</td>'
            f'<td class="l">{self.text(row["verdict"])}</td></tr>'
            for row in brief["now"]["rows"]
        )
        now = f"<h2>{self.text(words['now'])}</h2>"
        if rows:
            interval = wording.say("{share} interval", share=brief["confidence"])
            now += (
                f'<table><thead><tr><th scope="col">{self.text(brief["now"]["month"])}</th>'
                f'<th scope="col" class="r">'
                f"{self.text(words['degrees'])}</th>"
                f'<th scope="col" class="r">{self.text(interval)}</th>'
                f'<th scope="col">{self.text(words["verdict"])}</th></tr></thead>'
                f"<tbody>{rows}</tbody></table>"
            )
        now += f'<p class="note">{self.text(brief["now"]["note"])}</p>'
        sure = "".join(
            f"<dt>{self.text(item['number'])}</dt><dd>{self.text(item['text'])}</dd>"
            for item in brief["sure"]
        )
        return (
            f'<p class="headline">{self.text(brief["headline"])}</p>'
            + (self.figure(brief["figure"]) if brief["figure"] else "")
            + f"<h2>{self.text(words['found'])}</h2>"
            f'<p class="note">{self.text(brief["unit"])}</p>{points}'
            f'<div class="two"><div>{now}</div><div class="sure">'
            f"<h2>{self.text(words['sure'])}</h2><dl>{sure}</dl></div></div>"
        )

    def logo(self) -> str:
        logo = self.content["logo"]
        if logo is None:
            return ""
        # As an image no script in it can run.
        kind = "svg+xml" if logo["file"].endswith(".svg") else "png"
        data = base64.b64encode(self.files[logo["file"]]).decode("ascii")
        source, alt = f"data:image/{kind};base64,{data}", escape(logo["alt"])
        return f'<img class="logo" src="{source}" alt="{alt}">'

    def whole(self) -> str:
        d, words = self.content, self.words
        title = self.plain(d["document"]["title"])
        css = resources.files("detente.report").joinpath("report.css").read_text("utf-8")
        notices = "".join(
            f'<p class="{"example" if item["is_example"] else "notice"}" role="note">'
            f"{self.text(item['text'])}</p>"
            for item in d["notices"]
        )
        fixed = " ".join(self.point(item) for item in d["fixed"])
        contents = "".join(
            f'<li><a href="#{chapter["ref"]}">'
            f"{self.names.get(chapter['ref'], '').split(' ')[-1]} "
            f"{self.text(chapter['title'])}</a></li>"
            for chapter in (d["reading"], *d["chapters"])
        )
        chapters = "\n".join(self.chapter(chapter) for chapter in (d["reading"], *d["chapters"]))
        brief = self.brief(d["brief"]) if d["brief"] else ""
        rest = (
            f"<nav><h2>{self.text(words['contents'])}</h2><ul>{contents}</ul></nav>\n{chapters}"
            if d["chapters"]
            else ""
        )
        return (
            f'<!DOCTYPE html>\n<html lang="{words["language"]}">\n<head>\n<meta charset="utf-8">\n'
            f"<title>{title}</title>\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'; img-src data:\">\n"
            f"<style>\n{css}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#text">{self.text(words["skip"])}</a>\n<header>{self.logo()}'
            f'<p class="brand"><b>{self.text(words["brand"])}</b> {self.text(d["subtitle"])}</p>'
            f'<h1>{self.text(d["title"])}</h1><p class="quiet">{self.text(d["period"])} · '
            f"{self.text(words['report_of'])} {self.text(d['day'])}</p>{notices}</header>\n"
            f'<main id="text">\n{brief}\n<p class="fixed">{fixed}</p>\n{rest}\n</main>\n'
            f'<footer class="quiet small">{self.text(d["period"])} · {self.text(words["footer"])}'
            "</footer>\n</body>\n</html>\n"
        )


def _is_short(rows: Sequence[Sequence[Any]], j: int) -> bool:
    """Tell whether no text of a column is longer than a verdict or a month."""
    cells = [row[j] for row in rows if j < len(row)]
    texts = [cell if isinstance(cell, str) else cell.get("text", " " * _SHORT) for cell in cells]
    return all(len(text) < _SHORT for text in texts)


def web_page(content: Mapping[str, Any], files: Mapping[str, bytes]) -> tuple[bytes, int]:
    """Write the report as one HTML file that needs no other.

    Parameters
    ----------
    content : mapping
        What `report_content` returns.
    files : mapping of str to bytes
        Figures and logo by the names that the content gives them.

    Returns
    -------
    bytes
        UTF-8; equal input gives equal bytes.
    int
        Characters that are shown as a boxed code point: those that no reader can see.

    Notes
    -----
    Texts of the data are escaped; drawings lose scripts and links to other files. The page asks
    the browser to load nothing.
    """
    page = _Page(content, files)
    text = page.whole()
    return text.encode("utf-8"), page.n_boxed
