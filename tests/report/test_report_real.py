"""The report of the bundled study, with the figures that it draws itself."""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from detente import wording
from detente.events import read_events
from detente.index import IndexResult, mean_level, monthly_index
from detente.inference import EpisodesResult, Findings, estimate_episodes
from detente.report import ReportResult, write_report
from detente.report.points import named_episodes
from detente.statements import read_statements
from detente.tone import score_statements

DATA = Path(__file__).parents[2] / "data" / "russia-turkey"


@pytest.fixture(scope="module")
def study(once) -> tuple[pd.DataFrame, pd.DataFrame, IndexResult]:
    def make():
        scored = score_statements(read_statements(DATA / "statements.csv"))
        return scored, read_events(DATA / "events.csv"), monthly_index(scored, ("RUS", "TUR"))

    return once("real-study", make)


@pytest.fixture(scope="module")
def written(study, once, tmp_path_factory) -> ReportResult:
    def make():
        scored, events, index = study
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return write_report(
                tmp_path_factory.mktemp("real") / "report.pdf",
                index=index,
                statements=scored,
                events=events,
            )

    return once("real-report", make)


@pytest.fixture(scope="module")
def pages(written, once, read_pages) -> list[str]:
    return once("real-pages", lambda: read_pages(written.path))


def test_minimal_call_makes_a_report_of_a_readable_length(written, pages):
    assert 12 <= len(pages) == written.n_pages <= 25
    assert written.n_boxed == 0


def test_page_one_holds_summary_and_index_figure(pages, study):
    _, _, index = study
    level = mean_level(index)
    assert "The mean level of both sides together" in pages[0]
    assert f"{wording.degrees(level.mean)} {wording.interval(level.lower, level.upper)}" in pages[0]
    assert "Figure 1" in pages[0]
    assert "uncorrected machine score" in pages[0]
    assert f"{index.n_statements:,} statements with a tone" in pages[0]


def test_every_event_and_month_is_listed(pages, study):
    _, events, index = study
    text = " ".join(pages)
    for label in events["label"]:
        assert label in text
    for month in index.months:
        assert f"{wording.month_name(month)} " in text


def test_our_own_words_claim_no_more_than_the_report_shows(pages, study):
    scored, events, _ = study
    text = " ".join(pages)
    for told in (*scored["text"], *events["title"], *events["label"]):
        text = text.replace(" ".join(told.split()), "")
    assert re.findall(r"(?i)\b\w*(?:effect|impact|caus[ei])\w*", text) == []
    assert re.findall(r"\bnan\b|\bNaN\b|\bNaT\b|\bNone\b", text) == []
    assert re.findall(r"(?<![\w/.-])[-−]0(?:\.0+)?(?![\d.])", text) == []


def test_every_page_has_its_number(pages):
    for i, text in enumerate(pages, start=1):
        assert f"{i} / {len(pages)}" in text


def test_drawn_figures_are_the_same_every_time(written, study, tmp_path):
    scored, events, index = study
    again = write_report(tmp_path / "again.pdf", index=index, statements=scored, events=events)
    assert again.path.read_bytes() == written.path.read_bytes()


@pytest.fixture(scope="module")
def episodes(study, once) -> EpisodesResult:
    scored, events, index = study
    return once("real-episodes", lambda: estimate_episodes(scored, events, index.dyad, n_placebo=0))


@pytest.fixture(scope="module")
def with_findings(study, episodes, findings, once, read_pages, tmp_path_factory) -> list[str]:
    """The pages with the real episodes and, for their room, the small study's other parts."""

    def make():
        scored, events, index = study
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            result = write_report(
                tmp_path_factory.mktemp("findings") / "report.pdf",
                index=index,
                statements=scored,
                events=events,
                findings=replace(findings, episodes=episodes),
            )
        return [text.replace("’", "'") for text in read_pages(result.path)]

    return once("real-findings", make)


def test_page_one_keeps_its_figure_beside_the_findings(with_findings):
    assert "Figure 1" in with_findings[0]
    assert "Degrees are not comparable across dyads or languages." in with_findings[0]
    assert "Contents" not in with_findings[0]
    assert with_findings[1].count("Contents") == 1


def test_famous_events_are_told_with_what_could_have_been_seen(with_findings, episodes):
    text = " ".join(with_findings)
    for name in ("shootdown-2015", "letter-2016", "st-petersburg-2016", "grain-suspension-2022"):
        row = episodes.change(name)
        told = episodes.sentence_for(name).replace("’", "'")
        half = len(told) // 2
        # A page may end within a paragraph, but not in both of its halves.
        assert told[:half] in text or told[half:] in text
        assert wording.number(row["mde"]) in text
        near = episodes.context[episodes.context["episode"].eq(name)]
        assert not len(near) or "Around it: " in text
    named = set(named_episodes(Findings(episodes=episodes)))
    rows = episodes.direction()
    assert len(named) >= 6
    for row in rows[rows["episode"].isin(named)].itertuples():
        assert row.label.replace("’", "'") in with_findings[0]
    unseen = rows[rows["verdict"].eq("cannot tell")]
    assert f"{len(unseen)} of {rows['p_adjusted'].notna().sum()} cannot tell" in with_findings[0]
