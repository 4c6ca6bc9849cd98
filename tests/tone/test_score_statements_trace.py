"""The column `trace`: the working of each tone beside it."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from detente.errors import BadArgumentError
from detente.tone import TONE_FLAGS, get_scorer, score_statements
from detente.tone.forms import DatedForms

COLD = "Lavrov called the decision of Turkey unacceptable and a stab in the back."
WARM = "Putin thanked Turkey, a reliable friend, and praised its good work."
KEYS = ["start", "end", "entry", "valence", "factor", "link"]


def frame_of(texts: list[str | None], **columns: object) -> pd.DataFrame:
    frame = pd.DataFrame({"text": pd.Series(texts, dtype=object)})
    frame["date"] = pd.Timestamp("2015-11-24")
    frame["source"] = "RUS"
    frame["target"] = "TUR"
    return frame.assign(**columns)


def sum_of(trace: str) -> float:
    return math.fsum(part["valence"] * part["factor"] for part in json.loads(trace))


@dataclass
class Part:
    start: int = 0
    end: int = 3
    entry: str = "bad"
    valence: float = -2.0
    factor: float = 0.25
    link: str = "target"


@dataclass
class Trace:
    parts: tuple[Part, ...] = (Part(),)
    unclipped: float = -0.5
    tone: float = -0.5
    flags: tuple[str, ...] = ()


class Tracing:
    """Give every text the same trace; to be asked for nothing else."""

    name = "tracing"
    parameters = {}  # noqa: RUF012

    def __init__(self, trace: object, n_traces: int | None = None) -> None:
        self.trace = trace
        self.n_traces = n_traces
        self.n_calls = 0

    def score(self, texts, targets, sources=None):  # noqa: ARG002 -- as the protocol
        raise AssertionError("scored twice")

    def trace_batch(self, texts, targets, sources=None):  # noqa: ARG002 -- as the protocol
        self.n_calls += 1
        return [self.trace] * (len(texts) if self.n_traces is None else self.n_traces)


def test_trace_is_compact_json_of_the_six_fields() -> None:
    scored = score_statements(frame_of([COLD]), "target")
    assert scored["trace"].dtype == "str"
    trace = scored["trace"].iloc[0]
    parts = json.loads(trace)
    assert len(parts) >= 2
    assert all(list(part) == KEYS for part in parts)
    assert all(COLD[p["start"] : p["end"]].strip() == COLD[p["start"] : p["end"]] for p in parts)
    assert "stab in the back" in [COLD[p["start"] : p["end"]] for p in parts]
    assert json.dumps(parts, separators=(",", ":")) == trace
    assert sum_of(trace) == pytest.approx(scored["tone"].iloc[0], abs=1e-9)


def test_trace_is_missing_where_there_is_no_tone_and_empty_where_nothing_was_found() -> None:
    texts = ["", "24-11", "Rusya bizim komşumuz ve dostumuzdur, bunu iyi biliyoruz.", None]
    scored = score_statements(frame_of([*texts, "Putin was in Ankara."]), "target")
    assert scored["trace"].isna().tolist() == [True] * 4 + [False]
    assert scored["trace"].iloc[-1] == "[]"
    assert scored["tone_flag"].iloc[-1] == "no_evaluative_words"


def test_rows_of_an_unknown_country_get_no_trace() -> None:
    scored = score_statements(frame_of([COLD, COLD], target=["TUR", "XXX"]), "target")
    assert scored["tone_flag"].tolist() == ["", "unknown_country"]
    assert scored["trace"].isna().tolist() == [False, True]


def test_vader_leaves_no_trace_of_its_own_or_of_another() -> None:
    traced = score_statements(frame_of([COLD]), "target")
    scored = score_statements(traced, "vader")
    assert "trace" not in scored
    assert "trace" in traced
    assert_frame_equal(scored, score_statements(frame_of([COLD]), "vader"))
    again = score_statements(scored, "target")
    assert_frame_equal(again, traced)
    assert_frame_equal(score_statements(traced, "target"), traced)


def test_empty_frame_gets_a_typed_trace() -> None:
    scored = score_statements(frame_of([]), "target")
    assert len(scored) == 0
    assert scored["trace"].dtype == "str"


def test_tones_are_those_of_score() -> None:
    texts = [COLD, WARM, "Putin was in Ankara.", "They are enemies.", COLD]
    frame = frame_of(texts)
    scored = score_statements(frame, "target")
    direct = get_scorer("target").score(
        texts,
        DatedForms(list(frame["target"]), list(frame["date"])),
        DatedForms(list(frame["source"]), list(frame["date"])),
    )
    np.testing.assert_allclose(scored["tone"], direct, rtol=0, atol=1e-9)


def test_bytes_are_the_same_alone_and_among_others() -> None:
    frame = frame_of([COLD, WARM, COLD + " " + WARM, "They are enemies."])
    together = score_statements(frame, "target")
    for i in range(len(frame)):
        alone = score_statements(frame.iloc[[i]], "target")
        assert_series_equal(alone["trace"], together["trace"].iloc[[i]])


WORDS = [*COLD.split(), *WARM.split(), "not", "denied", "if", "but", "He", "😂", "\n\n", "Турция"]


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join), max_size=3))
def test_parts_add_up_to_the_tone_before_clipping(texts: list[str]) -> None:
    scored = score_statements(frame_of(texts), "target")
    assert set(scored["tone_flag"]) <= set(TONE_FLAGS)
    for text, tone, flag, trace in scored[["text", "tone", "tone_flag", "trace"]].itertuples(
        index=False
    ):
        if math.isnan(tone):
            assert flag
            assert pd.isna(trace)
            continue
        assert tone == pytest.approx(min(1.0, max(-1.0, sum_of(trace))), abs=1e-9)
        parts = json.loads(trace)
        assert all(0 <= part["start"] < part["end"] <= len(text) for part in parts)
        has_weight = any(part["valence"] * part["factor"] for part in parts)
        assert has_weight or "no_evaluative_words" in flag
        assert parts or tone == 0


def test_tone_and_trace_are_asked_for_once() -> None:
    scorer = Tracing(Trace())
    scored = score_statements(frame_of(["It is bad.", "They are worse."]), scorer)
    assert scorer.n_calls == 1
    assert scored["tone"].tolist() == [-0.5, -0.5]
    assert scored["trace"].iloc[0] == (
        '[{"start":0,"end":3,"entry":"bad","valence":-2.0,"factor":0.25,"link":"target"}]'
    )


def test_sum_beyond_the_scale_is_clipped_and_its_parts_are_kept() -> None:
    trace = Trace(parts=(Part(factor=0.75),), unclipped=-1.5, tone=-1.0)
    scored = score_statements(frame_of(["It is bad."]), Tracing(trace))
    assert scored["tone"].tolist() == [-1.0]
    assert sum_of(scored["trace"].iloc[0]) == -1.5


def test_zero_without_parts_is_never_silent() -> None:
    scored = score_statements(frame_of(["It is bad."]), Tracing(Trace((), 0.0, 0.0)))
    assert scored["tone_flag"].tolist() == ["no_evaluative_words"]
    idle = Trace((Part(factor=0.0),), 0.0, 0.0)
    scored = score_statements(frame_of(["It is bad."]), Tracing(idle))
    assert scored["tone_flag"].tolist() == ["no_evaluative_words"]
    balanced = Trace((Part(), Part(valence=2.0)), 0.0, 0.0, ("implicit_target",))
    scored = score_statements(frame_of(["It is bad."]), Tracing(balanced))
    assert scored["tone_flag"].tolist() == ["implicit_target"]


def test_trace_without_a_tone_is_flagged() -> None:
    nothing = Trace((), math.nan, math.nan, ("whatever",))
    scored = score_statements(frame_of(["It is bad."]), Tracing(nothing))
    assert scored["tone_flag"].tolist() == ["no_tone"]
    assert scored["trace"].isna().all()


def test_negative_zero_and_numpy_numbers_are_written_plainly() -> None:
    part = Part(np.int64(0), np.int64(2), "a", np.float64(2.0), np.float64(-0.0))
    scored = score_statements(frame_of(["It is bad."]), Tracing(Trace((part,), -0.0, -0.0)))
    assert json.loads(scored["trace"].iloc[0])[0]["factor"] == 0
    assert "-0.0" not in scored["trace"].iloc[0]
    assert math.copysign(1, scored["tone"].iloc[0]) == 1


@pytest.mark.parametrize(
    ("trace", "message"),
    [
        (Trace(tone=-0.4), "not that sum clipped"),
        (Trace(unclipped=-1.5, tone=-1.5, parts=(Part(factor=0.75),)), "not that sum clipped"),
        (Trace(unclipped=-0.6, tone=-0.6), "parts add up to -0.5, not to -0.6"),
        (Trace(parts=(Part(end=99),)), "outside its text"),
        (Trace(parts=(Part(start=-1),)), "outside its text"),
        (Trace(parts=(Part(start=3, end=2),)), "outside its text"),
        (Trace(flags=("odd",)), "flag 'odd'"),
    ],
)
def test_broken_trace_is_told(trace: Trace, message: str) -> None:
    with pytest.raises(BadArgumentError, match=message) as caught:
        score_statements(frame_of(["It is bad."]), Tracing(trace))
    assert "'tracing'" in str(caught.value)


def test_too_few_traces_are_told() -> None:
    with pytest.raises(BadArgumentError, match="1 traces for 2 texts"):
        score_statements(frame_of(["It is bad.", "They are worse."]), Tracing(Trace(), 1))


LONG = "Lavrov said that the decision of Turkey is unacceptable. "
#: Text, and for each scorer whether it gets a tone and under which flag.
BAD_INPUT = {
    "empty": ("", {"vader": "empty", "target": "empty"}),
    "white space": (" \t\n\u00a0\u2003", {"vader": "empty", "target": "empty"}),
    "no letters": ("24-11-2015: 1, 2 !!!", {"vader": "no_letters", "target": "no_letters"}),
    "emoji alone": ("😀😀🇹🇷", {"vader": "no_letters", "target": "no_letters"}),
    "combining marks alone": ("\u0301\u0301", {"vader": "no_letters", "target": "no_letters"}),
    "100,000 characters": (LONG * 1755, {"vader": None, "target": ""}),
    "a word of 100,000 letters": ("a" * 100_000, {"vader": None, "target": None}),
    "100,000 characters without a stop": (
        "They said that Turkey is bad and that " * 2632,
        {"vader": "", "target": ""},
    ),
    "emoji": ("He said 😀 that Turkey 🇹🇷 is a good 👍🏽 friend.", {"vader": "", "target": ""}),
    "mixed scripts": (
        "He said that Турция is a good friend of ロシア and that Turkey knew this.",
        {"vader": "", "target": ""},
    ),
    "lone surrogates": (
        "He said that \ud800 Turkey is a good \udfff friend.",
        {"vader": "", "target": ""},
    ),
    "nul and direction marks": (
        "He said\x00 that \u202eTurkey\u202c is\u200b a good friend.",
        {"vader": "", "target": ""},
    ),
    "no mention of the target": (
        "They are good friends and reliable partners.",
        {"vader": "", "target": "implicit_target"},
    ),
    "no mention and no evaluative word": (
        "He will travel to the coast on Monday.",
        {
            "vader": "no_evaluative_words",
            "target": "implicit_target+no_evaluative_words",
        },
    ),
}


@pytest.mark.parametrize("scorer", ["vader", "target"])
@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_has_a_defined_result(case: str, scorer: str) -> None:
    text, flags = BAD_INPUT[case]
    scored = score_statements(frame_of([text]), scorer)
    tone, flag = scored["tone"].iloc[0], scored["tone_flag"].iloc[0]
    assert flag in TONE_FLAGS
    if flags[scorer] is not None:
        assert flag == flags[scorer]
    assert math.isnan(tone) == TONE_FLAGS[flag].startswith("not scored")
    assert math.isnan(tone) or -1 <= tone <= 1
    assert tone != 0 or flag or (scorer == "target" and scored["trace"].iloc[0] != "[]")


@pytest.mark.parametrize("scorer", ["vader", "target"])
@pytest.mark.parametrize("case", BAD_INPUT)
@pytest.mark.parametrize("forms", [(), ("Zembla",), ("Turkey", "Ankara")])
def test_bad_input_of_a_scorer_is_defined(case: str, scorer: str, forms: tuple[str, ...]) -> None:
    text, flags = BAD_INPUT[case]
    (tone,) = get_scorer(scorer).score([text], [forms], [()])
    if flags[scorer] in ("empty", "no_letters") and scorer == "target":
        assert math.isnan(tone)
    else:
        assert math.isnan(tone) or -1 <= tone <= 1
    (without,) = get_scorer(scorer).score([text], [forms])
    assert math.isnan(without) == math.isnan(tone)


def test_target_of_no_known_name_is_implicit() -> None:
    trace = get_scorer("target").explain(WARM, ())
    assert "implicit_target" in trace.flags
    assert trace.tone > 0.25


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.integers(0, 8), max_size=25), st.integers(1, 6))
def test_rows_alike_have_the_trace_of_each_row_alone(chosen: list[int], step: int) -> None:
    texts = [COLD, WARM, "", None, "24-11 !", *(f"{WARM} It was item {n}." for n in range(4))]
    frame = frame_of([texts[number] for number in chosen])
    alone = pd.concat([score_statements(frame.iloc[[row]], "target") for row in range(len(frame))]
                      or [score_statements(frame, "target")])  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("detente.tone.score.CHUNK_ROWS", step)
        assert_frame_equal(score_statements(frame, "target"), alone)
