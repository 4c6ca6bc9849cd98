"""Questions without an answer stand together; who asks for a chapter gets it whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from detente.index import monthly_index
from detente.inference import estimate_findings
from detente.report import SECTIONS
from detente.report.quotes import moved_blocks
from detente.report.sample import extremes

TITLE = "What could not be told"
#: A heading or title of the chapter of each part that found no answer, as it is printed there.
TITLES = (
    "Breaks in the level", "Regimes beside models", "What one side adds", "The next months, deg",
)  # fmt: skip


@pytest.fixture(scope="module")
def few():
    """Sixty statements in fifteen months of both sides, all around one level."""
    random = np.random.default_rng(3)
    months = pd.date_range("2020-01-01", periods=15, freq="MS", unit="us")
    days = [month + pd.Timedelta(days=9 * k + 1) for month in months for k in range(2)]
    parts = [
        pd.DataFrame(
            {
                "date": days,
                "source": source,
                "target": target,
                "speaker": f"Speaker {source}",
                "text": [f"Remark {i} of {source}." for i in range(30)],
                "tone": random.normal(0.2, 0.25, 30).clip(-1, 1),
                "tone_flag": "",
            }
        )
        for source, target in (("RUS", "TUR"), ("TUR", "RUS"))
    ]
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="module")
def few_found(few, once):
    def make():
        index = monthly_index(few)
        return index, estimate_findings(few, index, pd.DataFrame({"headline": []}), n_placebo=0)

    return once("few found", make)


@pytest.fixture
def written(report, few, few_found):
    index, found = few_found

    def write(name="report.pdf", **changed):
        given = {"statements": few, "index": index, "findings": found, "events": None}
        return report(figures=None, **(given | changed)).path

    return write


def test_a_small_study_gathers_what_found_no_answer(written, read, few_found):
    index, found = few_found
    assert index.method == "state_space"
    text = read(written())
    assert text.count(f"7 {TITLE}") + text.count(f"6 {TITLE}") >= 1
    for title in TITLES:
        assert title not in text
    # Nothing is hidden: what was found stands there, with what an answer takes.
    for part in (found.breaks, found.regimes, found.lead_lag, found.forecast):
        assert part.sentence.replace("'", "’") in text or part.sentence in text
    n_both = int(index.direction()["raw"].notna().sum())
    assert f"More months in which both sides spoke (here {n_both})" in text
    assert "12 past forecasts for which the month came" in text
    assert "detente report --sections course,sides,forecast" in text
    # What was asked is told with its method all the same.
    assert "Diebold and Mariano" in text


def test_who_asks_for_a_chapter_gets_it_whole(written, read):
    text = read(written(sections=["course", "sides", "forecast"]))
    for title in TITLES:
        assert title in text
    assert TITLE not in text


def test_no_other_report_is_named_for_a_chapter_that_stands_in_this_one(written, read):
    text = read(written(sections=["sides", "forecast", "open"]))
    assert TITLE in text
    assert "detente report --sections course" in text
    assert "course,sides" not in text
    text = read(written(sections=["course", "sides", "forecast", "open"]))
    assert TITLE in text
    assert "detente report --sections" not in text


def test_the_web_page_gathers_the_same(written, tmp_path):
    page = written(path=tmp_path / "report.html").read_text("utf-8")
    assert f"{TITLE}</h2>" in page
    assert 'id="fig-breaks"' not in page
    assert 'id="tab-open"' in page


def test_a_small_study_has_no_lists_of_figures_and_tables(written, read_pages, told):
    contents = read_pages(written())[1]
    assert "Contents" in contents
    assert "Table 1" not in contents
    assert "Table 1" in told[1]


def test_a_larger_study_keeps_its_chapters_though_they_find_no_answer(report, read, findings):
    found = replace(findings, forecast=replace(findings.forecast, scores=pd.DataFrame()))
    text = read(report(findings=found).path)
    assert "The next months, degrees" in text
    assert "Computed, without an answer" not in text


def test_what_was_not_computed_is_gathered_whatever_the_size(report, read, findings):
    reasons = {
        "lead_lag": replace(findings.lead_lag, table=pd.DataFrame(), reason="no second side")
    }
    text = read(report(findings=replace(findings, **reasons)).path)
    assert "Whether one side moves earlier cannot be asked for: no second side." in text
    assert "What one side adds to the other" not in text
    # Codings are missing there, too, and what to do about it is said.
    assert "Agreement with readers" in text
    assert "To add codings" in text


def test_a_report_of_monthly_means_says_once_what_needs_the_model(report, read, few):
    index = monthly_index(few, method="means")
    found = estimate_findings(few, index, pd.DataFrame({"headline": []}), n_placebo=0)
    text = read(report(statements=few, index=index, findings=found, events=None).path)
    assert text.count("They need a smoothed index") == 1
    assert "Breaks; Regimes; Which side moves first; Forecast" in text
    assert "12 months of each side" in text
    assert "was received" not in text
    assert "Changes at episodes The study lists no headline events." in text
    assert "Events with headline = true" in text


def test_the_chapter_can_be_asked_for_by_name(written, read):
    assert "open" in SECTIONS
    text = read(written(sections=["open"]))
    assert "Questions without an answer" in text


def test_behind_moves_a_small_study_prints_what_exceeds_the_scatter(few, few_found):
    _, found = few_found
    moves = found.moves
    assert len(moves.moves) == 5
    first, *rest = moves.moves
    clear = replace(first, lower=1.0, upper=99.0)
    open_ = [replace(move, lower=-50.0, upper=50.0) for move in rest]
    mixed = replace(moves, moves=(clear, *open_))
    heads = [b["text"] for b in moved_blocks(mixed, few, only_clear=True) if b["kind"] == "heading"]
    assert len(heads) == 1
    told = str(moved_blocks(mixed, few, only_clear=True))
    assert "4 of the largest moves cannot be told from the scatter" in told
    assert str(moved_blocks(mixed, few)).count("'heading'") == 5


@pytest.mark.parametrize(("n", "listed"), [(4, 2), (60, 6), (25, 3), (400, 10)])
def test_extremes_are_a_tenth_of_the_statements(few, n, listed):
    many = pd.concat([few] * 7, ignore_index=True).head(n)
    assert len(extremes(many, warmest=True)) == listed
