from __future__ import annotations

import json
import re
import time

import numpy as np
import pandas as pd
import pytest

from detente.errors import BadArgumentError
from detente.statements import read_statements
from detente.tone import score_statements
from detente.validation import (
    coder_agreement,
    compare_scorers,
    describe_coders,
    is_in_sample,
    is_trained,
    known_groups,
    paired_differences,
    read_codings,
    validate_scorer,
)


class Fixed:
    """A scorer that was told the answer."""

    def __init__(self, name, tones, parameters=None):
        self.name = name
        self.parameters = parameters or {}
        self.tones = tones

    def score(self, texts, targets, sources=None):  # noqa: ARG002
        return np.array([self.tones.get(text, np.nan) for text in texts], dtype=np.float64)


@pytest.fixture(scope="module")
def bundled(repository):
    folder = repository / "data/russia-turkey"
    statements = read_statements(folder / "statements.csv")
    return score_statements(statements), read_codings(folder / "codings.csv")


@pytest.fixture(scope="module")
def vader(bundled):
    return validate_scorer(*bundled, scorer_name="vader", crisis=("2015-11-24", "2016-05"))


def made(n=240, seed=0, noise=0.3):
    """Return statements scored with noise, and codings of all of them."""
    rng = np.random.default_rng(seed)
    codes = rng.integers(-3, 4, n)
    scored = pd.DataFrame(
        {
            "id": [f"s{i:03d}" for i in range(n)],
            "date": pd.Timestamp("2015-01-15") + pd.to_timedelta(rng.integers(0, 1400, n), "D"),
            "source": np.where(np.arange(n) % 2, "RUS", "TUR"),
            "target": np.where(np.arange(n) % 2, "TUR", "RUS"),
            "topic": np.where(np.arange(n) % 3, "trade", "syria"),
            "text": [f"They spoke of matter number {i} in Ankara." for i in range(n)],
            "tone": np.clip(codes / 3 + rng.normal(0, noise, n), -1, 1),
            "tone_flag": "",
        }
    )
    codings = pd.DataFrame({"id": scored["id"], "coder": "A", "code": codes, "coder_type": "human"})
    return scored, codings


def estimates(result):
    return result.table.set_index("measure")["estimate"]


def test_plain_vader_on_the_bundled_study(vader):
    found = estimates(vader)
    assert found["pearson"] == pytest.approx(0.46, abs=0.02)
    assert found["macro_f1"] == pytest.approx(0.51, abs=0.02)
    assert vader.n == 529
    assert (vader.table["lower"] < found.to_numpy()).all()
    assert (found.to_numpy() < vader.table["upper"]).all()
    assert vader.confusion.to_numpy().sum() == 529
    d = vader.known_groups.table.set_index("measure")["d"]
    assert d["codings"] == pytest.approx(1.6, abs=0.2)
    assert d["scores on all statements"] == pytest.approx(0.43, abs=0.05)


def test_machine_codings_are_never_called_more_than_that(vader, bundled):
    words = f"{vader.sentence} {vader.assumptions} {vader._repr_html_()}".lower()
    assert describe_coders(bundled[1]) in words
    for word in ("expert", "ceiling", "ground truth", "human reader"):
        assert word not in words


def test_a_thousand_replicates_take_a_second_or_two(bundled):
    start = time.perf_counter()
    validate_scorer(*bundled, scorer_name="vader", n_boot=1000)
    assert time.perf_counter() - start < 6


def test_a_perfect_scorer_is_perfect():
    scored, codings = made(noise=0)
    result = validate_scorer(scored, codings, scorer_name="oracle")
    assert estimates(result).to_dict() == pytest.approx(
        {
            "pearson": 1,
            "spearman": 1,
            "macro_f1": 1,
            "mean_absolute_error": 0,
            "slope": 1,
            "intercept": 0,
            "slope_quarterly": 1,
        },
        abs=1e-9,
    )
    assert np.allclose(result.by_group["bias"], 0)
    assert result.by_code["code"].tolist() == [-3, -2, -1, 0, 1, 2, 3]
    assert np.trace(result.confusion.to_numpy()) == 240


def test_bias_is_found_in_the_group_that_has_it():
    scored, codings = made(n=600, noise=0.05)
    is_syria = scored["topic"] == "syria"
    scored["tone"] = (scored["tone"] * 0.5 + np.where(is_syria, 0.3, 0)).clip(-1, 1)
    codings = codings.assign(code=(codings["code"] * 0.5).round().astype(int))
    rows = validate_scorer(scored, codings, scorer_name="x").by_group
    topics = rows[rows["grouping"] == "topic"].set_index("group")
    assert topics.loc["syria", "lower"] > 0.2
    assert topics.loc["trade", "lower"] < 0 < topics.loc["trade", "upper"]
    assert set(rows["grouping"]) == {"all", "direction", "topic", "year"}
    total = rows[rows["grouping"] == "all"].iloc[0]
    assert total["bias"] == pytest.approx((topics["bias"] * topics["n"]).sum() / 600)


def test_implicit_targets_stand_apart():
    scored, codings = made()
    scored.loc[:39, "tone_flag"] = "implicit_target"
    rows = validate_scorer(scored, codings, scorer_name="x").by_group
    found = rows[rows["grouping"] == "target_mention"].set_index("group")["n"]
    assert found.to_dict() == {"implicit target": 40, "named": 200}


def test_what_has_no_tone_is_left_out_and_counted():
    scored, codings = made()
    scored.loc[:9, "tone"] = np.nan
    more = pd.concat([codings, codings.head(1).assign(id="nobody")])
    result = validate_scorer(scored, more, scorer_name="x")
    assert (result.n, result.n_without_tone, result.n_unmatched) == (230, 10, 1)
    assert "10 coded statements without tone" in result.sentence
    assert "1 coded id that no statement has" in result.sentence
    assert set(result.pairs["id"]).isdisjoint(scored["id"].head(10))


def test_a_clear_gain_is_told_and_a_vague_one_is_not():
    scored, codings = made(noise=0.2)
    rng = np.random.default_rng(1)
    worse = scored.assign(tone=rng.permutation(scored["tone"].to_numpy()))
    clear = validate_scorer(scored, codings, scorer_name="new", baseline=worse)
    assert "Pearson's r: higher by" in clear.sentence
    assert (clear.differences["lower"] > 0).all()
    noise = rng.normal(0, 0.2, 240)
    like = scored.assign(tone=(codings["code"] / 3 + noise).clip(-1, 1))
    vague = validate_scorer(scored, codings, scorer_name="new", baseline=like)
    assert "Pearson's r: we cannot tell (difference" in vague.sentence


def test_a_baseline_with_gaps_is_compared_on_what_both_scored():
    scored, codings = made()
    gaps = scored.assign(tone=scored["tone"].where(np.arange(240) >= 40)).head(200)
    result = validate_scorer(scored, codings, scorer_name="new", baseline=gaps, baseline_name="old")
    assert set(result.differences["n"]) == {160}
    assert result.differences["difference"].tolist() == [0, 0]
    assert result.baseline_table["n"].max() == 160
    assert result.n == 240
    assert "Against 'old' on the same statements" in result.sentence
    with pytest.raises(BadArgumentError, match="no coded statement a tone"):
        validate_scorer(scored, codings, scorer_name="new", baseline=gaps.assign(tone=np.nan))
    with pytest.raises(BadArgumentError, match="'tone'"):
        validate_scorer(scored, codings, scorer_name="new", baseline=gaps[["id"]])


def test_few_months_give_estimates_without_intervals():
    scored, codings = made(n=40)
    result = validate_scorer(
        scored.assign(date=pd.Timestamp("2015-11-24")), codings, scorer_name="x"
    )
    assert result.table["lower"].isna().all()
    assert result.table.set_index("measure").loc["pearson", "estimate"] > 0.5
    assert "no interval: too few months" in result.sentence
    assert "we cannot tell (no interval)" in result.sentence
    json.dumps(result.to_dict(), allow_nan=False)


def test_a_slope_of_few_quarters_is_a_dash_with_its_reason():
    scored, codings = made(n=40, noise=0.6)
    for n_quarters, told in [(7, False), (8, True)]:
        days = pd.Timestamp("2015-02-01") + pd.to_timedelta(np.arange(40) % n_quarters * 91, "D")
        result = validate_scorer(scored.assign(date=days), codings, scorer_name="x")
        row = result.table.set_index("measure").loc["slope_quarterly"]
        assert row["n"] == n_quarters
        assert (row["reason"] == "too_few_quarters") is not told
        assert np.isfinite(row["estimate"]) == told
        shown = result.estimate("slope_quarterly")
        assert (shown == "– (too few quarters)") is not told
        assert ("fewer than 8 quarters have codings" in result.dashes) is not told
        slope = result.to_dict()["table"][-1]
        assert (slope["estimate"] is None) is not told
        # What has bounds is told from few, too.
        assert "(" in result.estimate("pearson")


def test_no_slope_is_told_that_rests_on_draws_of_scores_alike():
    scored, codings = made(n=60)
    # Scores differ in one month alone: without it there is nothing to divide by.
    months = np.arange(60) % 10
    scored = scored.assign(
        date=pd.Timestamp("2015-01-05") + pd.to_timedelta(months * 92, "D"),
        tone=np.where(months == 0, scored["tone"], 0.01 * scored["tone"]),
    )
    result = validate_scorer(scored, codings, scorer_name="x")
    table = result.table.set_index("measure")
    for measure in ("slope", "intercept", "slope_quarterly"):
        assert table.loc[measure, "reason"] == "too_little_spread"
        assert result.estimate(measure) == "– (too little spread)"
    assert "scores or codings are nearly all alike" in result.dashes
    assert "slope of codes on scores – (too little spread)" in result.sentence
    assert table.loc["mean_absolute_error", "reason"] == ""
    json.dumps(result.to_dict(), allow_nan=False)


def test_intervals_of_slopes_are_never_absurd():
    for seed in range(25):
        scored, codings = made(n=40, seed=seed, noise=0.8)
        result = validate_scorer(scored, codings, scorer_name="x", n_boot=200, seed=seed)
        rows = result.table[result.table["measure"].str.startswith("slope")]
        assert not (rows["upper"] - rows["lower"]).gt(10).any()


def test_a_column_that_nobody_filled_makes_no_group():
    scored, codings = made(n=40)
    empty = scored.assign(topic=pd.Series(pd.NA, index=scored.index, dtype="str"))
    result = validate_scorer(empty, codings, scorer_name="x", n_boot=50)
    assert "topic" not in set(result.by_group["grouping"])
    some = validate_scorer(
        scored.assign(topic=scored["topic"].where(scored["topic"] == "trade")),
        codings,
        scorer_name="x",
        n_boot=50,
    ).by_group
    assert set(some.loc[some["grouping"] == "topic", "group"]) == {"trade", "not given"}


def test_who_coded_is_told_without_brackets_in_brackets():
    scored, codings = made(n=40)
    codings = codings.assign(coder_type="machine")
    result = validate_scorer(scored, codings, scorer_name="x", n_boot=50)
    once, alike = coder_agreement(codings), coder_agreement(codings.assign(code=1))
    double = pd.concat([codings.assign(code=1, coder=name) for name in "AB"])
    for text in (
        *result.assumptions,
        once.sentence,
        alike.sentence,
        coder_agreement(double).sentence,
    ):
        assert not re.search(r"\([^)]*\(", text), text
    assert "agreement with these alone: one machine coding" in " ".join(result.assumptions)


def test_in_sample_figures_are_not_called_a_validation():
    scored, codings = made()
    result = validate_scorer(scored, codings, scorer_name="fitted", in_sample=True)
    shown = [result.title, result.sentence, " ".join(result.assumptions), result._repr_html_()]
    for text in shown:
        assert "in-sample" in text.lower()
        assert "valid" not in text.lower()
    assert result.to_dict()["parameters"]["fitted"] == "in_sample"
    assert "Validation" in validate_scorer(scored, codings, scorer_name="x").title
    assert is_in_sample(Fixed("f", {}, {"trained_on": "codings"}))
    assert not is_in_sample(Fixed("f", {}, {"trained_on": "codings", "out_of_fold": True}))
    assert not is_in_sample("vader")
    assert [is_trained(name) for name in ("vader", "target", "calibrated")] == [False, False, True]


OUT_OF_FOLD = '[{"start":0,"end":0,"entry":"out of fold","valence":0.1,"factor":1.0}]'


def test_out_of_fold_figures_say_so_wherever_they_stand():
    scored, codings = made()
    result = validate_scorer(scored.assign(trace=OUT_OF_FOLD), codings, scorer_name="x")
    assert (result.n_out_of_fold, result.fitted) == (240, "out_of_fold")
    assert result.title.endswith(", out-of-fold")
    assert result.sentence.startswith("The figures are out-of-fold: each statement is judged by")
    assert result.to_dict()["parameters"]["fitted"] == "out_of_fold"
    some = scored.assign(trace=np.where(np.arange(240) < 60, OUT_OF_FOLD, "[]"))
    partly = validate_scorer(some, codings, scorer_name="x")
    assert (partly.fitted, partly.standing) == ("partly_out_of_fold", "out-of-fold for 60 of 240")
    plain = validate_scorer(scored.assign(trace="[]"), codings, scorer_name="x")
    assert (plain.fitted, plain.standing, plain.basis) == ("no", "", "")
    assert "fold" not in plain.title + plain.sentence


@pytest.mark.parametrize("trace", [None, np.nan])
def test_without_a_trace_nobody_knows_whether_tones_are_out_of_fold(trace):
    scored, codings = made()
    frame = scored if trace is None else scored.assign(trace=trace)
    result = validate_scorer(frame, codings, scorer_name="x")
    assert (result.n_out_of_fold, result.fitted) == (None, "unknown")
    assert result.standing == "not known whether out-of-fold"
    assert result.title.endswith(", not known whether out-of-fold")
    assert result.to_dict()["parameters"]["fitted"] == "unknown"
    for text in (result.sentence, result.basis):
        assert "not known whether the scorer was trained on them" in text
    for known in (
        validate_scorer(frame, codings, scorer_name="x", trained=False),
        validate_scorer(frame, codings, scorer_name="vader"),
    ):
        assert (known.fitted, known.basis) == ("no", "")
        assert "not known" not in known.sentence
    fitted = validate_scorer(frame, codings, scorer_name="x", in_sample=True)
    assert fitted.fitted == "in_sample"


def test_the_note_on_the_model_says_of_which_statements_it_holds():
    scored, codings = made()
    all_of_them = validate_scorer(scored.assign(trace=OUT_OF_FOLD), codings, scorer_name="x")
    some = scored.assign(trace=np.where(np.arange(240) < 60, OUT_OF_FOLD, "[]"))
    partly = validate_scorer(some, codings, scorer_name="x")
    told = "judged by a model that saw no statement of the same year."
    assert all_of_them.basis == f"Out-of-fold: {told}"
    assert partly.basis == f"Where out-of-fold: {told}"


def test_a_lexicon_written_with_the_codings_in_view_is_told():
    scored, codings = made()
    frame = scored.assign(trace="[]")
    result = validate_scorer(frame, codings, scorer_name="x", written_with="codings of y")
    assert result.fitted == "no"
    assert "with the codings of y in view: agreement with these is flattered." in result.basis
    assert result.to_dict()["parameters"]["written_with"] == "codings of y"


def test_codes_or_scores_that_are_all_alike_give_no_slope_and_say_why():
    scored, codings = made(n=60)
    for frame, read in [
        (scored, codings.assign(code=1)),
        (scored.assign(tone=0.2), codings),
    ]:
        result = validate_scorer(frame, read, scorer_name="x")
        for measure in ("pearson", "slope", "intercept", "slope_quarterly"):
            assert result.estimate(measure).startswith("– (too ")
        assert "scores or codings are nearly all alike" in result.dashes
        assert "no value" not in result.sentence


def test_one_coding_is_told_without_figures_it_cannot_give():
    scored, codings = made(n=60)
    one = codings[codings["code"] > 1].head(1)
    result = validate_scorer(scored, one, scorer_name="x")
    assert result.estimate("pearson") == "– (too few months)"
    assert "fewer than 5 months have codings" in result.dashes
    assert "none coded cold, where 10 are wanted" in result.sentence
    assert "no value" not in result.sentence


def test_few_codings_are_told_with_what_is_wanted():
    scored, codings = made(n=400)
    kept = codings["code"].ne(0) | (np.cumsum(codings["code"] == 0) <= 9)
    for few, told in [
        (codings, ""),
        (codings[kept], "Few codings: 9 coded neutral, where 10 are wanted."),
        (codings.head(30), "Few codings: 30 statements, where 50 are wanted"),
    ]:
        result = validate_scorer(scored, few, scorer_name="x", n_boot=50)
        assert (told in result.sentence) if told else "Few codings" not in result.sentence


def test_every_two_scorers_are_paired_over_the_statements_of_both():
    scored, codings = made(noise=0.5)
    rng = np.random.default_rng(3)
    better = scored.assign(tone=np.clip(codings["code"] / 3 + rng.normal(0, 0.2, 240), -1, 1))
    better.loc[:11, "tone"] = np.nan
    # The rows of one scorer need not stand in the order of another's.
    frames = {"a": scored, "b": better.sample(frac=1, random_state=2), "c": scored}
    found = paired_differences(frames, codings)
    pairs = found[["scorer", "baseline"]].drop_duplicates().to_numpy().tolist()
    assert pairs == [["b", "a"], ["c", "a"], ["c", "b"]]
    rows = found.set_index(["scorer", "baseline", "measure"])
    both = slice(12, None)
    r = [
        np.corrcoef(codings["code"][both], frame["tone"][both])[0, 1] for frame in (better, scored)
    ]
    row = rows.loc[("b", "a", "pearson")]
    assert row["difference"] == pytest.approx(r[0] - r[1])
    assert (row["n"], rows.loc[("c", "a", "pearson"), "n"]) == (228, 240)
    assert row["lower"] > 0
    # Pairing: the same scorer against itself leaves nothing to chance.
    same = rows.loc[("c", "a", "macro_f1")]
    assert same[["difference", "lower", "upper"]].tolist() == [0, 0, 0]
    swapped = rows.loc[("c", "b", "pearson")]
    assert (swapped["difference"], swapped["lower"]) == pytest.approx(
        (-row["difference"], -row["upper"])
    )
    assert paired_differences({"a": scored}, codings).empty


@pytest.mark.parametrize("place", ["first", "second"])
def test_a_frame_that_cannot_be_paired_is_named(place):
    scored, codings = made(n=60)
    frames = {"first": scored, "second": scored}
    twice = frames | {place: pd.concat([scored, scored.head(1)])}
    with pytest.raises(BadArgumentError, match=f"'s000' stands twice .* by '{place}'"):
        paired_differences(twice, codings)
    with pytest.raises(BadArgumentError, match=f"by '{place}' have no column 'tone'"):
        paired_differences(frames | {place: scored.drop(columns="tone")}, codings)


def test_misses_come_worst_first_with_their_trace():
    scored, codings = made()
    scored["trace"] = "[]"
    misses = validate_scorer(scored, codings, scorer_name="x").misses
    assert misses["error"].abs().is_monotonic_decreasing
    assert misses["error"].to_numpy() == pytest.approx((misses["tone"] - misses["gold"]).to_numpy())
    assert len(misses) == 20
    assert "trace" in misses


def test_rarely_coded_statements_weigh_more():
    scored, codings = made(noise=0.1)
    rare = np.arange(240) < 60
    scored.loc[rare, "tone"] = -scored.loc[rare, "tone"]
    even = validate_scorer(scored, codings, scorer_name="x", n_boot=50)
    uneven = validate_scorer(
        scored, codings.assign(pi=np.where(rare, 0.1, 1.0)), scorer_name="x", n_boot=50
    )
    assert estimates(uneven)["pearson"] < estimates(even)["pearson"] - 0.3
    assert any("inverse of their chance" in text for text in uneven.assumptions)
    assert not any("inverse of their chance" in text for text in even.assumptions)


def test_the_same_seed_gives_the_same_numbers_and_no_frame_is_changed():
    scored, codings = made()
    before = scored.copy(), codings.copy()
    first, again = (validate_scorer(scored, codings, scorer_name="x", seed=4) for _ in range(2))
    assert json.dumps(first.to_dict(), allow_nan=False) == json.dumps(again.to_dict())
    pd.testing.assert_frame_equal(scored, before[0])
    pd.testing.assert_frame_equal(codings, before[1])
    shuffled = validate_scorer(
        scored.sample(frac=1, random_state=1), codings, scorer_name="x", seed=4
    )
    assert shuffled.table["lower"].to_numpy() == pytest.approx(first.table["lower"].to_numpy())


def test_bad_input_is_refused_with_the_reason():
    scored, codings = made()
    for frame, message in [
        (scored.drop(columns="tone"), "no column 'tone'"),
        (pd.concat([scored, scored.head(1)]), "stands twice"),
        (scored.assign(id="x" + scored["id"]), "None of the 240"),
        (scored.assign(tone=np.nan), "None of the 240"),
        (scored.assign(tone=scored["tone"] * 9), "outside"),
        (scored.assign(date=pd.NaT), "without a date"),
    ]:
        with pytest.raises(BadArgumentError, match=message):
            validate_scorer(frame, codings, scorer_name="x")
    with pytest.raises(BadArgumentError, match="same name"):
        validate_scorer(scored, codings, scorer_name="vader", baseline=scored)
    with pytest.raises(BadArgumentError, match="n_boot"):
        validate_scorer(scored, codings, scorer_name="x", n_boot=1)


def test_scorers_are_compared_on_the_same_statements():
    scored, codings = made(noise=0.3)
    tones = dict(zip(scored["text"], scored["tone"], strict=True))
    truth = dict(zip(scored["text"], codings["code"] / 3, strict=True))
    gaps = {text: tone for text, tone in truth.items() if not text.endswith("7 in Ankara.")}
    result = compare_scorers(
        scored, codings, (Fixed("noisy", tones), Fixed("oracle", gaps, {"trained_on": "x"}))
    )
    assert result.scorers == ("vader", "noisy", "oracle")
    assert set(result.table["n"].unique()) == {216, 16}
    assert (result.n_left_out, result.without_tone["oracle"]) == (24, 24)
    assert result.wide.loc["oracle", "pearson"] == pytest.approx(1)
    rows = result.differences.set_index(["scorer", "measure"])
    assert rows.loc[("noisy", "pearson"), "lower"] > 0
    wide = result.wide["pearson"]
    assert rows.loc[("noisy", "pearson"), "difference"] == pytest.approx(
        wide["noisy"] - wide["vader"], nan_ok=True
    )
    assert result.in_sample == ("oracle",)
    assert "'oracle' (in-sample: fitted to codings)" in result.sentence
    json.dumps(result.to_dict(), allow_nan=False)


def test_compared_scorers_are_told_in_the_words_of_a_validation(bundled):
    statements, codings = bundled
    coded = statements[statements["id"].isin(codings["id"])]
    # Some statements the model was trained on, and some that it has never seen.
    known = coded[coded["date"].dt.year.isin((2015, 2017))].head(40)
    new = known.head(9).assign(
        id=[f"new{i}" for i in range(9)], text=[f"Thanks for gift {i}." for i in range(9)]
    )
    frame = pd.concat([known, new], ignore_index=True).drop(columns=["tone", "tone_flag"])
    codes = pd.DataFrame({"id": new["id"], "coder": "new", "code": 1, "coder_type": "human"})
    old = codings[codings["id"].isin(known["id"])]
    fixed = {text: 0.1 for text in frame["text"]}
    silent = Fixed("silent", fixed, {"trained_on": "x", "out_of_fold": True})
    chosen = ("calibrated", silent, Fixed("plain", fixed))
    partly = compare_scorers(frame, pd.concat([old, codes.assign(pi=1.0)]), chosen, n_boot=50)
    wholly = compare_scorers(frame, old, ("calibrated",), n_boot=50)

    def fitted(result):
        return result.table.drop_duplicates("scorer").set_index("scorer")["fitted"].to_dict()

    assert fitted(partly) == {
        **{"vader": "no", "calibrated": "partly_out_of_fold", "silent": "unknown", "plain": "no"}
    }
    assert partly.n_out_of_fold == {"vader": 0, "calibrated": 40, "silent": None, "plain": 0}
    assert "'calibrated' (out-of-fold for 40 of 49)" in partly.sentence
    assert fitted(wholly) == {"vader": "no", "calibrated": "out_of_fold"}
    assert "'calibrated' (out-of-fold)" in wholly.sentence
    written = wholly.table.drop_duplicates("scorer").set_index("scorer")["written_with"]
    assert written["vader"] == ""
    assert "russia-turkey" in written["calibrated"]
    (basis,) = [text for text in wholly.assumptions if text.startswith("'calibrated': ")]
    assert "agreement with these is flattered" in basis
    json.dumps(partly.to_dict(), allow_nan=False)


def test_comparison_refuses_what_it_cannot_compare():
    scored, codings = made()
    with pytest.raises(BadArgumentError, match="sequence"):
        compare_scorers(scored, codings, "vader")
    with pytest.raises(BadArgumentError, match="same name"):
        compare_scorers(scored, codings, ("vader", "vader"))
    with pytest.raises(BadArgumentError):
        compare_scorers(scored, codings, ("vaderr",))


def test_known_groups_by_hand():
    # Calm .4, .2 (mean .3), crisis -.5, -.3 (mean -.4); pooled variance .02.
    scored = pd.DataFrame(
        {
            "date": pd.to_datetime(
                ["2015-10-01", "2017-05-31", "2015-11-24", "2016-05-31", "2017-06-01", "2014-11-23"]
            ),
            "tone": [0.4, 0.2, -0.5, -0.3, -1, -1],
        }
    )
    result = known_groups(scored, ("2015-11-24", "2016-05"))
    row = result.table.iloc[0]
    assert row["d"] == pytest.approx(0.7 / np.sqrt(0.02))
    assert (row["n_crisis"], row["n_calm"]) == (2, 2)
    assert np.isnan(row["lower"])
    assert "24 November 2015 to 31 May 2016" in result.sentence
    assert "too few months" in result.sentence


def test_known_groups_refuses_a_period_without_statements_or_in_reverse():
    scored, codings = made()
    with pytest.raises(BadArgumentError, match="crisis has 0 statements"):
        known_groups(scored, ("1999-01", "1999-02"), codings)
    with pytest.raises(BadArgumentError, match="back to"):
        known_groups(scored, ("2016-05", "2015-11"))
    with pytest.raises(BadArgumentError, match="first and a last"):
        known_groups(scored, "2016-05")
    with pytest.raises(BadArgumentError, match="'id'"):
        known_groups(scored.drop(columns="id"), ("2015-11", "2016-05"), codings)
