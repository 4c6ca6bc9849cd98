"""Page 1: one sentence, the level now, three to five findings, five numbers."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pypdf import PdfReader

from detente import wording
from detente.index import level_difference, mean_level, monthly_index
from detente.inference import Findings
from detente.report import About
from detente.report.brief import brief
from detente.report.fixed import fixed_sentences
from detente.report.headline import headline
from detente.report.now import level_now
from detente.report.points import brief_points
from detente.report.sure import sure


def spoken(level: float, later: float, n_months: int = 24) -> pd.DataFrame:
    """Many statements a month around one tone, and around another in the second half."""
    rng = np.random.default_rng(11)
    rows = [
        {
            "date": month + pd.Timedelta(days=k),
            "source": source,
            "target": target,
            "speaker": f"Speaker {k}",
            "text": f"Remark {k}.",
            "tone": float(
                np.clip((later if 2 * i >= n_months else level) + rng.normal(0, 0.08), -1, 1)
            ),
        }
        for i, month in enumerate(pd.date_range("2020-01-01", periods=n_months, freq="MS"))
        for source, target in (("RUS", "TUR"), ("TUR", "RUS"))
        for k in range(12)
    ]
    return pd.DataFrame(rows)


def test_changes_are_those_of_joint_draws_of_the_months(index):
    """A slow twin: whole histories drawn from the model, subtracted month from month."""
    now = level_now(index)
    paths = index.draws(20_000).paths["bilateral"]
    assert [change.months for change in now.changes] == [1, 6, 12]
    for change in now.changes:
        drawn = paths[:, -1] - paths[:, -1 - change.months]
        half = (change.upper - change.lower) / 2
        assert change.earlier == index.months[-1 - change.months]
        assert change.value == pytest.approx(drawn.mean(), abs=4 * drawn.std() / 20_000**0.5)
        assert half == pytest.approx(1.96 * drawn.std(), rel=0.03)


def test_changes_of_monthly_means_add_their_variances(scored):
    index = monthly_index(scored, method="means")
    rows = index.direction()
    now = level_now(index)
    assert now.value == rows["index"].iloc[-1]
    change = now.changes[0]
    assert change.value == pytest.approx(rows["index"].iloc[-1] - rows["index"].iloc[-2])
    single = [(row.upper - row.lower) / 2 for row in rows.tail(2).itertuples()]
    assert (change.upper - change.lower) / 2 == pytest.approx(np.hypot(*single))


def test_a_period_that_is_too_short_has_no_change(scored):
    index = monthly_index(scored[scored["date"] < "2014-04-01"], method="means")
    now = level_now(index)
    assert [change.earlier is None for change in now.changes] == [False, True, True]
    rows = brief(index, scored, None, None, None)["now"]["rows"]
    assert [row["verdict"] for row in rows[2:]] == ["the period is shorter"] * 2
    assert [row["value"] for row in rows[2:]] == ["–", "–"]


def test_without_an_index_of_both_sides_the_level_cannot_be_told(scored):
    one = scored[scored["source"] == "RUS"]
    index = monthly_index(one, ("RUS", "TUR"), method="means")
    assert level_now(index) is None
    told = brief(index, one, None, None, None)
    assert told["now"]["rows"] == []
    assert "cannot be told" in told["now"]["note"]
    assert told["headline"].startswith("We cannot tell how officials of Russia and Turkey spoke")


@pytest.mark.parametrize(
    ("level", "later", "told"),
    [
        (0.1, 0.5, r"In 2021, officials of Russia and Turkey spoke more warmly than coldly of each "
         r"other \(\+\d+ degrees, 95% confidence interval \+\d+ to \+\d+\), warmer than in the 12 "
         r"months before by \d+ degrees\."),
        (0.1, -0.5, r"In 2021, officials of Russia and Turkey spoke more coldly than warmly of "
         r"each other .*, colder than in the 12 months before by \d+ degrees\."),
        (0.4, 0.4, r"In 2021, .* more warmly than coldly .*; we cannot tell whether it was warmer "
         r"or colder than in the 12 months before\."),
        (0.0, 0.0, r"We cannot tell whether officials of Russia and Turkey spoke more warmly or "
         r"more coldly of each other in 2021 \(.*\), nor whether it differed from the 12 months "
         r"before\."),
    ],
)  # fmt: skip
def test_headline_is_one_sentence_that_its_intervals_bear_out(level, later, told):
    index = monthly_index(spoken(level, later))
    text = headline(index)
    assert re.fullmatch(told, text), text
    found = level_difference(index)
    assert ("we cannot tell whether it" in text.lower() or "differed" in text) == (
        found.lower <= 0 <= found.upper
    )


def test_a_headline_of_some_months_names_them(scored):
    index = monthly_index(scored[scored["date"] < "2015-01-01"], method="means")
    assert "from July 2014 to December 2014" in headline(index).replace("From", "from")


def sparse(n_days: int) -> pd.DataFrame:
    """One remark of each side a month, from one pole to the other; some months have two."""
    rows = []
    for i, month in enumerate(pd.date_range("2020-01-01", periods=24, freq="MS")):
        for source, target in (("RUS", "TUR"), ("TUR", "RUS")):
            for k in range(2 if i < n_days and source == "RUS" else 1):
                tone = (-0.9 if k else 0.9) if i < n_days else (0.7 if i >= 12 else -0.4)
                rows.append({
                    "date": month + pd.Timedelta(days=5 * k), "source": source, "target": target,
                    "speaker": "A", "text": f"Remark {i} {k}.", "tone": tone + 0.01 * (i % 3),
                })  # fmt: skip
    return pd.DataFrame(rows)


@pytest.mark.parametrize(
    ("n_days", "told"), [(1, "1 degree of freedom"), (2, "2 degrees of freedom"), (6, "")]
)
def test_hardly_known_scatter_is_said_and_ends_stay_on_the_scale(n_days, told):
    scored = sparse(n_days)
    index = monthly_index(scored, method="means")
    assert round(index.df) == n_days
    assert index.is_scatter_known == (told == "")
    page = brief(index, scored, None, None, None)
    assert ("hardly known" in page["now"]["note"]) == (told != "")
    assert told in page["now"]["note"]
    is_told = not page["headline"].startswith("We cannot tell") or "but it was" in page["headline"]
    assert is_told
    assert ("hardly known (" + told in page["headline"]) == (told != "")
    for change in level_now(index).changes:
        assert -200 <= change.lower <= change.value <= change.upper <= 200
    if n_days == 1:
        assert page["now"]["rows"][1]["interval"] == "−200 to +200"
    assert "compares means of 12 months" in page["now"]["note"]


def test_levels_and_differences_stay_on_the_scale():
    rng = np.random.default_rng(3)
    scored = sparse(0)
    scored["tone"] = np.where(rng.random(len(scored)) < 0.9, 1.0, -1.0)
    scored = scored[scored["date"] < "2020-09-01"]
    index = monthly_index(scored, method="means")
    level, found = mean_level(index), level_difference(index)
    assert -100 <= level.lower <= level.mean <= level.upper == 100
    assert -200 <= found.lower <= found.upper <= 200


def test_five_numbers_are_those_of_the_data(scored, findings):
    found = sure(scored, findings, None)
    assert len(found) == 5
    days = scored["date"].nunique()
    assert found[0] == {
        "number": str(len(scored)), "text": f"statements with a tone, on {days} days",
    }  # fmt: skip
    top = scored.groupby(["source", "speaker"]).size().max()
    assert found[1]["number"] == wording.share(top / len(scored))
    assert found[2]["number"] == "not known"
    sizes = findings.episodes.direction()["mde"]
    assert found[3]["number"] == wording.number(sizes.median())
    assert f"({wording.number(sizes.min())} to {wording.number(sizes.max())}" in found[3]["text"]
    assert found[4]["number"].endswith("%")


def test_numbers_that_are_not_known_say_so(scored):
    found = sure(scored, Findings(), None)
    assert [item["number"] for item in found[2:]] == ["not known"] * 3
    found = sure(scored.assign(tone=np.nan), None, None)
    assert found[0]["number"] == "0"
    assert found[1]["number"] == "none"


def test_share_of_specifications_is_that_of_the_cold_stretch(index, scored, findings):
    rows = findings.robustness.summary
    row = rows.iloc[[0]].assign(
        quantity="contrast", name="2014-07 to 2014-12", estimate=-20.0, lower=-30.0, upper=-10.0,
        n_estimated=12, share_agree=0.75,
    )  # fmt: skip
    changed = replace(findings.robustness, summary=pd.concat([row, rows]))
    changed = replace(findings, robustness=changed)
    found = sure(scored, changed, None)[4]
    assert found["number"] == "75%"
    assert "12 other specifications agree that the cold stretch was colder" in found["text"]
    cold = next(p for p in brief_points(index, changed) if p["number"] == "−20")
    assert cold["interval"] == "−30 to −10"
    assert "July 2014 to December 2014" in cold["text"]
    assert "chosen for being cold" in cold["text"]


def test_without_findings_there_are_still_three(index):
    points = brief_points(index, None)
    assert len(points) == 3
    assert all(point["interval"] and point["rests"] for point in points)
    told = f"{points[0]['text']}"
    is_clear = "we cannot tell which side" not in told.lower()
    low, high = (
        float(end.replace("−", "-").replace("+", "")) for end in points[0]["interval"].split(" to ")
    )
    assert is_clear == (low > 0 or high < 0)


def test_fixed_sentences_stand_once_on_the_first_page_of_every_report(
    report, read_pages, index, scored, events
):
    told = fixed_sentences(index, scored, events)
    heads = [each["head"] for each in told]
    assert len(heads) == 4
    for sections in (None, ["brief"], ["events"], ["method", "appendix"]):
        pages = [page.replace("’", "'") for page in read_pages(report(sections=sections).path)]
        for each in told:
            assert f"{each['head']} {each['text']}" in pages[0]
            assert " ".join(pages).count(each["text"]) == 1
    assert "It does not measure trust, intentions, power or what states did" in told[0]["text"]
    assert "How the rows were chosen is not stated." in told[1]["text"]
    assert "neither the scorer's error nor the choice of statements" in told[2]["text"]
    assert "not comparable across dyads" in told[3]["text"]


def test_without_events_nobody_lies_near_one(index, scored, events):
    told = fixed_sentences(index, scored, events.head(0))
    assert "No event is listed" in told[1]["text"]


def test_page_one_stays_one_page_with_long_names(report, findings):
    title = "A title of the study that goes on for rather longer than anyone would wish " * 2
    path = report(findings=findings, sections=["brief"], about=About(title=title)).path
    assert len(PdfReader(path).pages) == 1


@pytest.mark.parametrize(
    ("without", "told"),
    [
        # One side has no tone in the last year, so that the whole period is told.
        (lambda day: day >= "2021-01-01", "from January 2020 to December 2021"),
        (lambda day: day < "2021-01-01", "2021"),
    ],
)
@pytest.mark.parametrize("level", [0.0, 0.5, -0.5])
def test_the_headline_compares_with_no_months_without_data(without, told, level):
    rows = spoken(level, level)
    gone = without(rows["date"]) & rows["source"].eq("RUS")
    text = headline(monthly_index(rows[~gone], method="means", since="2020-01", until="2021-12"))
    assert "before" not in text
    assert ("We cannot tell" in text) == (level == 0)
    assert "degrees" in text
