"""A frame of statements gets tone and flags."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from detente.errors import BadArgumentError
from detente.tone import CHUNK_ROWS, TONE_FLAGS, has_flag, score_statements
from detente.tone.forms import DatedForms

FRIENDLY = "Putin said that Turkey is a reliable friend and a good partner of Russia."
HOSTILE = "Putin called it a stab in the back by accomplices of terrorists."
PLAIN = "The minister said that he will travel to Ankara on Monday with a delegation."


def frame_of(texts: list[object], **columns: object) -> pd.DataFrame:
    """One statement a text, from Russia about Turkey, on the day of the shootdown."""
    try:
        column = pd.Series(texts, dtype="str")
    except (UnicodeEncodeError, TypeError, ValueError):  # lone surrogates, numbers
        column = pd.Series(texts, dtype=object)
    frame = pd.DataFrame({"text": column})
    frame["date"] = pd.Timestamp("2015-11-24")
    frame["source"] = "RUS"
    frame["target"] = "TUR"
    return frame.assign(**columns)


class Recorder:
    """Give every text 0.25 and keep what was asked."""

    name = "recorder"
    parameters = {}  # noqa: RUF012

    def __init__(self, tone: float = 0.25) -> None:
        self.tone = tone
        self.texts: list[str] = []
        self.targets: list[tuple[str, ...]] = []
        self.sources: list[tuple[str, ...]] = []

    def score(self, texts, targets, sources=None):
        self.texts += list(texts)
        self.targets += list(targets)
        self.sources += list(sources)
        return np.full(len(texts), self.tone)


class Returns:
    """Return a given thing, whatever was asked."""

    name = "returns"
    parameters = {}  # noqa: RUF012

    def __init__(self, result: object) -> None:
        self.result = result

    def score(self, texts, targets, sources=None):  # noqa: ARG002 -- as the protocol
        return self.result


def test_friendly_is_warm_and_hostile_is_cold() -> None:
    scored = score_statements(frame_of([FRIENDLY, HOSTILE]))
    assert scored["tone"].iloc[0] > 0.5 > -0.5 > scored["tone"].iloc[1]
    assert scored["tone"].dtype == np.float64
    assert scored["tone_flag"].dtype == "str"
    assert scored["tone_flag"].tolist() == ["", ""]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("", "empty"),
        (" \t\n\u00a0", "empty"),
        (None, "empty"),
        (float("nan"), "empty"),
        ("2015: 24-11 !!!", "no_letters"),
        ("😀😀", "no_letters"),
        ("\x00\x00", "no_letters"),
        ("Турция нанесла России удар в спину, сказал президент на встрече.", "not_english"),
        ("Rusya bizim komşumuz ve dostumuzdur, bunu herkes çok iyi biliyor.", "not_english"),
    ],
)
def test_what_cannot_be_scored_says_why(text: object, flag: str) -> None:
    scored = score_statements(frame_of([text, FRIENDLY]))
    assert np.isnan(scored["tone"].iloc[0])
    assert scored["tone"].iloc[1] > 0
    assert scored["tone_flag"].tolist() == [flag, ""]


def test_zero_is_never_silent() -> None:
    scored = score_statements(frame_of([PLAIN, "It was good. It was not that. It was bad."]))
    assert scored["tone"].iloc[0] == 0
    assert scored["tone_flag"].iloc[0] == "no_evaluative_words"
    assert scored["tone_flag"].iloc[1] == ""


def test_undetermined_language_is_scored() -> None:
    scored = score_statements(frame_of(["Good friends"]))
    assert scored["tone"].iloc[0] > 0


@pytest.mark.parametrize("column", ["date", "source", "target", "text"])
def test_lacking_column_is_named(column: str) -> None:
    with pytest.raises(BadArgumentError, match=rf"\b{column}\b"):
        score_statements(frame_of([FRIENDLY]).drop(columns=column))


def test_all_lacking_columns_are_named() -> None:
    with pytest.raises(BadArgumentError, match="date, source, target, text"):
        score_statements(pd.DataFrame({"tone": [1.0]}))


@pytest.mark.parametrize("value", [5, 2.5, ["a"], b"good"])
def test_text_that_is_no_text_is_told(value: object) -> None:
    frame = frame_of([FRIENDLY, FRIENDLY]).set_axis(["a", "b"])
    frame["text"] = pd.Series([FRIENDLY, value], index=["a", "b"], dtype=object)
    with pytest.raises(BadArgumentError, match="at index 'b'"):
        score_statements(frame)


def test_callers_frame_index_and_columns_stay() -> None:
    frame = frame_of(
        [FRIENDLY, HOSTILE, None, FRIENDLY], speaker="Vladimir Putin", extra=[4, 3, 2, 1]
    )
    frame.index = pd.Index(["z", "a", "a", "m"], name="row")
    before = frame.copy(deep=True)
    scored = score_statements(frame)
    assert_frame_equal(frame, before)
    assert_frame_equal(scored.drop(columns=["tone", "tone_flag"]), before)
    assert list(scored.columns) == [*before.columns, "tone", "tone_flag"]
    scored.loc[:, "extra"] = 0
    assert frame["extra"].tolist() == [4, 3, 2, 1]


def test_scoring_twice_replaces() -> None:
    once = score_statements(frame_of([FRIENDLY, "", PLAIN]))
    again = score_statements(once, Recorder())
    assert list(again.columns) == list(once.columns)
    assert again["tone"].iloc[[0, 2]].tolist() == [0.25, 0.25]
    assert again["tone_flag"].tolist() == ["", "empty", ""]
    assert_frame_equal(score_statements(again), once)


def test_empty_frame_gets_typed_columns() -> None:
    scored = score_statements(frame_of([]))
    assert len(scored) == 0
    assert scored["tone"].dtype == np.float64
    assert scored["tone_flag"].dtype == "str"


def test_alike_rows_are_scored_once_and_all_get_it() -> None:
    recorder = Recorder()
    frame = frame_of([FRIENDLY, HOSTILE] * CHUNK_ROWS)
    scored = score_statements(frame, recorder)
    assert recorder.texts == [FRIENDLY, HOSTILE]
    assert scored["tone"].eq(0.25).all()


def test_same_text_about_another_country_is_asked_again() -> None:
    recorder = Recorder()
    score_statements(frame_of([FRIENDLY, FRIENDLY], target=["TUR", "JPN"]), recorder)
    assert recorder.texts == [FRIENDLY, FRIENDLY]
    assert "Turkey" in recorder.targets[0]
    assert "Japan" in recorder.targets[1]


@pytest.mark.parametrize("n_rows", [0, 1, CHUNK_ROWS, CHUNK_ROWS + 1, 3 * CHUNK_ROWS - 1])
def test_progress_adds_up_to_the_rows(n_rows: int) -> None:
    steps: list[int] = []
    score_statements(frame_of([FRIENDLY, "", PLAIN] * n_rows).head(n_rows), progress=steps.append)
    assert sum(steps) == n_rows
    assert all(1 <= step <= CHUNK_ROWS for step in steps)


def test_scorer_gets_surface_forms_of_the_day() -> None:
    recorder = Recorder()
    days = pd.to_datetime(["2010-06-01", "2013-06-01", None])
    score_statements(frame_of([FRIENDLY] * 3, date=days), recorder)
    assert all("Turkey" in forms for forms in recorder.targets)
    assert all("Russia" in forms for forms in recorder.sources)
    then, later, whenever = (" ".join(forms) for forms in recorder.sources)
    assert "Medvedev" in then
    assert "Medvedev" in whenever
    assert len(whenever) >= len(later)


def test_vader_does_not_ask_for_surface_forms() -> None:
    # "XXX" is no country: asking for its forms would raise.
    scored = score_statements(frame_of([FRIENDLY], source="XXX", target="XXX"))
    assert scored["tone"].iloc[0] > 0


@pytest.mark.parametrize("column", ["source", "target"])
@pytest.mark.parametrize("code", ["XXX", "TU", "tur", "", None, float("nan")])
def test_unknown_country_is_flagged_and_not_asked(column: str, code: object) -> None:
    recorder = Recorder()
    frame = frame_of([FRIENDLY, FRIENDLY, ""]).astype({column: object})
    frame.loc[[0, 2], column] = code
    scored = score_statements(frame, recorder)
    assert scored["tone_flag"].tolist() == ["unknown_country", "", "empty"]
    assert scored["tone"].isna().tolist() == [True, False, True]
    assert recorder.texts == [FRIENDLY]


def test_aliases_are_further_forms() -> None:
    recorder = Recorder()
    aliases = {"TUR": ["Bosphorus"], "JPN": ["Nippon"]}
    score_statements(frame_of([FRIENDLY]), recorder, aliases=aliases)
    assert "Bosphorus" in recorder.targets[0]
    assert "Bosphorus" not in recorder.sources[0]
    assert "Nippon" not in recorder.targets[0]
    with pytest.raises(BadArgumentError, match="sequence of texts"):
        score_statements(frame_of([FRIENDLY]), recorder, aliases={"TUR": "Bosphorus"})


def test_dated_forms_read_like_a_list() -> None:
    forms = DatedForms(["TUR", "RUS", "TUR"], pd.to_datetime(["2015-11-24"] * 3))
    assert len(forms) == 3
    assert forms[-1] is forms[0]  # looked up once
    assert forms[0] != forms[1]
    assert list(forms[1:]) == [forms[1], forms[2]]
    with pytest.raises(IndexError):
        forms[3]


def test_nan_of_a_scorer_is_flagged() -> None:
    scored = score_statements(frame_of([FRIENDLY]), Recorder(np.nan))
    assert scored["tone_flag"].tolist() == ["no_tone"]
    assert scored["tone"].isna().all()


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ([0.1, 0.2], "a list, not a numpy array"),
        (None, "a NoneType"),
        (np.zeros(3), r"shape \(3,\) for 2 texts"),
        (np.zeros((2, 1)), r"shape \(2, 1\)"),
        (np.zeros(2, dtype=np.float32), "float32, not float64"),
        (np.array([0, 1]), "int64, not float64"),
        (np.array(["a", "b"]), "not float64"),
        (np.array([0.5, 1.0001]), r"1 tone\(s\) outside"),
        (np.array([-np.inf, np.nan]), "the first -inf"),
        (np.array([60.0, -40.0]), r"2 tone\(s\) outside \[-1, 1\], the first 60"),
    ],
)
def test_broken_scorer_is_told(result: object, message: str) -> None:
    with pytest.raises(BadArgumentError, match=message) as caught:
        score_statements(frame_of([FRIENDLY, HOSTILE]), Returns(result))
    assert "'returns'" in str(caught.value)


@pytest.mark.parametrize(
    "answer", [[True], [0.0, 1.0], None], ids=["too few", "numbers", "nothing"]
)
def test_broken_evidence_is_told(answer: object) -> None:
    class Unsure(Recorder):
        def has_evidence(self, texts):  # noqa: ARG002 -- as the protocol
            return answer

    with pytest.raises(BadArgumentError, match="one bool for each text"):
        score_statements(frame_of([FRIENDLY, HOSTILE]), Unsure(0.0))


def test_scorer_that_cannot_tell_evidence_keeps_its_zero() -> None:
    scored = score_statements(frame_of([FRIENDLY]), Recorder(0.0))
    assert scored["tone"].tolist() == [0.0]
    assert scored["tone_flag"].tolist() == [""]


_UNSCORED = {"empty", "no_letters", "not_english", "no_tone"}


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(
        st.one_of(
            st.none(),
            st.text(st.characters(exclude_categories=()), max_size=30),
            st.lists(
                st.sampled_from([*FRIENDLY.split(), *HOSTILE.split(), "\n\n", "😂", "bir", "но"]),
                max_size=30,
            ).map(" ".join),
        ),
        max_size=6,
    )
)
def test_any_text_has_a_tone_or_a_reason(texts: list[str | None]) -> None:
    frame = frame_of(texts)
    before = frame.copy(deep=True)
    scored = score_statements(frame)
    assert_frame_equal(frame, before)
    assert set(scored["tone_flag"]) <= set(TONE_FLAGS)
    assert scored["tone"].isna().tolist() == scored["tone_flag"].isin(_UNSCORED).tolist()
    assert scored["tone"].dropna().between(-1, 1).all()
    alone = [score_statements(frame.iloc[[i]])["tone"].iloc[0] for i in range(len(frame))]
    np.testing.assert_array_equal(scored["tone"], np.array(alone, dtype=float))


def test_ends_of_the_scale_are_allowed() -> None:
    scored = score_statements(frame_of([FRIENDLY, HOSTILE]), Returns(np.array([1.0, -1.0])))
    assert scored["tone"].tolist() == [1.0, -1.0]


@pytest.mark.parametrize(
    "text",
    [
        FRIENDLY + " " + "It was good. " * 8_000,
        FRIENDLY.rstrip(".") + " and a friend" * 8_000,
        "He said that it is good 😀👨‍👩‍👧 for the Turkish people 🇹🇷 and that they were friends.",
        "He said that\x00 the visit was good\x00 and that they were friends.",
        "He said that the visit \ud800 was good and \udfff that they were friends.",
        "He said that Турция is a good friend of ロシア and that the Kremlin والسلام knew this.",
        "\ufeffHe said that\u200b the visit was good and that they were\u202e friends.",
    ],
    ids=["long", "endless", "emoji", "nul", "surrogates", "scripts", "invisible"],
)
def test_odd_texts_have_a_defined_tone(text: str) -> None:
    scored = score_statements(frame_of([text]))
    assert scored["tone_flag"].tolist() == [""]
    assert 0 < scored["tone"].iloc[0] <= 1


def test_flags_are_of_the_published_list() -> None:
    texts = [FRIENDLY, "", "12", "Rusya bizim komşumuz ve dostumuzdur, bunu biliyoruz.", PLAIN]
    flags = set(score_statements(frame_of(texts))["tone_flag"])
    flags |= set(score_statements(frame_of([FRIENDLY]), Recorder(np.nan))["tone_flag"])
    flags |= set(score_statements(frame_of([FRIENDLY], target="XXX"), Recorder())["tone_flag"])
    unnamed = ["They are reliable friends and good partners.", "He will travel to the coast."]
    flags |= set(score_statements(frame_of(unnamed), "target")["tone_flag"])
    assert flags == set(TONE_FLAGS)


def test_two_flags_at_once_are_both_counted() -> None:
    texts = [FRIENDLY, "They are reliable friends.", "He will travel to the coast.", PLAIN, ""]
    flags = score_statements(frame_of(texts), "target")["tone_flag"]
    flags.index = pd.Index(list("vwxyz"))
    assert list(flags[has_flag(flags, "implicit_target")].index) == ["w", "x"]
    assert "x" in flags[has_flag(flags, "no_evaluative_words")].index
    assert has_flag(flags, "empty").tolist() == [False] * 4 + [True]
    assert not has_flag(pd.Series([None, float("nan"), ""]), "no_tone").any()
    for unknown in ["implicit", "", "implicit_target+no_evaluative_words"]:
        with pytest.raises(BadArgumentError, match="no tone flag"):
            has_flag(flags, unknown)


@pytest.fixture(scope="module")
def study(repository: Path) -> pd.DataFrame:
    path = repository / "data/russia-turkey/statements.csv"
    return score_statements(pd.read_csv(path, parse_dates=["date"]))


def test_bundled_study_is_scored_in_full(study: pd.DataFrame) -> None:
    assert study["tone"].notna().all()
    assert set(study["tone_flag"]) <= {"", "no_evaluative_words"}
    assert study["tone"].between(-1, 1).all()


def test_bundled_second_study_is_scored_in_full(repository: Path) -> None:
    frame = pd.read_csv(repository / "data/japan-korea/statements.csv", parse_dates=["date"])
    assert score_statements(frame)["tone"].notna().all()


def test_flag_is_set_where_no_word_is_in_the_lexicon(study: pd.DataFrame) -> None:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer, SentiText

    lexicon = SentimentIntensityAnalyzer().lexicon
    has_word = study["text"].map(
        lambda text: any(w.lower() in lexicon for w in SentiText(text).words_and_emoticons)
    )
    assert (~has_word).eq(study["tone_flag"].eq("no_evaluative_words")).all()
    assert 0 < (~has_word).sum() < len(study) / 2


def test_tone_goes_with_the_codings(study: pd.DataFrame, repository: Path) -> None:
    codings = pd.read_csv(repository / "data/russia-turkey/codings.csv")
    gold = codings.groupby("id")["code"].mean() / 3
    tone = study.set_index("id")["tone"].reindex(gold.index)
    assert tone.notna().all()
    assert tone.corr(gold) > 0.3
