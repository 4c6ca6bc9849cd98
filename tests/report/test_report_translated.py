"""A whole report in another language: nothing of its own stays English, no code is translated."""

from __future__ import annotations

import importlib
import re
import string
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.text import Text
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from detente import _fonts, wording
from detente.events import episodes_table
from detente.figures import finding_figures, plot_calendar, plot_index, plot_statements
from detente.figures.validity import plot_validity
from detente.index import IndexResult
from detente.inference import Findings, estimate_findings
from detente.report import SECTIONS, About, ReportFigure, write_report
from detente.report.content import report_content
from detente.report.drawings import report_figures, validity_figure
from detente.report.material import Material
from detente.statements import EXAMPLE_DATA
from detente.validation import ValidationResult, coder_agreement, validate_scorer

#: A Cyrillic letter for each Latin one, so that a Latin letter of a report is one nobody said.
CYRILLIC = str.maketrans(
    string.ascii_letters, "абцдефгхийклмнопярстужвшызАБЦДЕФГХИЙКЛМНОПЯРСТУЖВШЫЗ"
)
#: Symbols, criteria, codes of countries, columns and scorers: the same in every language.
UNSAID = {"AIC", "BIC", "DETENTE", "RUS", "SHA", "TUR", "detente", "n", "p", "r", "target"}
#: Keys of a report's content that are not printed.
HIDDEN = {"align", "file", "kind", "language", "name", "ref", "region"}
#: English words that no sentence does without, and that are none in Turkish.
FUNCTION_WORDS = re.compile(
    r"(?i)\b(?:the|of|and|is|are|was|were|with|from|for|which|that|than|this|these|by)\b"
)
#: A work in a list of references, which keeps its name.
WORK = re.compile(r"[A-Z][a-z]+, [A-Z]\.[^\[]{,60}?\(\d{4}\)\. [^.]+\. [^.]+\.")
#: Columns of tables whose values are codes.
CODES = {"verdict", "status", "quantity", "model", "weights", "rows", "direction", "grouping"}


class Transliteration:
    """A catalogue that has every sentence: English in Cyrillic letters."""

    def one(self, _context: str, text: str) -> str:
        parts = re.split(r"(\{[^}]*\})", text)
        return "".join(part if part[:1] == "{" else part.translate(CYRILLIC) for part in parts)

    def many(self, one: str, many: str, n: int) -> str:
        return self.one("", one if n == 1 else many)


@contextmanager
def strange() -> Iterator[None]:
    """Say all in a language that nobody speaks; numbers, months and countries are Russian."""
    language = importlib.import_module("detente.wording.language")
    with pytest.MonkeyPatch.context() as patch, wording.use_language("ru"):
        patch.setattr(language, "_catalogue", lambda _: Transliteration())
        yield


@pytest.fixture
def foreign(scored: pd.DataFrame) -> pd.DataFrame:
    """The small study's statements without a Latin letter of their own."""
    return scored.assign(
        id=[f"{i:03d}" for i in range(len(scored))],
        speaker=scored["speaker"].str.translate(CYRILLIC),
        role="Роль",
        topic=scored["topic"].str.translate(CYRILLIC),
        text=scored["text"].str.translate(CYRILLIC),
        outlet="Газета",
        url="",
    )


@pytest.fixture
def listed(events: pd.DataFrame) -> pd.DataFrame:
    """The events of the small study, likewise."""
    own = {name: events[name].str.translate(CYRILLIC) for name in ("label", "title")}
    return events.assign(**own, category="дипломатия", outlet="Газета", url="")


@pytest.fixture
def told(
    foreign: pd.DataFrame, index: IndexResult, listed: pd.DataFrame, once: Callable[..., Any]
) -> Findings:
    """What is found, with all that is said while it is found in strange words."""

    def make() -> Findings:
        with strange():
            return estimate_findings(foreign, index, listed, n_placebo=99)

    found: Findings = once("strange-findings", make)
    return found


def codings_of(scored: pd.DataFrame) -> pd.DataFrame:
    code = np.clip(np.round(scored["tone"] * 3), -3, 3).astype(int)
    one = pd.DataFrame({"id": scored["id"], "coder": "A", "code": code, "coder_type": "machine"})
    return pd.concat([one, one.assign(coder="B", code=code.clip(-2, 2))])


def validated(scored: pd.DataFrame) -> ValidationResult:
    # Plain VADER reads English alone, and these texts are none.
    plain = scored.assign(tone=scored["tone"] / 2)
    return validate_scorer(
        scored, codings_of(scored), scorer_name="target", baseline=plain, n_boot=60
    )


def texts(value: Any, key: str = "") -> Iterator[str]:
    """All that a tree prints."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name not in HIDDEN:
                yield from texts(item, name)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item, key)
    elif isinstance(value, str):
        yield value


def unsaid(found: Iterator[str] | list[str]) -> dict[str, str]:
    """Words in Latin letters, each with a text that has it."""
    return {
        word: text
        for text in found
        for word in re.findall(r"[A-Za-z_]+", re.sub(r"\b[0-9a-f]{64}\b|\w+\.csv", "", text))
        if word not in UNSAID
    }


def test_every_text_of_a_report_is_said(
    foreign: pd.DataFrame, index: IndexResult, listed: pd.DataFrame, told: Findings
) -> None:
    with strange():
        result = validated(foreign)
        episodes = episodes_table(listed)
        labels = dict(zip(episodes["episode"], episodes["label"], strict=True))
        named = report_figures(index, foreign, episodes, [EXAMPLE_DATA], told, labels, listed)
        named["validity"] = validity_figure(result, [EXAMPLE_DATA])
        content = report_content(
            Material(
                index=index,
                statements=foreign,
                events=listed,
                episodes=episodes,
                figures=named,
                about=About(),
                day=foreign["date"].max().date(),
                findings=told,
                validation=result,
                agreement=coder_agreement(codings_of(foreign), n_boot=60),
                chosen=frozenset(SECTIONS),
            ),
            [EXAMPLE_DATA],
        )
    assert set(SECTIONS) - {"brief", "open", "appendix"} <= {
        chapter["ref"].removeprefix("sec-") for chapter in content["chapters"]
    }
    assert len(list(texts(content))) > 1000
    # Names of works, of columns and of software stay as they are.
    for chapter in content["chapters"]:
        for block in chapter["blocks"]:
            if block["kind"] == "bullets" and block["is_numbered"]:
                block["items"] = []
            if block.get("ref") in ("tab-columns", "tab-index-columns", "tab-versions"):
                block["rows"] = [row[1:] for row in block["rows"]]
    assert unsaid(texts(content)) == {}


def test_every_text_of_a_chart_is_said(
    foreign: pd.DataFrame, index: IndexResult, listed: pd.DataFrame, told: Findings
) -> None:
    episodes = episodes_table(listed)
    labels = dict(zip(episodes["episode"], episodes["label"], strict=True))
    options: dict[str, Any] = {"notices": [EXAMPLE_DATA], "source": "Источник"}
    found = set()
    with strange():
        drawn = [
            plot_index(index, episodes=episodes, **options),
            plot_statements(foreign, index.dyad, result=index, episodes=episodes, **options),
            plot_calendar(index, **options),
            plot_validity(validated(foreign), **options),
        ]
        figures = finding_figures(index, told, labels, foreign, listed)
        drawn += [figure.draw(**options) for figure in figures.values()]
        for ax in drawn:
            assert ax.figure is not None
            ax.figure.canvas.draw()
            found |= {text.get_text() for text in ax.figure.findobj(Text) if text.get_visible()}
    pyplot.close("all")
    assert len(figures) == 10
    assert len(found) > 200
    assert unsaid(sorted(found)) == {}


def frames(value: Any, path: str = "") -> Iterator[tuple[str, pd.DataFrame]]:
    """All tables of a result."""
    if isinstance(value, pd.DataFrame):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from frames(item, f"{path}.{key}")
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from frames(getattr(value, name), f"{path}.{name}")


def test_tables_are_the_same_in_every_language(findings: Findings, told: Findings) -> None:
    english, strange_ones = dict(frames(findings)), dict(frames(told))
    assert len(english) > 15
    assert english.keys() == strange_ones.keys()
    kept = [(name, code) for name, table in english.items() for code in CODES & {*table.columns}]
    assert len(kept) > 12
    for name, code in kept:
        assert english[name][code].tolist() == strange_ones[name][code].tolist(), (name, code)


@pytest.mark.parametrize(("code", "letters"), [("tr", "ğış"), ("ru", "ьчю")])
def test_a_report_speaks_one_language(
    code: str,
    letters: str,
    foreign: pd.DataFrame,
    index: IndexResult,
    listed: pd.DataFrame,
    told: Findings,
    read_pages: Callable[..., list[str]],
    figures: list[ReportFigure],
    tmp_path: Path,
) -> None:
    drawn = [ReportFigure(each.content(), "Рисунок", "Подпись", "Рисунок") for each in figures]
    with wording.use_language(code):
        material: dict[str, Any] = {
            "index": index,
            "statements": foreign,
            "events": listed,
            "findings": told,
            "validation": validated(foreign),
            "coder_agreement": coder_agreement(codings_of(foreign), n_boot=60),
            "figures": drawn,
            "notices": [EXAMPLE_DATA],
        }
        paper = write_report(tmp_path / "report.pdf", **material)
        page = write_report(tmp_path / "report.html", **material)
    reader = PdfReader(paper.path)
    root = reader.trailer["/Root"].get_object()
    assert isinstance(root, DictionaryObject)
    assert str(root["/Lang"]).startswith(code)
    web = page.path.read_text("utf-8")
    assert re.search(rf'<html lang="{code}\b', web)
    shown = re.sub(r"(?s)<(style|script|svg)\b.*?</\1>|<[^>]+>", " ", web)
    assert reader.metadata is not None
    for text in (" ".join(read_pages(paper.path)), shown, str(reader.metadata.title)):
        own = WORK.sub("", " ".join(text.split()))
        assert [found[0] for found in FUNCTION_WORDS.finditer(own)] == []
        assert any(letter in text for letter in letters)


@pytest.mark.parametrize("code", [code for code in wording.LANGUAGES if code != "en"])
def test_the_fonts_print_every_letter_of_a_language(code: str) -> None:
    """A sign that the shipped fonts lack would stand as a boxed code point in each report."""
    language = importlib.import_module("detente.wording.language")
    told = language._catalogue(code).texts.values()
    letters = set("".join(text if isinstance(text, str) else "".join(text) for text in told))
    assert not sorted(letter for letter in letters - {"\n"} if not _fonts.covers(letter))
