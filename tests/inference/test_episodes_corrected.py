"""Changes at episodes from tones that codings correct."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from detente.countries import Dyad
from detente.errors import BadArgumentError
from detente.inference import estimate_episodes
from detente.inference.covariance import Cells, Ratios
from detente.inference.reml import gls
from detente.inference.rows import Rows
from detente.inference.sampling import with_draw
from reference import steps as twin

STEP = -0.4
CUT = pd.Timestamp("2015-11-24")
EVENTS = twin.events(("2015-11-24", "turn", "act"))


#: Six statements on each of these days.
DAYS = pd.date_range("2012-01-01", "2019-12-31", periods=60).normalize()
DYAD = Dyad("RUS", "TUR")


def spoken(rng, days=DAYS, chance=0.5):
    """Draw tones, what a scorer makes of them, and which statements are coded, one by one.

    Weapons are talked of mostly after the turn, and the scorer takes them for trade: it hides
    the step.
    """
    day = days.repeat(6)
    weapons = rng.random(len(day)) < np.where(day < CUT, 0.1, 0.8)
    tone = np.clip(0.2 + STEP * (day >= CUT) + rng.normal(0, 0.3, len(day)), -1, 1)
    seen = np.clip(tone + 0.5 * weapons + rng.normal(0, 0.1, len(day)), -1, 1)
    pi = np.where(weapons, chance, chance / 2)
    return day, tone, seen, pi, rng.random(len(day)) < pi


def archive(seed, days=DAYS):
    """The statements with the scorer's tones, codings of a sample, and of all of them."""
    rng = np.random.default_rng(seed)
    day, tone, seen, pi, is_coded = spoken(rng, days)
    source = np.resize(["RUS", "TUR"], len(day))
    scored = pd.DataFrame(
        {
            "id": [f"s{i}" for i in range(len(day))],
            "date": day,
            "source": source,
            "target": np.where(source == "RUS", "TUR", "RUS"),
            "speaker": "A",
            "tone": seen,
        }
    )
    codings = pd.DataFrame({"id": scored["id"], "code": 3 * tone, "pi": pi})
    return scored, codings[is_coded].reset_index(drop=True), codings


def test_correction_finds_the_step_that_the_scorer_hides():
    scored, codings, _ = archive(4)
    before = scored.copy(), codings.copy()
    result = estimate_episodes(scored, EVENTS, corrected=codings, n_placebo=99)
    plain, corrected = result.change("turn"), result.corrected.change("turn")
    assert plain["lower"] > 100 * STEP
    assert corrected["lower"] < 100 * STEP < corrected["upper"]
    assert corrected["verdict"] == "cooled"
    assert corrected["p_placebo"] <= 0.05
    assert corrected["upper"] - corrected["lower"] > plain["upper"] - plain["lower"]
    pd.testing.assert_frame_equal(scored, before[0])
    pd.testing.assert_frame_equal(codings, before[1])


def numbers(day):
    """Days as numbers, sides, and which are after the turn."""
    number = day.to_numpy("datetime64[D]").astype("int64")
    return number, np.arange(len(day)) % 2, (day >= CUT).astype(float)


def drawn_steps(n, **options):
    """Errors of the step and standard errors: uncorrected, one noise, and with the draw.

    All at one covariance, so that many draws take no time.
    """
    rng = np.random.default_rng(11)
    found = {"scorer": [], "one noise": [], "draw": []}
    for _ in range(n):
        day, tone, seen, pi, is_coded = spoken(rng, **options)
        number, side, _ = numbers(day)
        shift = is_coded / pi * (tone - seen)
        plain = Rows(number, side, seen)
        rows = Rows(number, side, seen + shift, (1 - pi) * shift**2)
        cells = rows.cells()
        slots = np.tile([0, 1], len(cells.days))
        after = np.repeat(cells.days, 2) >= np.datetime64(CUT, "D").astype("int64")
        x = np.column_stack([slots == 0, slots == 1, after]).astype(float)
        at = Ratios(drift=0.001, days=30, rho=0.5, day=0.001)
        common = gls(cells, x, at)
        fits = gls(plain.cells(), x, at), common, with_draw(common, cells, x, rows)
        for name, fit in zip(found, fits, strict=True):
            found[name].append((fit.coefficients[2] - STEP, fit.se[2]))
    return {name: np.array(pairs).T for name, pairs in found.items()}


def test_corrected_steps_are_unbiased_and_their_intervals_cover():
    found = drawn_steps(400)
    error, se = found["scorer"]
    assert error.mean() > 0.25
    assert np.mean(np.abs(error) < 1.96 * se) < 0.05
    error, se = found["draw"]
    assert abs(error.mean()) < 3 * error.std() / 20
    assert 0.93 <= np.mean(np.abs(error) < 1.96 * se) <= 0.97
    assert se.mean() == pytest.approx(error.std(), rel=0.1)


def test_one_noise_for_all_is_too_sure_where_the_scorer_errs_on_few_days():
    # Coding few of many statements, most of whose errors lie behind a turn near the end.
    late = pd.date_range("2014-01-01", "2016-03-31", periods=60).normalize()
    found = drawn_steps(400, days=late, chance=0.3)
    error, common = found["one noise"]
    draw = found["draw"][1]
    assert common.mean() < 0.88 * error.std()
    assert draw.mean() == pytest.approx(error.std(), rel=0.1)
    assert 0.92 <= np.mean(np.abs(error) < 1.96 * draw) <= 0.97


def test_weights_that_tell_coded_statements_apart_would_go_back_to_the_scorer():
    # Why there is no second noise for coded statements: their tones turn the scorer's error
    # round, and it is cancelled only where both kinds count alike.
    rng = np.random.default_rng(12)
    even, told_apart = [], []
    for _ in range(100):
        day, tone, seen, pi, is_coded = spoken(rng)
        _, side, after = numbers(day)
        x = np.column_stack([side == 0, side == 1, after]).astype(float)
        shift = is_coded / pi * (tone - seen)
        weight = 1 / np.where(is_coded, 0.1 + (shift[is_coded] ** 2).mean(), 0.1)
        for w, into in ((np.ones(len(day)), even), (weight, told_apart)):
            fit = np.linalg.lstsq(x * w[:, None] ** 0.5, (seen + shift) * w**0.5, None)
            into.append(fit[0][2] - STEP)
    assert abs(np.mean(even)) < 3 * np.std(even) / 10
    assert np.mean(told_apart) > 0.1


@pytest.mark.parametrize("seed", range(3))
def test_variance_of_the_draw_equals_dense_algebra(seed):
    rng = np.random.default_rng(seed)
    day, side = np.sort(rng.integers(0, 60, 50)), rng.integers(0, 2, 50)
    rows = Rows(day, side, rng.normal(0, 0.4, 50), rng.choice([0, 0.1, 0.8], 50) * 0.1)
    cells = Cells.of(rows.day, rows.side, rows.tone)
    slot_side, slot_day = np.tile([0, 1], len(cells.days)), np.repeat(cells.days, 2)
    filled = (cells.n > 0).ravel()
    columns = [filled & (slot_side == 0), filled & (slot_side == 1), filled & (slot_day >= 30)]
    at = Ratios(drift=0.5, days=20, rho=0.6, day=0.3)
    slots = np.column_stack(columns).astype(float)
    fit = gls(cells, slots, at)
    found = with_draw(fit, cells, slots, rows)
    x = np.column_stack([side == 0, side == 1, day >= 30]).astype(float)
    v = twin.covariance(day, side, at.drift, at.days, at.rho, at.day)
    weighed = np.linalg.solve(v, x)
    weights = np.linalg.solve(x.T @ weighed, weighed.T)
    uneven = rows.drawn - min(rows.drawn.mean(), fit.noise)
    expected = weights @ (fit.noise * v + np.diag(uneven)) @ weights.T
    np.testing.assert_allclose(found.covariance, expected, rtol=1e-6, atol=1e-12)
    np.testing.assert_array_equal(found.coefficients, fit.coefficients)


def test_what_the_draw_adds_is_right_on_average():
    scored, codings, every = archive(5)
    y, f, pi = every["code"].to_numpy() / 3, scored["tone"].to_numpy(), every["pi"].to_numpy()
    rows = Rows.of(scored.sample(frac=1, random_state=1), DYAD, codings)
    is_coded = scored["id"].isin(codings["id"]).to_numpy()
    np.testing.assert_allclose(np.sort(rows.tone), np.sort(f + is_coded / pi * (y - f)))
    assert (rows.drawn > 0).sum() == len(codings)
    # A statement is coded with chance pi, and else adds nothing.
    drawn = Rows.of(scored, DYAD, codings).drawn
    goal = (1 - pi) / pi * (y - f) ** 2
    np.testing.assert_allclose((pi * drawn)[is_coded], goal[is_coded], atol=1e-12)
    assert not drawn[~is_coded].any()


def test_an_archive_coded_throughout_gives_the_codes_and_no_more_noise():
    scored, _, every = archive(7)
    rows = Rows.of(scored, DYAD, every.assign(pi=1.0))
    gold = Rows.of(scored.assign(tone=every["code"].to_numpy() / 3), DYAD)
    np.testing.assert_allclose(rows.tone, gold.tone)
    assert not rows.drawn.any()
    cells = rows.cells()
    x = (cells.n > 0).reshape(-1, 1).astype(float)
    fit = gls(cells, x, Ratios(0.5, 20, 0.6, 0.3))
    assert with_draw(fit, cells, x, rows) is fit


def test_a_corrected_result_says_so_and_the_other_does_not():
    scored, codings, _ = archive(8)
    result = estimate_episodes(scored, EVENTS, corrected=codings, n_placebo=0)
    told = result.to_dict()
    json.dumps(told, allow_nan=False)
    assert "corrected by codings" in told["corrected"]["sentence"]
    assert "the errors of the scorer, not what coders" in told["corrected"]["assumptions"][-1]
    assert "corrected" not in told["sentence"]
    assert told["assumptions"][-1].endswith("errors of the scorer that change with the episodes.")
    assert result.corrected.corrected is None


@pytest.mark.parametrize(
    ("change", "match"),
    [
        (lambda rows: rows.drop(columns="pi"), "'pi'"),
        (lambda rows: rows.assign(pi=0.0), "pi=0.0"),
        (lambda rows: rows.assign(id="x" + rows["id"]), "None of .* is among the scored ones"),
    ],
)
def test_codings_that_cannot_correct_are_refused(change, match):
    scored, codings, _ = archive(9)
    with pytest.raises(BadArgumentError, match=match):
        Rows.of(scored, DYAD, change(codings))
