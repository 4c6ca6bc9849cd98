"""A small study whose texts try to act as markup, and the report made of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from detente.index import IndexResult, monthly_index
from detente.inference import Findings, estimate_findings
from detente.report import About, ReportFigure, ReportResult, write_report

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 60" width="160" height="60">'
    b'<path d="M5 50 L150 10" stroke="#1f4e79" fill="none"/></svg>'
)


def scored_statements(n_months: int = 30) -> pd.DataFrame:
    """Two sides, three statements each a month; one month is empty, one has one side only."""
    random = np.random.default_rng(7)
    rows = []
    for i, month in enumerate(pd.date_range("2014-01-01", periods=n_months, freq="MS", unit="us")):
        for source, target in (("RUS", "TUR"), ("TUR", "RUS")):
            if i == 4 or (i == 6 and source == "TUR"):
                continue
            for k in range(3):
                rows.append(
                    {
                        "date": month + pd.Timedelta(days=4 * k + 2),
                        "source": source,
                        "target": target,
                        "speaker": f"Speaker {source} {k}",
                        "role": "Minister",
                        "level": "minister",
                        "channel": "press_remarks",
                        "topic": "trade" if k else "syria",
                        "dating": "inferred" if k == 2 else "stated",
                        "text": f"Remark {i}-{k} of {source} on {target}.",
                        "outlet": "Gazette",
                        "url": f"https://example.org/{source.lower()}/{i}/{k}",
                        "tone": float(np.clip(random.normal(0.3, 0.2), -1, 1)),
                        "tone_flag": "",
                    }
                )
    return pd.DataFrame(rows)


def listed_events() -> pd.DataFrame:
    """Four events: two of one headline episode, one headline event alone, one context."""
    return pd.DataFrame(
        {
            "id": ["e1", "e2", "e3", "e4"],
            "date": pd.to_datetime(["2014-03-02", "2014-03-05", "2015-11-24", "2016-01-20"]),
            "end_date": pd.to_datetime([None, "2014-03-07", None, "2016-02-03"]),
            "label": ["First", "Second", "Shootdown", "Talks"],
            "title": ["One thing done", "Another thing done", "A jet is shot down", "Talks held"],
            "category": "diplomacy",
            "kind": ["act", "contact", "act", "contact"],
            "expected": ["cooling", "cooling", "cooling", "warming"],
            "headline": [True, True, True, False],
            "episode": ["spring-2014", "spring-2014", "shootdown-2015", None],
            "outlet": "Gazette",
            "url": "https://example.org/event",
        }
    ).astype({"category": "str", "outlet": "str", "url": "str", "episode": "str"})


def two_figures() -> list[ReportFigure]:
    return [
        ReportFigure(SVG, "Index of both sides", "Points are months.", "A line that rises."),
        ReportFigure(SVG, "Statements by tone", "Each mark is one.", "Marks from cold to warm."),
    ]


@cache
def small_index() -> IndexResult:
    """The index of the small study, fitted once."""
    return monthly_index(scored_statements())


@pytest.fixture
def index() -> IndexResult:
    return small_index()


@pytest.fixture
def scored() -> pd.DataFrame:
    return scored_statements()


@pytest.fixture
def events() -> pd.DataFrame:
    return listed_events()


@pytest.fixture
def figures() -> list[ReportFigure]:
    return two_figures()


@pytest.fixture
def report(tmp_path: Path) -> Callable[..., ReportResult]:
    """Write a report of the small study; any argument may be exchanged."""

    def write(**changed: Any) -> ReportResult:
        statements = changed.pop("statements", None)
        index: IndexResult | None = changed.pop("index", None)
        if index is None:
            index = small_index() if statements is None else monthly_index(statements)
        statements = scored_statements() if statements is None else statements
        arguments: dict[str, Any] = {
            "events": listed_events(),
            "figures": two_figures(),
            "about": About(versions={"detente": "0.1.0"}),
        }
        path = changed.pop("path", tmp_path / "report.pdf")
        return write_report(path, index=index, statements=statements, **(arguments | changed))

    return write


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> ReportResult:
    """The report of the small study, written once; tests read it and leave it alone."""
    statements = scored_statements()
    return write_report(
        tmp_path_factory.mktemp("plain") / "report.pdf",
        index=small_index(),
        statements=statements,
        events=listed_events(),
        figures=two_figures(),
    )


@pytest.fixture(scope="session")
def plain_text(plain: ReportResult, read: Callable[[Path], str]) -> str:
    return read(plain.path)


@pytest.fixture(scope="session")
def read(read_pages: Callable[..., list[str]]) -> Callable[[Path], str]:
    """Return a function that gives the text of all pages, runs of white space as one space."""
    return lambda path: " ".join(read_pages(path))


@pytest.fixture(scope="session")
def findings(once: Callable[..., Any]) -> Findings:
    """What is found in the small study, estimated once."""

    def make() -> Findings:
        return estimate_findings(scored_statements(), small_index(), listed_events(), n_placebo=99)

    found: Findings = once("findings", make)
    return found


@pytest.fixture(scope="session")
def told_path(findings: Findings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study's report with its findings."""
    written = write_report(
        tmp_path_factory.mktemp("told") / "report.pdf",
        index=small_index(),
        statements=scored_statements(),
        events=listed_events(),
        figures=two_figures(),
        findings=findings,
    )
    return written.path


@pytest.fixture(scope="session")
def told(told_path: Path, read_pages: Callable[..., list[str]]) -> list[str]:
    """Its pages; apostrophes as typed."""
    return [text.replace("’", "'") for text in read_pages(told_path)]


@pytest.fixture(scope="session")
def whole(told_path: Path, read_pages: Callable[..., list[str]]) -> str:
    """Its pages as one text, without the lines that stand above and below each of them."""
    pages = [text.strip().splitlines() for text in read_pages(told_path, lines=True)]
    lines = [line for number, page in enumerate(pages) for line in page[number > 0 : -1]]
    return " ".join(" ".join(lines).split()).replace("’", "'")
