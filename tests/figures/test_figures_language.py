"""Charts in other languages: every sentence is said, and months and numbers follow."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import astuple

import pandas as pd
import pytest
from matplotlib.text import Text

from detente import wording
from detente.countries import country_name
from detente.figures import figure_captions, plot_calendar, plot_index, plot_sides, plot_statements
from detente.figures.dates import month_names
from detente.figures.groups import group_words
from detente.figures.page import COLUMN_WIDTH, wide
from detente.figures.sides import sides_caption
from detente.index import monthly_index

OPEN, SHUT = "«", "»"


class Bracketed:
    """A language that puts all that is said between brackets."""

    def one(self, _context: str, text: str) -> str:
        return f"{OPEN}{text}{SHUT}"

    def many(self, one: str, many: str, n: int) -> str:
        return f"{OPEN}{one if n == 1 else many}{SHUT}"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # The package has a function of the same name as this module of its own.
    language = sys.modules["detente.wording.language"]
    monkeypatch.setattr(language, "_catalogue", lambda _code: Bracketed())
    with wording.use_language("ru"):
        yield


@pytest.fixture
def scored() -> pd.DataFrame:
    days = pd.date_range("2015-01-05", periods=30, freq="12D")
    return pd.DataFrame(
        {
            "date": days.append(days),
            "source": ["RUS"] * 30 + ["TUR"] * 30,
            "target": ["TUR"] * 30 + ["RUS"] * 30,
            "speaker": "A",
            "tone": [0.3, -0.2, 0.1, -0.4, 0.2, 0.0] * 10,
        }
    )


def unsaid(texts: list[str]) -> list[str]:
    """Texts with Latin letters outside brackets; a sentence may go on in the next line."""
    depth, found = 0, []
    for text in texts:
        rest = ""
        for letter in text:
            depth += (letter == OPEN) - (letter == SHUT)
            rest += letter if depth == 0 else ""
        if any(letter.isascii() and letter.isalpha() for letter in rest):
            found.append(text)
    assert depth == 0
    return found


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("method", ["means", "state_space"])
def test_whatever_a_chart_says_is_said(scored: pd.DataFrame, method: str) -> None:
    result = monthly_index(scored, ("RUS", "TUR"), method=method)  # type: ignore[arg-type]
    charts = [
        plot_index(result, notices=("EXAMPLE DATA",), source="№ 1"),
        plot_calendar(result),
        plot_sides(result),
        plot_statements(scored, "RUS>TUR", result=result),
    ]
    for ax in charts:
        figure = ax.get_figure(root=True)
        assert figure is not None
        texts = [text.get_text() for text in figure.findobj(Text)]
        assert len([text for text in texts if OPEN in text]) >= 4
        assert unsaid(texts) == []
    captions = [*figure_captions(result, scored=scored).values(), sides_caption(result)]
    own = [text for caption in captions for text in astuple(caption)]
    # Sentences of the result itself are those of the index.
    theirs = (result.sentence, result.sides_sentence, *result.assumptions)
    for sentence in theirs:
        own = [text.replace(sentence, "") if sentence else text for text in own]
    assert unsaid(own) == []


def test_months_on_axes_are_those_of_the_language() -> None:
    assert month_names() == month_names(1.0)
    with wording.use_language("tr"):
        assert month_names()[:2] == ("Oca", "Şub")
    with wording.use_language("ru"):
        assert month_names()[1:3] == ("февр", "март")
        # A column of a calendar has room for a letter.
        assert month_names(12.0)[:3] == ("Я", "Ф", "М")


@pytest.mark.usefixtures("said")
def test_words_of_the_study_stay_as_they_are() -> None:
    assert group_words("phone_call", "channel") == "«phone call»"
    assert group_words("black_sea", "topic") == "Black sea"
    assert group_words("A. Ivanov", "speaker") == "A. Ivanov"
    assert group_words("not stated", "topic") == "«not stated»"


@pytest.mark.parametrize("language", ["en", "ru", "tr"])
def test_no_word_beside_a_panel_is_cut_in_a_column(scored: pd.DataFrame, language: str) -> None:
    codes = {"RUS": "PHL", "TUR": "USA"}
    far = scored.replace({"source": codes, "target": codes})
    with wording.use_language(language), wide(COLUMN_WIDTH):
        result = monthly_index(far, ("PHL", "USA"), method="means")
        index, statements = plot_index(result), plot_statements(far, "PHL>USA", result=result)
        counts = " ".join(t.get_text() for t in index.texts if t.get_gid() == "counts")
        up, down = (country_name(code) for code in ("PHL", "USA"))
        assert counts == wording.say("Statements a month: {a} up, {b} down, × none", a=up, b=down)
    for ax in (index, statements):
        figure = ax.get_figure(root=True)
        assert figure is not None
        assert not [text for text in figure.findobj(Text) if "…" in text.get_text()]
