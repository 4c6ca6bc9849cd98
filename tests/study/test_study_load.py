"""Studies are found where they are meant, and a faulty study.toml tells all its faults."""

from __future__ import annotations

import copy
import pickle
from contextlib import suppress
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

import detente
from detente.errors import BadArgumentError, DetenteError, StudyError
from detente.study import bundled_studies, init_study, load_study
from detente.study.charts import Size, Style

GOOD = """\
[study]
title = "India and Pakistan"
dyad = ["IND", "PAK"]
"""


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a study.toml and returns its folder."""

    def write(text, name="a study"):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "study.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    return write


def test_the_shortest_study_has_documented_defaults(written):
    study = load_study(written(GOOD))
    assert (study.name, study.title, study.dyad.slug) == (
        "a study",
        "India and Pakistan",
        "IND-PAK",
    )
    assert (study.scorer, study.weights, study.seed) == ("vader", "occasion", 1)
    assert (study.method, study.model) == ("state_space", "mean_reverting")
    assert (study.period.first_day, study.period.last_day) == (None, None)
    assert study.path("statements").endswith("statements.csv")
    assert study.path("events") is None
    assert dict(study.episodes) == {}
    assert (study.figures.style, study.figures.size) == ("paper", "page")


def test_the_look_of_charts_is_chosen_in_the_study(written):
    from detente.figures import SIZES, STYLES

    assert get_args(Style) == STYLES
    assert get_args(Size) == tuple(SIZES)
    study = load_study(written(GOOD + "[figures]\nstyle = 'dark'\nsize = 'column'\n"))
    assert (study.figures.style, study.figures.size) == ("dark", "column")
    # It decides no number.
    assert study.parameters == load_study(written(GOOD)).parameters


@pytest.mark.parametrize("weights", ["occasion", "office", "day", "none"])
def test_the_index_is_chosen_in_the_study(written, weights):
    chosen = f"method = 'means'\nmodel = 'local_level'\nweights = '{weights}'\n"
    study = load_study(written(GOOD + chosen))
    assert (study.method, study.model, study.weights) == ("means", "local_level", weights)
    for name in ("method", "model", "weights"):
        assert study.parameters[name] == getattr(study, name)


def test_choices_give_another_study_and_leave_this_one(written):
    study = load_study(written(GOOD))
    other = study.with_choices(method="means", weights="day")
    assert (other.method, other.weights, other.model) == ("means", "day", "mean_reverting")
    assert (study.method, study.weights) == ("state_space", "occasion")
    with pytest.raises(
        BadArgumentError, match=r"Unknown model 'local'.*Did you mean 'local_level'"
    ):
        study.with_choices(model="local")
    with pytest.raises(BadArgumentError, match="Unknown choice 'scorer'"):
        study.with_choices(scorer="target")


def test_bundled_studies_are_found_by_name_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert set(bundled_studies()) >= {"russia-turkey", "japan-korea"}
    for name in bundled_studies():
        study = load_study(name)
        assert study.name == name
        assert Path(study.path("statements")).is_file()


def test_no_name_means_the_study_of_the_folder_else_russia_turkey(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_study().name == "russia-turkey"
    init_study("own", ("IND", "PAK"))
    monkeypatch.chdir(tmp_path / "own")
    assert load_study().name == "own"
    assert load_study(".").name == "own"


def test_a_folder_goes_before_a_bundled_study_of_the_same_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    init_study("russia-turkey", ("IND", "PAK"))
    assert load_study("russia-turkey").dyad.slug == "IND-PAK"


def test_a_folder_its_file_and_a_path_object_are_the_same_study(written):
    folder = written(GOOD)
    studies = [load_study(folder), load_study(str(folder)), load_study(folder / "study.toml")]
    assert studies[0] == studies[1] == studies[2]


def test_two_questions_in_one_folder_have_two_names(written, monkeypatch):
    folder = written(GOOD, "a")
    (folder / "alt.toml").write_text(GOOD)
    assert load_study(folder / "study.toml").name == "a"
    assert load_study(folder / "alt.toml").name == "a-alt"
    monkeypatch.chdir(folder)
    assert (load_study("study.toml").name, load_study("alt.toml").name) == ("a", "a-alt")


def test_a_study_with_a_scorer_that_is_yet_to_be_made_loads(written, monkeypatch):
    from detente.tone import register_scorer, scorer

    def made():
        raise AssertionError("loading must not make the scorer")

    monkeypatch.setattr(scorer, "_FACTORIES", dict(scorer._FACTORIES))
    register_scorer("slow", made)
    assert load_study(written(GOOD + 'scorer = "slow"\n')).scorer == "slow"


def test_a_folder_name_with_spaces_and_other_scripts_works(written):
    assert load_study(written(GOOD, "Étude 日韓 1")).name == "Étude 日韓 1"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("rusia-turkey", "Did you mean 'russia-turkey'"),
        ("zzz", "Bundled studies: japan-korea, russia-turkey"),
        ("x" * 300, "cannot be looked up: File name too long"),
    ],
)
def test_an_unknown_study_tells_what_there_is(tmp_path, monkeypatch, name, says):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StudyError, match=says):
        load_study(name)


def test_a_folder_without_study_and_a_file_that_is_none_are_told(tmp_path):
    with pytest.raises(StudyError, match=r"has no study\.toml.*detente init"):
        load_study(tmp_path)
    (tmp_path / "statements.csv").write_text("date\n")
    with pytest.raises(StudyError, match="is not a study"):
        load_study(tmp_path / "statements.csv")


def test_an_unknown_key_asks_what_was_meant(written):
    folder = written(GOOD + 'scroer = "vader"\n')
    with pytest.raises(StudyError) as caught:
        load_study(folder)
    assert caught.value.message == (
        f"Unknown key 'scroer' in [study] of {folder / 'study.toml'}. Did you mean 'scorer'?"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title = 'A'\n" + GOOD, r"Key 'title' stands outside \[study\].*Move it"),
        (GOOD + "[file]\na = 1\n", r"Unknown table \[file\].*Did you mean 'files'"),
        (GOOD + "[files]\nstatement = 'a'\n", r"'statement' in \[files\].*mean 'statements'"),
        (GOOD + "[columns.statement]\n", r"'statement' in \[columns\].*mean 'statements'"),
        (GOOD + "[columns.statements]\nspaeker = 'x'\n", "'spaeker'.*mean 'speaker'"),
        (GOOD + "[columns.codings]\ncodr = 'x'\n", "'codr'.*mean 'coder'"),
        (GOOD + "[columns.events]\nlable = 'x'\n", "'lable'.*mean 'label'"),
        (GOOD + "[about]\nlicense = 'x'\n", r"'license' in \[about\].*mean 'licence'"),
        (GOOD + "[about]\nlimits = 'x'\n", r"'limits' in \[about\]"),
        (GOOD + "[about]\nrows_found = 'yes'\n", r"'rows_found' in \[about\]"),
        (GOOD + "[about]\nchosen_before_tones = 1\n", r"'chosen_before_tones' in \[about\]"),
        (GOOD + "period = {from = '2009-01'}\n", r"'from' in \[study.period\].*since, until"),
        (GOOD + "period = {since = '2009-13'}\n", "'since'.*'2009-13' is not a month"),
        (GOOD + "period = {since = 2009-01-01}\n", "'since'.*is not a month"),
        (GOOD + "period = {since = '2010-01', until = '2009-12'}\n", "before it starts"),
        (GOOD + "scorer = 'vadr'\n", "'scorer'.*'vadr'.*Did you mean 'vader'"),
        (GOOD + "weights = 'ocasion'\n", "'weights'.*Did you mean 'occasion'"),
        (GOOD + "weights = 3\n", "'weights'.*Use one of occasion, office, day, none"),
        (GOOD + "method = 'mean'\n", "'method'.*unknown method.*Did you mean 'means'"),
        (GOOD + "model = 'arima'\n", "'model'.*Use one of mean_reverting, local_level"),
        (GOOD + "[figures]\nstyle = 'slides'\n", r"'style' in \[figures\].*Did you mean 'slide'"),
        (GOOD + "[figures]\nstyle = 3\n", "'style'.*Use one of paper, slide, dark"),
        (GOOD + "[figures]\nsize = 'wide'\n", "'size'.*Use one of page, column"),
        (GOOD + "[figures]\nstile = 'dark'\n", r"'stile' in \[figures\].*mean 'style'"),
        (GOOD + "[figures]\nstyle='slide'\nsize='column'\n", "'size'.*no size of a slide"),
        (GOOD + "[figure]\nstyle='dark'\n", r"Unknown table \[figure\].*mean 'figures'"),
        (GOOD + "language = 'de'\n", "'language'.*unknown language.*Use one of en, tr, ru"),
        (GOOD + "language = 1\n", "'language'.*Use one of en, tr, ru"),
        (GOOD + "seed = -1\n", "'seed'.*-1"),
        (GOOD + "seed = 1.5\n", "'seed'.*1.5"),
        (GOOD + "seed = true\n", "'seed'"),
        (GOOD.replace('"India and Pakistan"', '" "'), "'title'.*empty"),
        (GOOD.replace('"PAK"', '"PK"'), r"'dyad' in \[study\].*PK"),
        (GOOD.replace(', "PAK"', ""), "names 1 countr"),
        (GOOD.replace('"PAK"', '"IND"'), "'dyad'"),
        (GOOD.replace('["IND", "PAK"]', "3"), "'dyad'"),
        ("[study]\ntitle = 'A'\n", r"\[study\] of .* has no 'dyad'"),
        ("", r"no table \[study\]"),
        ("study = 3\n", r"no table \[study\]"),
        ("[study\n", r"not valid TOML.*line 1"),
        (GOOD + 'scorer = vader"\n', r"not valid TOML.*line 4"),
        (GOOD.encode("utf-16"), "not UTF-8"),
    ],
)
def test_each_fault_is_told_with_its_place_and_the_way_out(written, text, says):
    with pytest.raises(StudyError, match=says) as caught:
        load_study(written(text))
    assert "study.toml" in str(caught.value)
    assert "pydantic" not in str(caught.value)


def test_all_faults_are_told_at_once(written):
    text = GOOD.replace("PAK", "PK") + "scroer = 'vader'\nseed = -1\n[abuot]\n"
    with pytest.raises(StudyError) as caught:
        load_study(written(text))
    for part in ("4 problems", "'dyad'", "'scroer'", "'seed'", "[abuot]"):
        assert part in str(caught.value)


def test_a_file_saved_with_a_byte_order_mark_is_read(written):
    assert load_study(written(b"\xef\xbb\xbf" + GOOD.encode())).title == "India and Pakistan"


def test_a_study_cannot_change_and_can_be_copied(written):
    study = load_study(written(GOOD + '[episodes]\na = "A"\n'))
    with pytest.raises(ValidationError):
        study.title = "Other"
    with pytest.raises(TypeError):
        study.episodes["a"] = "B"
    assert copy.deepcopy(study) == pickle.loads(pickle.dumps(study)) == study
    assert hash(study) == hash(copy.deepcopy(study))


def test_urls_and_absolute_paths_of_files_are_kept(written, tmp_path):
    other = tmp_path / "elsewhere.csv"
    files = f"[files]\nstatements = '{other}'\nevents = 'https://example.org/events.csv'\n"
    study = load_study(written(GOOD + files))
    assert Path(study.path("statements")).absolute() == other
    assert study.path("events") == "https://example.org/events.csv"
    with pytest.raises(BadArgumentError, match="Did you mean 'events'"):
        study.path("event")


def test_paths_follow_a_change_of_the_working_directory(written, tmp_path, monkeypatch):
    folder = written(GOOD)
    (folder / "statements.csv").write_text("x")
    monkeypatch.chdir(folder)
    study = load_study()
    monkeypatch.chdir(tmp_path)
    assert Path(study.path("statements")).read_text() == "x"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=5,
    ),
    st.sampled_from([*["title", "dyad", "period", "scorer", "weights", "seed", "zzz"], ""]),
)
def test_no_value_of_any_key_gives_anything_but_a_study_or_a_study_error(value, key):
    from detente.study.load import _study

    document = {"study": {"title": "A", "dyad": ["IND", "PAK"], key: value}}
    with suppress(StudyError):
        assert _study(document, Path("study.toml")).dyad.slug


def test_the_facade_gives_the_same_function():
    assert detente.load_study is load_study
    assert issubclass(StudyError, DetenteError)


def test_a_study_is_told_in_its_language_and_english_leaves_no_trace(written):
    assert load_study(written(GOOD)).language is None
    turkish = load_study(written(GOOD + "language = 'tr'\n"))
    assert turkish.language == turkish.parameters["language"] == "tr"
    assert turkish.with_choices(language="en").parameters == load_study(written(GOOD)).parameters
    with pytest.raises(BadArgumentError, match=r"Unknown language 'tur'.*Did you mean 'tr'"):
        turkish.with_choices(language="tur")
