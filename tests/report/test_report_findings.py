"""The findings in the report: the numbers of the results, in words that claim no more."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from pypdf import PdfReader

from detente import wording
from detente.inference import Findings
from detente.report.beyond import changes_corrected_blocks
from detente.report.blocks import table
from detente.report.changes import corrected_point
from detente.report.episodes import p_told, told_in_full
from detente.report.headline import headline
from detente.report.points import brief_points, named_episodes
from detente.report.procedures import procedures

FORBIDDEN = re.compile(
    r"(?i:\b(?:in)?effect\w*|\bimpact\w*|\bcaus[ae]\w*|\bshocks?\b|\bjump\w*)"
    r"|\bn[au]ll?n?\b|\bNaN\b|\bNone\b|\bNaT\b|no value"
)
MINUS_ZERO = re.compile(r"(?<![\w/.-])[-−]0(\.0+)?(?![\d.])")
CHAPTERS = (
    "The course of relations", "Events", "The two sides", "Who and what", "Forecast",
    "Robustness", "Method", "Data, coverage and limits", "All listed events",
    "The index month by month", "Statements behind the largest moves",
    "Warmest and coldest statements", "Codebook", "Glossary", "How to cite",
    "Versions and digests",
)  # fmt: skip
#: Quotes are typographic in print alone.
QUOTES = str.maketrans("‘’", "''")
#: Chapters that tell findings alone.
TESTED = ("Who and what", "Forecast", "Robustness", "Statements behind the largest moves")


def with_verdicts(findings: Findings, **verdicts: str) -> Findings:
    """Give episodes another verdict in the rows of both sides together."""
    episodes = findings.episodes
    rows = episodes.table.copy()
    for name, verdict in verdicts.items():
        own = rows["episode"].eq(name.replace("_", "-")) & rows["direction"].eq("bilateral")
        rows.loc[own, "verdict"] = verdict
    return replace(findings, episodes=replace(episodes, table=rows))


def texts(blocks) -> str:
    """All texts of a tree of content."""
    if isinstance(blocks, str):
        return blocks
    if isinstance(blocks, dict):
        return " ".join(texts(value) for value in blocks.values())
    return " ".join(texts(item) for item in blocks) if isinstance(blocks, list | tuple) else ""


def test_without_findings_nothing_is_tested_and_no_chapter_is_there(plain_text):
    for title in TESTED:
        assert title not in plain_text
    assert "This report lists episodes and tests none" in plain_text
    assert "Headline episodes" in plain_text


def test_page_one_is_one_page_with_findings_and_figure(told, findings, index):
    assert "Contents" not in told[0]
    assert "Contents" in told[1]
    assert "Figure 1" in told[0]
    assert "uncorrected machine score" in told[0]
    assert headline(index) in told[0]
    points = brief_points(index, findings)
    assert 3 <= len(points) <= 5
    for point in points:
        assert f"{point['text']} {point['rests']}" in told[0]
        assert point["number"] in told[0]
        assert point["interval"] in told[0]


def test_all_chapters_stand_in_their_order(told, whole):
    places = [told[1].index(title) for title in CHAPTERS]
    assert places == sorted(places)
    assert "Computed, without an answer" not in whole
    assert "Headline episodes" not in told[1]
    assert len([text for text in told if "Contents" in text]) == 1


def test_table_of_episodes_has_the_numbers_of_the_result(whole, findings):
    for number, row in enumerate(findings.episodes.direction().itertuples(), start=1):
        cells = (
            row.expected, wording.degrees(row.level_change),
            wording.interval(row.lower, row.upper), p_told(row.p_placebo),
            p_told(row.p_adjusted), wording.number(row.mde), row.n_before, row.n_after,
            row.verdict,
        )  # fmt: skip
        pattern = rf"{number} {row.label} .{{0,60}}" + re.escape(" ".join(map(str, cells)))
        assert re.search(pattern, whole), pattern


def test_table_by_direction_has_the_numbers_of_the_result(whole, findings):
    episodes = findings.episodes
    rows = [episodes.direction(side).itertuples() for side in episodes.dyad.directions]
    for one, other in zip(*rows, strict=True):
        cells = [
            f"{wording.degrees(row.level_change)} {wording.interval(row.lower, row.upper)} "
            f"{p_told(row.p_adjusted)} {wording.number(row.mde)} {row.verdict}"
            for row in (one, other)
        ]
        assert f"{one.label} {' '.join(cells)}" in whole


def test_each_episode_has_its_paragraph(whole, findings):
    for number, episode in enumerate(findings.episodes.episodes, start=1):
        assert f"{number} {findings.episodes.sentence_for(episode)}" in whole
    near = findings.episodes.context
    for row in near.itertuples():
        assert f"{row.label} ({wording.day_name(row.date)})" in whole


@pytest.mark.parametrize("part", ["episodes", "moves", "breaks", "regimes", "lead_lag", "forecast"])
def test_sentence_and_assumptions_of_each_part_are_printed(whole, findings, part):
    result = getattr(findings, part)
    printed = whole.translate(QUOTES)
    for text in (result.sentence, *result.assumptions):
        assert text.translate(QUOTES) in printed


def test_sentences_of_voices_are_printed(whole, findings):
    voices = findings.voices
    for text in (
        voices.speakers_sentence, voices.unilateral_sentence, voices.contacts_sentence,
        voices.weightings_sentence, voices.counts_sentence,
    ):  # fmt: skip
        assert text in whole


def test_tables_of_moves_have_the_numbers_of_the_result(whole, findings):
    for move in findings.moves.moves:
        assert move.sentence in whole
        change = f"{wording.degrees(move.change)} {wording.interval(move.lower, move.upper)}"
        assert change in whole
        for row in move.statements.head(3).itertuples():
            assert f"{wording.degrees(row.contribution)} {wording.tone(row.tone)}" in whole
            assert row.text in whole
        assert f"{wording.month_name(move.month)}: {wording.degrees(move.change)} degrees" in whole


def test_tables_of_months_ahead_have_the_numbers_of_the_result(whole, findings):
    ahead = findings.forecast
    for month, rows in ahead.table.groupby("month"):
        ordered = rows.set_index("direction").loc[[*ahead.names]].itertuples()
        cells = [
            f"{wording.degrees(row.forecast)} {wording.interval(row.lower, row.upper)} "
            f"{wording.interval(row.raw_lower, row.raw_upper)}"
            for row in ordered
        ]
        assert f"{wording.month_name(month)} {' '.join(cells)}" in whole
    for row in ahead.scores.itertuples():
        errors = (row.rmse, row.rmse_naive, row.rmse_mean, row.noise)
        cells = " ".join(wording.number(value) for value in (row.ahead, row.n, *errors))
        assert f"{cells} {wording.share(row.coverage)}" in whole
    for row in findings.lead_lag.table.itertuples():
        assert f"{wording.number(row.cross_term, 2)} " in whole


def test_tables_of_voices_have_the_numbers_of_the_result(whole, findings):
    for row in findings.voices.speakers.itertuples():
        cells = f"{row.n_statements} {wording.share(row.share)} {row.months_lost}"
        assert re.search(rf"{row.speaker} \D+ {re.escape(cells)}", whole)
    for row in findings.voices.groups.itertuples():
        if row.grouping == "topic":
            mean = f"{wording.degrees(row.mean)} {wording.interval(row.lower, row.upper)}"
            assert f"{mean} {row.n_statements}" in whole


def test_table_of_choices_has_the_numbers_of_the_summary(whole, findings):
    labels = dict(
        zip(findings.episodes.table["episode"], findings.episodes.table["label"], strict=True)
    )
    rows = findings.robustness.summary
    for row in rows[rows["quantity"].eq("change")].itertuples():
        cells = (
            wording.degrees(row.estimate), wording.interval(row.lower, row.upper),
            row.n_estimated, f"{wording.degrees(row.smallest)} to {wording.degrees(row.largest)}",
            wording.share(row.share_agree), wording.share(row.share_excludes_zero), row.n_failed,
        )  # fmt: skip
        assert f"Change at {labels[row.name]} {' '.join(map(str, cells))}" in whole
    assert "No fit failed." in whole
    assert not [key for key in labels if key in whole]


def test_words_claim_no_more_than_the_findings_show(whole):
    assert FORBIDDEN.findall(whole) == []
    assert MINUS_ZERO.findall(whole) == []
    assert "tests none" not in whole
    assert "the data cannot attribute" in whole.lower()
    assert "neither the scorer's error nor the choice of statements" in whole


def test_method_tells_each_part_and_numbers_its_references(whole, findings):
    found = procedures(findings)
    for text in (*found["episodes"], *(part["text"] for part in found["parts"])):
        assert text in whole
    for number, work in enumerate(found["references"], start=1):
        assert f"[{number}] {work}" in whole
        assert f"[{number}]" in texts([found["episodes"], found["parts"]])


def test_a_part_that_is_missing_has_one_row_and_no_chapter(report, read, findings):
    reasons = {
        "breaks": "Too few months.",
        "regimes": "Too few months.",
        "lead_lag": "one side has no index",
        "forecast": "Too few months.",
        "moves": "no month was observed",
    }
    few = replace(findings, **dict.fromkeys(reasons), reasons=reasons)
    text = read(report(findings=few).path)
    for title in ("What moved the months", "Breaks in the level", "Forecast 5"):
        assert title not in text
    assert "Which side moves first One side has no index." in text
    assert "Breaks Too few months. – Regimes Too few months. –" in text


def test_nothing_found_at_all_still_makes_a_report(report, read):
    text = read(report(findings=Findings(reasons={"episodes": "no headline events"})).path)
    assert "Changes at episodes No headline events." in text
    assert "Headline episodes" in text
    assert "This report lists episodes and tests none" in text
    assert FORBIDDEN.findall(text) == []


def test_events_without_a_headline_event_still_make_a_report(report, read, events):
    few = Findings(reasons={"episodes": "the study lists no headline events"})
    text = read(report(findings=few, events=events.assign(headline=False, episode=None)).path)
    assert "No headline episode is listed." in text
    assert "A jet is shot down" in text
    assert "Ep.: number of the headline episode" not in text


def test_page_one_tells_the_corrected_changes_beside(findings, index):
    own = with_verdicts(findings, shootdown_2015="cooled").episodes
    other = SimpleNamespace(
        table=findings.episodes.table,
        direction=findings.episodes.direction,
        n_statements=findings.episodes.n_statements,
        corrected=own,
    )
    point = brief_points(index, replace(findings, episodes=other))[1]
    row = own.change("shootdown-2015")
    told = f"Shootdown {wording.degrees(row['level_change'])} "
    told += f"({wording.interval(row['lower'], row['upper'])})"
    assert point["number"] == "1 of 2"
    assert f"corrected by codings, a change stands out at {told}." in point["text"]
    assert "Uncorrected, none stands out at Shootdown." in point["text"]
    assert "rests on the scorer alone" in point["text"]
    # Where both answers are the same nothing is said of a difference.
    same = SimpleNamespace(direction=own.direction, corrected=own)
    assert "Uncorrected" not in corrected_point(same)["text"]
    # The table in the chapter has the numbers of page 1, with verdict and adjusted p.
    _, block = changes_corrected_blocks(replace(findings.episodes, corrected=own), {})
    last = next(cells for cells in block["rows"] if cells[0] == "Shootdown")
    told = [cell if isinstance(cell, str) else cell["text"] for cell in last[5:]]
    assert told[0] == wording.degrees(row["level_change"])
    assert told[1:] == [wording.interval(row["lower"], row["upper"]), p_told(row["p_adjusted"]),
                        "cooled"]  # fmt: skip


def test_what_cannot_be_told_of_both_sides_names_one_side_and_a_window_that_can(findings, index):
    episodes = findings.episodes
    rows = episodes.table.copy()
    rows["verdict"] = "cannot tell"
    turkey = rows["direction"].eq("TUR>RUS") & rows["episode"].eq("shootdown-2015")
    rows.loc[turkey, "verdict"] = "warmed"
    rows["overlaps"] = rows["episode"].map(
        {"spring-2014": "shootdown-2015", "shootdown-2015": "spring-2014"}
    )

    class Joint(type(episodes)):
        def together(self, episodes):
            assert episodes == ["spring-2014", "shootdown-2015"]
            return (-37.0, -54.0, -19.0)

    def told(joint, overlaps):
        parts = {name: getattr(episodes, name) for name in episodes.__dataclass_fields__}
        own = joint(**{**parts, "table": rows.assign(overlaps=overlaps)})
        return brief_points(index, replace(findings, episodes=own))[0]["text"]

    text = told(Joint, rows["overlaps"])
    assert "Turkey on Russia warmed at Shootdown" in text
    window = "First and Shootdown, which cannot be told apart, changed together by −37 (−54 to −19)"
    assert text.count(window) == 1
    assert "told apart" not in told(type(episodes), "")


def test_a_single_one_left_over_is_named_and_more_are_counted():
    def told(n):
        rows = pd.DataFrame({
            "episode": [f"e{i}" for i in range(n)], "label": [f"Event {i}" for i in range(n)],
            "verdict": "cooled", "level_change": -30.0, "lower": -50.0, "upper": -10.0,
            "p_adjusted": 0.01,
        })  # fmt: skip
        result = SimpleNamespace(direction=lambda _: rows)
        result.corrected = result
        return corrected_point(result)["text"]

    assert "Event 2" in told(4)
    assert "Event 3 −30" in told(4)
    assert "Event 3" not in told(5)
    assert "and 2 more." in told(5)


def test_page_one_names_what_stands_out_with_its_interval_and_what_it_rests_on(findings, index):
    changed = with_verdicts(findings, shootdown_2015="warmed")
    row = changed.episodes.change("shootdown-2015")
    first, second, *_ = brief_points(index, changed)
    assert first["number"] == wording.degrees(row["level_change"])
    assert first["interval"] == wording.interval(row["lower"], row["upper"])
    assert first["text"].startswith("Statements warmed at Shootdown (24 November 2015).")
    assert "the data cannot attribute it to one event" in first["text"]
    n = f"{row['n_before']} statements before and {row['n_after']} after"
    assert first["rests"] == f"{n}; adjusted for 2 tests."
    other = changed.episodes.change("spring-2014")
    assert second["number"] == "1 of 2"
    assert "cannot tell that tone changed: First." in second["text"]
    assert f"a change under {wording.number(other['mde'])} degrees" in second["rests"]
    assert named_episodes(changed) == ["shootdown-2015", "spring-2014"]


def test_page_one_says_that_nothing_stands_out(findings, index):
    first = brief_points(index, findings)[0]
    assert first["number"] == "2 of 2"
    assert "we cannot tell that tone changed: First and Shootdown." in first["text"]
    sizes = findings.episodes.direction()["mde"]
    assert wording.number(sizes.min()) in first["rests"]
    assert wording.number(sizes.max()) in first["rests"]
    assert first["rests"].startswith("169 statements;")


def test_episodes_that_were_not_tested_are_counted(findings, index):
    changed = with_verdicts(findings, spring_2014="refused")
    rows = changed.episodes.table
    rows.loc[rows["episode"].eq("spring-2014"), ["level_change", "mde", "p_adjusted"]] = np.nan
    first = brief_points(index, changed)[0]
    assert first["number"] == "1 of 1"
    assert first["rests"].endswith("1 more episode could not be tested.")
    rows.loc[:, ["level_change", "mde", "p_adjusted"]] = np.nan
    first = brief_points(index, changed)[0]
    assert first["text"].startswith("None of 2 episodes could be tested")


def test_episodes_of_one_window_are_told_together(findings, report, read, index):
    episodes = findings.episodes
    both = ["spring-2014", "shootdown-2015"]
    rows = episodes.table.copy()
    rows["overlaps"] = rows["episode"].map({both[0]: both[1], both[1]: both[0]})
    changed = with_verdicts(
        replace(findings, episodes=replace(episodes, table=rows)), shootdown_2015="warmed"
    )
    value, lower, upper = episodes.together(both)
    joint = f"{wording.degrees(value)} ({wording.interval(lower, upper)}) over both"
    told = brief_points(index, changed)[0]["text"]
    assert f", in one window with First, {joint}." in told
    change = wording.estimate(value, lower, upper, 0.95)
    text = read(report(findings=changed).path)
    assert f"Over both together the change is {change}." in text


def test_many_changes_leave_page_one_with_five_findings_on_one_page(
    findings, report, read_pages, index
):
    episodes = findings.episodes
    parts = [episodes.table, episodes.without_first_days]
    many = [
        pd.concat(
            [
                part.assign(
                    episode=part["episode"] + f"-{i}",
                    label=f"An episode with a rather long name of its own, number {i}",
                    overlaps="",
                    verdict="cooled" if i % 2 else "cannot tell",
                )
                for i in range(30)
            ]
        )
        for part in parts
    ]
    changed = replace(episodes, table=many[0], without_first_days=many[1])
    changed = replace(findings, episodes=changed, recovery={})
    points = brief_points(index, changed)
    assert len(points) == 5
    assert "At 28 more episodes a change stands out too." in points[1]["text"]
    path = report(
        findings=changed, sections=["brief"], notices=("EXAMPLE DATA", "A notice. " * 12)
    ).path
    (page,) = read_pages(path)
    text = page.replace("’", "'")
    assert "How sure are we?" in text
    assert "Degrees are not comparable across dyads" in text


def test_a_break_is_told_with_its_interval(findings, report, read):
    month = pd.Timestamp("2015-03-01")
    row = {
        "break_date": month, "lower": pd.Timestamp("2015-01-01"),
        "upper": pd.Timestamp("2015-06-01"), "direction": "bilateral", "level_before": 31.2,
        "level_after": 4.4, "level_change": -26.8, "change_lower": -40.1, "change_upper": -9.9,
        "n_before": 13, "n_after": 15, "episode": "shootdown-2015", "months_away": -8,
    }  # fmt: skip
    breaks = replace(findings.breaks, table=pd.DataFrame([row]), p=0.01, n_matched=1, chance=0.2)
    text = read(report(findings=replace(findings, breaks=breaks)).path)
    assert "The level changed lastingly from March 2015 on (95% interval of the date:" in text
    assert "January 2015 to June 2015). 28 observed months." in text
    cells = "March 2015 January 2015 to June 2015 +31 +4 −27 −40 to −10 13, 15 Shootdown"
    assert cells in text


def test_failed_fits_are_named(findings, report, read):
    rows = findings.robustness.table.copy()
    last = rows.index[-1]
    rows.loc[last, ["status", "reason"]] = ["failed", "no optimum was found"]
    failed = replace(findings, robustness=replace(findings.robustness, table=rows))
    text = read(report(findings=failed).path)
    assert "Fits that failed" in text
    assert "no optimum was found" in text


def test_of_many_episodes_those_that_show_a_change_get_a_paragraph(findings):
    episodes = findings.episodes
    one = episodes.direction().iloc[[0]]
    rows = pd.concat(
        [one.assign(episode=f"e{i:02d}", n_before=i, n_after=i) for i in range(20)],
        ignore_index=True,
    )
    rows.loc[2, "verdict"] = "cooled"
    chosen = told_in_full(replace(episodes, table=rows))
    assert len(chosen) == 15
    assert chosen == tuple(sorted(chosen))
    assert "e02" in chosen
    assert "e05" not in chosen
    assert told_in_full(episodes) == episodes.episodes


def test_texts_of_the_data_cannot_act_in_the_chapters(report, read, findings):
    hostile = "#panic(1) $x$ *bold* @ref"
    rows = findings.episodes.table.assign(label=hostile)
    moved = findings.moves.moves[0]
    moved = replace(moved, statements=moved.statements.assign(text=hostile, speaker=hostile))
    changed = replace(
        findings,
        episodes=replace(findings.episodes, table=rows),
        moves=replace(findings.moves, moves=(moved, *findings.moves.moves[1:])),
    )
    assert read(report(findings=changed).path).count(hostile) > 15


def test_the_pdf_is_the_same_every_time_and_stays_tagged(report, findings, tmp_path):
    first = report(findings=findings, path=tmp_path / "a.pdf")
    second = report(findings=findings, path=tmp_path / "b.pdf")
    assert first.path.read_bytes() == second.path.read_bytes()
    reader = PdfReader(first.path)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert first.n_boxed == 0


def test_a_table_breaks_over_pages_with_its_heads_repeated(report, findings, read_pages):
    episodes = findings.episodes
    parts = [episodes.table, findings.episodes.without_first_days]
    many = [
        pd.concat([part.assign(episode=part["episode"] + f"-{i}") for i in range(20)])
        for part in parts
    ]
    changed = replace(episodes, table=many[0], without_first_days=many[1])
    path = report(findings=replace(findings, episodes=changed, recovery={})).path
    headed = [page for page in read_pages(path) if "Smallest" in page and "Verdict" in page]
    assert len([page for page in headed if "cannot tell" in page]) >= 2


def test_a_width_is_told_as_the_template_reads_it():
    found = table("tab", "Sums", [("A", "l"), ("B", "r12"), ("C", "l*")], [])
    assert [column["width"] for column in found["columns"]] == ["", 12, "*"]
