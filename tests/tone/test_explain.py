"""What a reader is shown of one tone."""

from __future__ import annotations

import json
import math
import re
from datetime import date, datetime
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.errors import BadArgumentError
from detente.statements import read_statements
from detente.study import load_study
from detente.tone import Explanation, explain, score_statements
from detente.tone.digest import LEAST, digest
from detente.tone.excerpt import LONGEST, excerpt

COLD = "Lavrov called the decision of Turkey unacceptable and a stab in the back."
COLUMNS = ["start", "end", "expression", "entry", "valence", "factor", "contribution", "link"]


class Reader(HTMLParser):
    """Collect the text of the first paragraph, its marks, and check that tags nest."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.n_paragraphs = 0
        self.text = ""
        self.marks: list[str] = []
        self.styles: list[str] = []
        self.signs: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.add(tag)
        self.n_paragraphs += tag == "p"
        if tag == "mark":
            self.marks.append("")
            self.styles.append(dict(attrs)["style"])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.n_paragraphs != 1:
            return
        if "sup" in self.open:
            self.signs.append(data)
            return
        self.text += data
        if "mark" in self.open:
            self.marks[-1] += data


class Made:
    """A scorer whose trace is given."""

    name = "made"
    parameters = {}  # noqa: RUF012

    def __init__(self, *parts: tuple[int, int, float]) -> None:
        self.parts = parts

    def score(self, texts, targets, sources=None):  # noqa: ARG002 -- as the protocol
        raise AssertionError("not to be asked")

    def trace_batch(self, texts, targets, sources=None):  # noqa: ARG002 -- as the protocol
        class Part:
            notes = ("negated by 'not'", "boosted by 'very'")

            def __init__(self, start, end, given):
                self.start, self.end, self.entry, self.link = start, end, "entry", "target"
                self.valence, self.factor = given, 1.0

        class Trace:
            parts = [Part(*part) for part in self.parts]  # noqa: RUF012
            unclipped = math.fsum(part.valence for part in parts)
            tone = min(1.0, max(-1.0, unclipped))
            flags = ()

        return [Trace] * len(texts)


def test_tone_is_that_of_score_statements() -> None:
    for on in [
        "2015-11-24",
        date(2015, 11, 24),
        pd.Timestamp("2015-11-24"),
        datetime(2015, 11, 24),
    ]:
        explanation = explain(COLD, "RUS", "TUR", on=on)
        frame = pd.DataFrame(
            {"date": ["2015-11-24"], "source": "RUS", "target": "TUR", "text": COLD}
        )
        scored = score_statements(frame, "target")
        assert explanation.tone == scored["tone"].iloc[0] < -0.25
        trace = json.loads(scored["trace"].iloc[0])
        assert [part["entry"] for part in trace] == explanation.parts["entry"].tolist()


def test_parts_are_a_table_that_adds_up() -> None:
    explanation = explain(COLD)
    parts = explanation.parts
    assert list(parts.columns) == [*COLUMNS, "notes"]
    assert "stab in the back" in parts["expression"].tolist()
    assert parts["start"].is_monotonic_increasing
    assert (parts["contribution"] == parts["valence"] * parts["factor"]).all()
    assert math.fsum(parts["contribution"]) == pytest.approx(explanation.unclipped, abs=1e-12)
    assert explanation.is_traced
    assert explanation.flags == ()


def test_source_and_target_change_places() -> None:
    text = "Turkey is a reliable friend of ours, the Kremlin said, and condemned Japan."
    about_turkey = explain(text, "RUS", "TUR").tone
    about_japan = explain(text, "RUS", "JPN").tone
    assert about_turkey > about_japan


def test_leaders_count_in_their_terms() -> None:
    text = "Davutoglu is a reliable friend."
    assert "implicit_target" not in explain(text, on="2015-01-01").flags
    assert "implicit_target" in explain(text, on="2021-01-01").flags
    assert "implicit_target" not in explain(text).flags


def test_names_instead_of_codes_and_aliases() -> None:
    text = "The Bosphorus is a reliable friend."
    assert explain(text).flags == ("implicit_target",)
    assert explain(text, aliases={"TUR": ["Bosphorus"]}).flags == ()
    named = explain(text, (), ["Bosphorus", "the straits"])
    assert named.flags == ()
    assert "toward Bosphorus" in named.sentence
    nobody = explain(text, (), ())
    assert nobody.flags == ("implicit_target",)
    assert "toward an unnamed party" in nobody.sentence


def test_sentence_says_what_the_table_says() -> None:
    sentence = explain("Putin met the band.", scorer=Made((0, 5, 0.25), (6, 9, -0.75))).sentence
    assert sentence == (
        "Tone −0.50 toward Turkey (cold), from 2 expressions, the strongest “met” (−0.75)."
    )
    one = explain("Putin met the band.", scorer=Made((6, 9, 0.2))).sentence
    assert one == "Tone +0.20 toward Turkey (neutral), from 1 expression: “met”."
    clipped = explain("Putin met the band.", scorer=Made((0, 5, 0.9), (6, 9, 0.6)))
    assert clipped.tone == 1
    assert "the parts add up to +1.50, which is clipped." in clipped.sentence
    assert "+0.90 +0.60 = +1.50, clipped to +1.00" in clipped.text()


@pytest.mark.parametrize(
    ("text", "flag", "said"),
    [
        ("", "empty", "No tone toward Turkey: no text, or white space only."),
        ("24-11 !", "no_letters", "no letter of any script"),
        ("😀", "no_letters", "no letter of any script"),
        ("Rusya bizim komşumuz ve dostumuzdur, bunu iyi biliyoruz.", "not_english", "language"),
    ],
)
@pytest.mark.parametrize("scorer", ["target", "vader"])
def test_what_has_no_tone_says_why(text: str, flag: str, said: str, scorer: str) -> None:
    explanation = explain(text, scorer=scorer)
    assert math.isnan(explanation.tone)
    assert explanation.flags == (flag,)
    assert len(explanation.parts) == 0
    assert list(explanation.parts.columns) == [*COLUMNS, "notes"]
    assert said.replace(" toward Turkey", "" if scorer == "vader" else " toward Turkey") in (
        explanation.sentence
    )
    assert explanation.sentence in explanation.text()
    assert explanation.to_dict()["tone"] is None


def test_nothing_found_and_nobody_named_are_both_said() -> None:
    explanation = explain("He will travel to the coast on Monday.")
    assert explanation.flags == ("implicit_target", "no_evaluative_words")
    assert explanation.tone == 0
    assert "The target is not named" in explanation.sentence
    assert "no word that weighs" in explanation.sentence


def test_vader_shows_no_parts_and_says_so() -> None:
    explanation = explain("They are good friends.", scorer="vader")
    assert explanation.tone > 0.25
    assert not explanation.is_traced
    assert "toward" not in explanation.sentence
    assert "shows no parts" in explanation.sentence
    assert "vader" in explanation.sentence


def test_html_marks_with_colour_sign_and_line() -> None:
    text = 'Putin <b>met</b> & "thanked" the band.'
    explanation = explain(text, scorer=Made((9, 12, -0.5), (20, 27, 0.25)))
    html = explanation._repr_html_()
    reader = Reader(html)
    assert reader.text == text
    assert "b" not in reader.tags
    assert "script" not in reader.tags
    assert reader.marks == ["met", "thanked"]
    assert reader.signs == ["−0.50", "+0.25"]
    assert "dashed" in reader.styles[0]
    assert "solid" in reader.styles[1]
    assert "negated by &#x27;not&#x27;; boosted by &#x27;very&#x27;" in html
    assert "−0.50 +0.25 = −0.25" in html


def test_notes_of_a_turned_part_are_never_empty() -> None:
    turned = explain("Putin said that Turkey is not a friend.").parts
    row = turned[turned["factor"] < 0]
    assert len(row) == 1
    assert "<td></td></tr>" not in explain("Turkey is not a friend.")._repr_html_()


def test_hostile_text_stays_text() -> None:
    text = (
        "<script>alert('x')</script> He is a good friend </p><img src=x onerror=alert(1)> \x1b[31m"
    )
    explanation = explain(text)
    assert Reader(explanation._repr_html_()).tags <= {
        *("div", "p", "mark", "sup", "strong", "table", "thead", "tbody", "tr", "th", "td"),
        *("details", "summary"),
    }
    assert "\x1b" not in explanation.text()
    hidden = explain("Good \ud800 friends, he said.")
    hidden._repr_html_().encode("utf-8")
    hidden.text().encode("utf-8")
    json.dumps(hidden.to_dict())


def test_plain_text_brackets_each_expression() -> None:
    explanation = explain("Putin met the band.", scorer=Made((0, 5, 0.25), (6, 9, -0.75)))
    lines = explanation.text().splitlines()
    assert lines[0] == "[Putin +0.25] [met −0.75] the band."
    assert str(explanation) == explanation.text()
    assert lines[-1].endswith("+0.25 −0.75 = −0.50")


def test_parts_without_a_place_are_in_the_table_alone() -> None:
    explanation = explain("Putin met the band.", scorer=Made((0, 0, 0.1), (6, 9, 0.2)))
    assert "(the whole text)" in explanation.text()
    assert Reader(explanation._repr_html_()).marks == ["met"]


MANY = [(0, 5, 0.3), *((i, i + 1, 0.004) for i in range(6, 18)), (0, 0, -0.1)]
WORDS = "Putin met the band of brothers."


def rows_of(shown: str) -> list[str]:
    """Return the lines of the table below its head."""
    lines = shown.splitlines()
    first = next(i for i, line in enumerate(lines) if line.startswith("Expression"))
    return lines[first + 1 : lines.index("", first)]


def test_parts_that_hardly_weigh_are_one_sum() -> None:
    explanation = explain(WORDS, scorer=Made(*MANY))
    assert len(explanation.parts) == 14
    shown = explanation.text()
    # Two weigh; of the other twelve none prints as more than 0.00, and together they give 0.048.
    rows = rows_of(shown)
    assert [row.split()[-2:] for row in rows if "smaller parts" in row] == [["+0.05", "together"]]
    assert "(12 smaller parts)" in shown
    assert shown.endswith("Added up: −0.10 +0.30 +0.05 = +0.25")
    assert shown.count("[") == 1
    assert len(explanation.to_dict()["parts"]) == 14


def test_all_parts_are_shown_where_asked_for() -> None:
    explanation = explain(WORDS, scorer=Made(*MANY))
    shown = explanation.text(is_full=True)
    assert len(rows_of(shown)) == 14
    assert "0.00 0.00 0.00 …" in shown
    assert "smaller parts" not in shown
    assert shown.count("[") == 13
    html = explanation._repr_html_()
    short, _, folded = html.partition("<details>")
    assert short.count("<tr>") == 1 + 2 + 1
    assert folded.count("<tr>") == 1 + 14
    assert "All 14 parts" in folded


def test_one_faint_part_is_shown_as_it_is() -> None:
    shown = explain(WORDS, scorer=Made(*[(0, 5, 0.2)] * 5, (6, 9, 0.01))).text()
    assert "smaller parts" not in shown
    assert "[met +0.01]" in shown


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_keeps_to_the_width(width: int) -> None:
    text = "He denied that Turkey would never be a truly trusted friend, though it was hostile."
    for scorer in ("target", "calibrated"):
        explanation = explain(text, scorer=scorer)
        rows = rows_of(explanation.text(width=width))
        assert max(map(len, rows)) <= width
        told = " ".join(" ".join(rows).split())
        assert "denied by 'denied that'" in told
        # What was learned is no entry of the lexicon, and its stems are no words.
        assert "ngram" not in told


def test_shown_parts_and_their_rest_give_the_tone() -> None:
    explanation = explain(COLD, scorer="calibrated")
    shown = digest(explanation.parts)
    assert 0 < shown.n_summed < len(explanation.parts)
    total = math.fsum([*shown.parts["contribution"], shown.rest])
    assert total == pytest.approx(explanation.unclipped, abs=1e-12)
    rest = explanation.parts.drop(shown.parts.index)
    assert (rest["contribution"].abs() < LEAST).all()
    assert f"({shown.n_summed} smaller parts)" in explanation.text()


def test_the_scale_is_named_beside_every_tone() -> None:
    for scorer in ("target", "calibrated", "vader"):
        told = explain(COLD, scorer=scorer)
        assert "cold below −0.25, warm above +0.25" in told.text()
        assert "cold below −0.25, warm above +0.25" in told._repr_html_()
    assert "Scale" not in explain("24.11 !!").text()


TEXT = "Putin met the band of brothers."
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.floats(-1, 1))


@settings(max_examples=60, deadline=None)
@given(st.lists(SPANS.map(lambda s: (min(s[:2]), max(s[:2]), s[2])), max_size=6))
def test_overlapping_parts_never_change_the_text(parts: list[tuple[int, int, float]]) -> None:
    explanation = explain(TEXT, scorer=Made(*parts))
    reader = Reader(explanation._repr_html_())
    assert reader.text == TEXT
    placed = [part for part in parts if part[0] < part[1]]
    shown = digest(explanation.parts).parts
    assert sum(len(sign.split()) for sign in reader.signs) == (shown["start"] < shown["end"]).sum()
    full = explanation.text(is_full=True).splitlines()[0]
    assert len(re.findall(r"[+−]?\d\.\d\d", full)) == len(placed)
    assert explanation.text().count("[") == explanation.text().count("]")


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=60).map(lambda t: f"A friend {t}"))
def test_any_text_can_be_shown(text: str) -> None:
    explanation = explain(text)
    assert Reader(explanation._repr_html_()).n_paragraphs >= 2
    explanation.text().encode("utf-8")
    json.dumps(explanation.to_dict(), allow_nan=False)


def test_long_text_is_shown() -> None:
    explanation = explain("The decision of Turkey is unacceptable. " * 2500)
    assert len(explanation.parts) == 2500
    assert "(2,495 smaller parts)" in explanation.text()
    assert explanation.text(is_full=True).count("[unacceptable") == 2500
    html = explanation._repr_html_()
    assert html.count("<tr>") == (1 + 5 + 1) + (1 + 2500)
    assert "Shown are " in html
    assert f"of {len(explanation.statement):,} characters" in html
    whole = re.search(r"The whole text</summary><p[^>]*>(.*?)</p>", html)[1]
    assert re.sub(r"<sup>.*?</sup>|<[^>]*>", "", whole) == explanation.statement


FILLING = "Delegates attended the opening of the new hall. "
LONG = FILLING * 700 + "He condemned Turkey's blatant aggression. " + FILLING * 900


@pytest.mark.parametrize("scorer", ["target", "calibrated"])
def test_of_a_long_text_the_sentences_that_carry_it_are_shown(scorer: str) -> None:
    explanation = explain(LONG, scorer=scorer)
    told = explanation.text()
    assert len(told) < 4000
    assert "condemned" in told
    assert "aggression" in told
    # With what stands beside it, and how much is left out before and behind.
    assert re.search(FILLING + r"\[?He", told)
    assert re.findall(r"^\(… ([\d,]+) characters …\)$", told, re.MULTILINE)
    assert f" of {len(LONG):,} characters, those around the strongest expressions; " in told
    n_left_out = re.search(r"([\d,]+) of 1,601 sentences are left out", told)[1]
    assert 1580 < int(n_left_out.replace(",", "")) < 1600
    assert told.count("All of it: text(is_full=True).") == 1
    assert "--all" not in told
    every = explanation.text(is_full=True)
    assert "left out" not in every
    assert every.count("Delegates") >= 1600
    assert Reader(explanation._repr_html_()).n_paragraphs > 3


def test_no_word_of_a_long_text_is_cut() -> None:
    for between in (" ", "\n", "\t"):
        filling = between.join(["delegates", "assembled"] * 300)
        text = between.join([filling, "condemned Turkey's aggression", filling])
        told = explain(text).text().partition("Shown are")[0]
        words = set(re.findall(r"[a-z]+", told)) - {"characters"}
        assert words == {"delegates", "assembled", "condemned", "urkey", "s", "aggression"}


@pytest.mark.parametrize(
    ("tone", "told"),
    [
        (0.2504, "+0.2504 toward Turkey (warm)"),
        (0.254, "+0.254 toward Turkey (warm)"),
        (-0.2512, "−0.251 toward Turkey (cold)"),
        (0.2496, "+0.25 toward Turkey (neutral)"),
        (0.26, "+0.26 toward Turkey (warm)"),
    ],
)
def test_a_tone_is_told_on_its_side_of_the_bounds(tone: float, told: str) -> None:
    assert f"Tone {told}" in explain("Putin met the band.", scorer=Made((6, 9, tone))).sentence


def test_words_of_a_model_are_not_called_expressions() -> None:
    sentence = explain(COLD, scorer="calibrated").sentence
    assert re.search(r", from [0-9]+ words and word groups, the strongest", sentence), sentence


def test_a_name_in_a_later_clause_is_not_called_earlier() -> None:
    told = explain("Serbia demanded that Pristina leave.", "SRB", "XKX").text()
    assert "the target, named in another clause" in told


def test_an_ender_that_ends_nothing_has_no_note() -> None:
    parts = explain("The views of the ministers were shared in Kosovo.", "SRB", "XKX").parts
    assert not parts["notes"].str.contains("end").any()
    ended = explain("The ban on maize from Uganda had been lifted.", "KEN", "UGA").parts
    assert ended["notes"].str.contains("counts by what it puts an end to").any()


def test_a_long_text_without_expressions_or_stops_is_cut() -> None:
    told = explain(FILLING * 100, scorer="vader").text()
    assert "characters, its first" in told
    assert len(told) < 2500
    words = "word " * 5000
    endless = explain(f"{words}they condemned Turkey {words}").text()
    assert len(endless) < 2500
    assert "[condemned" in endless
    assert "left out" not in endless
    short = explain(FILLING * 10).text()
    assert "Shown are" not in short


def test_a_statement_that_was_learned_from_is_told_as_such() -> None:
    study = load_study("japan-korea")
    row = read_statements(study.path("statements")).iloc[0]
    found = explain(row["text"], row["source"], row["target"], on=row["date"], scorer="calibrated")
    assert found.is_out_of_fold
    for told in (found.text(), found._repr_html_()):
        assert "learned from this statement, so its tone comes from a model that never saw" in told
    assert "learned from: difference between the model" in " ".join(found.text().split())
    other = explain(COLD, scorer="calibrated")
    assert not other.is_out_of_fold
    assert "learned from this statement" not in other.text()


def test_nothing_is_printed_of_a_text_of_white_space() -> None:
    assert explain("  \n").text() == "No tone toward Turkey: no text, or white space only."


def test_parts_in_a_long_text_of_white_space_are_no_fault() -> None:
    parts = pd.DataFrame({"start": [0, 9], "end": [1, 12], "contribution": [0.5, 0.1]})
    for text in (" " * 3000, "\n\t " * 1000):
        found = excerpt(text, parts)
        assert found.spans == ((0, LONGEST // 2),)
        assert not found.has_places
        assert found.n_sentences == found.n_left_out == 0
        assert found.sentence.startswith("Shown are 1,000 of 3,000 characters")


def test_explanation_cannot_be_changed() -> None:
    explanation = explain(COLD)
    assert isinstance(explanation, Explanation)
    with pytest.raises(AttributeError):
        explanation.tone = 1.0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"text": None}, "not a text"),
        ({"text": b"good"}, "not a text"),
        ({"source": "RU"}, "RU"),
        ({"target": "turkey"}, "Did you mean 'TUR'"),
        ({"target": "Freedonia"}, "Freedonia"),
        ({"target": ["Turkey", " "]}, "blank"),
        ({"target": ["Turkey", 5]}, "no text"),
        ({"on": "yesterday or so"}, "not a day"),
        ({"on": 20151124}, "not a day"),
        ({"source": "TUR", "target": "TUR"}, "the same"),
        ({"scorer": "tarket"}, "Did you mean 'target'"),
    ],
)
def test_bad_argument_is_told(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(BadArgumentError, match=message):
        explain(**{"text": COLD, **arguments})
