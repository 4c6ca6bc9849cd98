"""What the report says: the numbers of the tables, in words that cannot contradict them."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from detente import wording
from detente.errors import BadArgumentError
from detente.index import level_difference, mean_level, monthly_index
from detente.report import About, method
from detente.report.listings import events_listing
from detente.report.versions import versions
from detente.study.notices import study_notices

FORBIDDEN = re.compile(
    r"(?i:\b(?:in)?effect\w*|\bimpact\w*|\bcaus[ae]\w*)|\bn[au]ll?n?\b|\bNaN\b|\bNone\b"
)
MINUS_ZERO = re.compile(r"(?<![\w/.-])[-−]0(\.0+)?(?![\d.])")


def steady(tone: float, n_months: int = 24, per_month: int = 30) -> pd.DataFrame:
    """Many statements a month around one tone, so that months may be ranked."""
    random = np.random.default_rng(3)
    rows = []
    for i, month in enumerate(pd.date_range("2020-01-01", periods=n_months, freq="MS", unit="us")):
        for source, target in (("RUS", "TUR"), ("TUR", "RUS")):
            for k in range(per_month):
                value = tone + (0.4 if i >= 12 else 0) + random.normal(0, 0.05)
                rows.append(
                    {
                        "date": month + pd.Timedelta(days=k % 28),
                        "source": source,
                        "target": target,
                        "speaker": f"Speaker {k}",
                        "text": f"Remark {k}.",
                        "tone": float(np.clip(value, -1, 1)),
                    }
                )
    return pd.DataFrame(rows)


def test_page_one_tells_the_level_that_the_index_has(plain_text, index):
    level = mean_level(index)
    text = plain_text
    assert wording.estimate(level.mean, level.lower, level.upper, level.confidence) in text
    n_both = index.coverage.n_both
    assert f"over all {level.n_months} months; both sides spoke in {n_both} of them" in text


def test_page_one_of_monthly_means_tells_the_months_in_which_both_spoke(report, read, scored):
    index = monthly_index(scored, method="means")
    level = mean_level(index)
    text = read(report(index=index).path)
    assert wording.estimate(level.mean, level.lower, level.upper, level.confidence) in text
    n_both = index.coverage.n_both
    assert f"over the {n_both} of {level.n_months} months in which both sides spoke" in text


def test_table_of_months_has_every_number_of_the_index(plain_text, index):
    for name in (*index.dyad.directions, "bilateral"):
        rows = index.direction(name)
        assert rows["index"].notna().all()
        for row in rows.itertuples():
            value = wording.degrees(row[rows.columns.get_loc("index") + 1])
            raw = wording.degrees(row.raw) if pd.notna(row.raw) else "–"
            cells = f"{wording.interval(row.lower, row.upper)} {raw} {row.n_statements}"
            assert f" {value} {cells} " in plain_text or f" ({value}) {cells} " in plain_text


def test_empty_months_are_bridged_by_the_index_and_have_no_raw_mean(plain_text):
    text = plain_text
    assert "1 of 30 months has no statement at all and counts as missing, not as zero" in text
    assert "the smoothed index bridges it with a wider interval" in text
    bridged = r"\([+−]?\d+\) \S+ to \S+ – 0"
    assert re.search(rf"May 2014 {bridged} {bridged} {bridged}", text)
    # One side alone has no raw mean of both.
    assert re.search(r"July 2014 .{20,100} – 0 \(?[+−]?\d+\)? \S+ to \S+ – 3 August", text)
    assert "never filled in" not in text


def test_the_words_of_a_smoothed_index_are_those_of_its_fit(plain_text, index):
    text = plain_text
    assert f"\N{GREEK SMALL LETTER PHI} is {wording.number(index.state.persistence, 2)}" in text
    assert index.sides_sentence in text
    assert f"{wording.number(index.noise.statement)} degrees squared for the statement" in text
    assert "no turn should be dated from it" in text
    assert "Newey-West" not in text
    for name, value in method.parameters(index).items():
        assert f"{name} {value}" in text


def test_a_local_level_has_neither_a_persistence_nor_a_level(report, read, scored):
    index = monthly_index(scored, model="local_level")
    text = read(report(index=index).path)
    assert "It has no level to return to" in text
    assert "Persistence" not in text
    assert "(degrees) no value" not in text
    assert "local level" in text


@pytest.mark.parametrize("weights", ["office", "day", "none"])
def test_each_weighting_is_told(report, read, scored, weights):
    told = {
        "office": "An office (head of state, minister, spokesperson and so on) has weight one",
        "day": "A day on which a side spoke has weight one",
        "none": "Each statement has weight one",
    }
    assert told[weights] in read(report(index=monthly_index(scored, weights=weights)).path)


def test_empty_months_of_monthly_means_are_said_to_be_empty_not_zero(report, read, scored):
    text = read(report(index=monthly_index(scored, method="means")).path)
    assert "1 of 30 months has no statement at all and counts as missing, not as zero." in text
    assert "It is never zero and never filled in" in text
    assert "May 2014 no statements no statements no statements" in text
    assert "smoothed" not in text
    assert re.search(r"July 2014 \(?[+−]?\d+\)? \S+ to \S+ 3 no statements one side only", text)


def test_a_clear_change_is_told_with_its_interval(report, read):
    statements = steady(0.1)
    index = monthly_index(statements)
    found = level_difference(index)
    text = read(report(statements=statements, index=index).path)
    assert found.lower > 0
    told = wording.difference(found.difference, found.lower, found.upper, found.confidence)
    assert told.startswith("was ")
    assert told in text
    assert "We cannot tell whether relations" not in text


def test_no_clear_change_is_told_as_such(report, read, scored):
    few = scored.assign(tone=np.random.default_rng(1).uniform(-0.9, 0.9, len(scored)))
    index = monthly_index(few)
    found = level_difference(index)
    assert found.lower <= 0 <= found.upper
    text = read(report(statements=few, index=index).path)
    assert "We cannot tell whether relations became warmer or colder" in text
    told = wording.difference(found.difference, found.lower, found.upper, found.confidence)
    assert f"{told}." in text


def test_well_observed_months_are_ranked(report, read):
    statements = steady(0.1)
    index = monthly_index(statements)
    ranked = index.ranked()
    text = read(report(statements=statements, index=index).path)
    coldest, warmest = (wording.month_name(ranked["month"].iloc[i]) for i in (0, -1))
    assert f"Warmest months {warmest} " in text
    assert f"Coldest months {coldest} " in text


def test_without_enough_months_no_month_is_called_warmest(report, read, scored):
    few = scored.groupby(["source", scored["date"].dt.to_period("M")]).head(1)
    index = monthly_index(few)
    assert index.ranked().empty
    text = read(report(statements=few, index=index).path)
    assert "We cannot tell which months were warmest or coldest" in text
    assert "Warmest months" not in text


def test_ranking_of_a_minority_does_not_name_the_warmest(report, read, scored):
    # Only one month has many statements, as in a crisis.
    busy = steady(-0.5, n_months=1).assign(
        date=lambda frame: frame["date"] - pd.DateOffset(years=5, months=1)
    )
    some = pd.concat([scored.groupby(["source", scored["date"].dt.to_period("M")]).head(1), busy])
    text = read(report(statements=some).path)
    assert len(monthly_index(some).ranked()) == 1
    assert "We cannot tell which months of the period were warmest or coldest: only 1 of" in text
    assert "December 2014" in text


def test_words_of_the_report_claim_no_more_than_it_shows(plain_text):
    text = plain_text
    assert FORBIDDEN.findall(text) == []
    assert MINUS_ZERO.findall(text) == []
    assert "uncorrected machine score" in text
    assert "not comparable across dyads" in text
    assert "How the rows were chosen is not stated" in text
    assert "neither the scorer's error nor the choice of statements" in text.replace("’", "'")


def test_counts_of_rows_left_out_are_printed(report, read, scored):
    scored.loc[[0, 5], "tone"] = np.nan
    scored.loc[[0, 5], "tone_flag"] = "not_english"
    text = read(report(statements=scored, about=About(n_rejected=3, n_set_aside=0)).path)
    assert "2 statements could not be scored" in text
    assert "Set aside: 3 bad rows and no rows of another dyad" in text
    assert "(not english: 2)" in text


def test_sample_is_described_with_its_counts(plain_text, scored):
    text = plain_text
    n = len(scored)
    assert f"{(scored['source'] == 'RUS').sum()} statements of Russia" in text
    n_inferred = int((scored["dating"] == "inferred").sum())
    assert (
        f"The day of {n_inferred} statements ({wording.share(n_inferred / n)}) is inferred" in text
    )
    n_syria = int((scored["topic"] == "syria").sum())
    assert re.search(rf"Syria \d+ \d+ {n_syria}\b", text)


def test_share_near_events_counts_days_from_the_first_day_on(plain_text, scored, events):
    def is_near(day: pd.Timestamp) -> bool:
        return any(0 <= (day - first).days <= 3 for first in events["date"])

    days = pd.date_range("2014-01-01", "2016-06-30")
    own, chance = (
        wording.share(np.mean([is_near(day) for day in x])) for x in (scored["date"], days)
    )
    n = sum(is_near(day) for day in scored["date"])
    told = f"{n} of {len(scored)} ({own}) lie within 3 days after the first day of a listed event"
    assert f"{told}; {chance} of all days of the period do." in plain_text


def test_episodes_show_the_statements_around_them(plain_text, scored):
    text = plain_text
    before = scored["date"].between("2014-01-31", "2014-03-01").sum()
    after = scored["date"].between("2014-03-08", "2014-04-06").sum()
    assert re.search(rf"1 2–7 March 2014 First cooling act 2 {before} {after}\b", text)
    assert re.search(r"24 November 2015 Shootdown.{0,60} cooling act 2\b", text)


def test_extremes_are_the_warmest_and_coldest_statements(plain_text, scored):
    text = plain_text
    warmest = scored.loc[scored["tone"].idxmax()]
    coldest = scored.loc[scored["tone"].idxmin()]
    for row in (warmest, coldest):
        assert f"{wording.tone(row['tone'])} {row['speaker']}" in text
        assert row["text"] in text
    assert text.index(warmest["text"]) < text.index(coldest["text"])


def test_notices_stand_on_page_one_and_in_every_running_head(report, read_pages):
    result = report(notices=("EXAMPLE DATA", "3 bad rows set aside"))
    for text in read_pages(result.path):
        assert "EXAMPLE DATA" in text
        assert "3 bad rows set aside" in text


def test_a_long_notice_stands_once_in_full_and_is_short_in_the_running_head(report, read_pages):
    notices = study_notices(refused="both sides: fewer than 12 months of statements, and more")
    first, *others = read_pages(report(notices=notices).path)
    assert "and more); monthly means shown" in " ".join(first.split())
    for text in others:
        assert "Index by monthly means" in text
        assert "refused" not in text


def test_example_rows_are_told_even_when_the_caller_forgets(report, read, scored):
    scored.loc[3, "speaker"] = "Example Minister"
    assert "EXAMPLE DATA" in read(report(statements=scored).path)
    assert "EXAMPLE DATA" not in read(report().path)


def test_texts_of_the_study_are_printed(report, read):
    about = About(
        title="Moscow and Ankara",
        subtitle="How officials spoke",
        scorer="vader 3.3.2",
        scorer_note="It knows English words.",
        sources=("Public pages of both governments",),
        licence="CC BY 4.0",
        limits=("Rows are paraphrases.",),
        versions={"detente": "9.9"},
        digests={"statements.csv": "ab" * 32},
        how_to_cite="Cite it thus.",
    )
    text = read(report(about=about).path)
    for told in (
        "Moscow and Ankara", "How officials spoke", "vader 3.3.2", "It knows English words.",
        "Public pages of both governments", "CC BY 4.0", "Rows are paraphrases.", "9.9",
        "Cite it thus.",
    ):  # fmt: skip
        assert told in text
    assert "ab" * 32 in text.replace(" ", "")


def test_caller_keeps_frames_as_they_were(report, scored, events):
    before, listed = scored.copy(deep=True), events.copy(deep=True)
    report(statements=scored, events=events)
    pd.testing.assert_frame_equal(scored, before)
    pd.testing.assert_frame_equal(events, listed)


def test_rows_of_another_dyad_are_not_counted(report, read, scored):
    other = scored.head(40).assign(source="JPN", target="KOR", text="Elsewhere.", tone=-1.0)
    text = read(report(statements=pd.concat([scored, other], ignore_index=True)).path)
    assert "Elsewhere." not in text
    assert f"{len(scored)} statements with a tone" in text


def test_statements_of_another_dyad_alone_are_refused(report, scored):
    with pytest.raises(BadArgumentError, match="RUS-TUR"):
        report(index=monthly_index(scored), statements=scored.assign(source="JPN"))


@pytest.mark.parametrize("n_rows", [1, 7])
def test_a_handful_of_statements_makes_a_report(report, read, scored, n_rows):
    columns = ["date", "source", "target", "speaker", "text", "tone"]
    text = read(report(statements=scored.head(n_rows)[columns], events=None, figures=[]).path)
    assert f"{wording.count(n_rows, 'statement')} with a tone" in text
    assert "No event is listed" in text
    assert FORBIDDEN.findall(text) == []


def test_no_statement_with_a_tone_makes_a_report_that_says_so(report, read, scored):
    text = read(report(statements=scored.assign(tone=np.nan, tone_flag="empty")).path)
    assert "We cannot tell the level" in text
    assert "0 statements with a tone" in text
    assert FORBIDDEN.findall(text) == []


def test_only_headline_events_have_the_number_of_an_episode(events):
    events = events.assign(headline=[True, False, True, False], episode=events["episode"].iloc[0])
    rows = events_listing(events, {"spring-2014": 1})[0]["rows"]
    assert [row[-1] for row in rows] == ["1", "", "1", ""]


def test_sentences_and_names_of_the_data_keep_their_apostrophes(report, read, scored):
    scored = scored.assign(speaker="Miles O'Brien")
    about = About(limits=("One agency's texts dominate.",))
    text = read(report(statements=scored, about=about).path)
    assert "One agency's texts dominate." in text
    assert "Miles O'Brien speaks in" in text


def test_a_report_without_a_word_of_versions_names_those_of_a_run(report, read):
    text = read(report(about=None).path)
    for name, number in versions().items():
        assert f"{name} {number}" in text
    assert f"Report made with detente {versions()['detente']}," in text
