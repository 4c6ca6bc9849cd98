"""A new study runs at once for any two countries, and puts words in no real mouth."""

from __future__ import annotations

import re
import tomllib

import pandas as pd
import pytest

from detente.countries import Dyad, country_name, has_leaders, is_country, mentions
from detente.errors import BadArgumentError, DetenteError, StudyError
from detente.events import check_events, read_events
from detente.statements import COLUMNS, is_example, language_of, read_statements
from detente.study import check_study, compute_study, init_study, load_study
from detente.study.config import Study
from detente.study.example import example_statements
from detente.study.validation import validate_study
from detente.validation import COLUMNS as CODING_COLUMNS


@pytest.mark.parametrize(
    "pair", [("IND", "PAK"), ("USA", "CUB"), ("CIV", "BFA"), ("COD", "COG"), ("TUR", "RUS")]
)
def test_a_new_study_is_without_errors_and_has_an_index(tmp_path, pair):
    study = init_study(tmp_path / "new", pair)
    assert study == load_study(tmp_path / "new")
    assert study.dyad == Dyad(*pair)
    problems = check_study(study)
    assert problems.ok
    assert {problem.column for problem in problems} <= {""}  # thin months, unknown leaders
    result = compute_study(study)
    assert result.notices[0] == "EXAMPLE DATA"
    assert [text[:25] for text in result.notices[1:]] == ["State-space index refused"]
    table = result.index.direction("bilateral")
    assert table["index"].notna().sum() == len(table) == 18
    assert result.episodes["label"].tolist() == ["Crossing closed", "Crossing reopened"]


def test_a_country_without_known_leaders_is_told_with_what_to_add(tmp_path):
    study = init_study(tmp_path / "new", ("SRB", "LUX"))
    text = (tmp_path / "new" / "study.toml").read_text("utf-8")
    found = {
        code: [p for p in check_study(study) if f"leader of {country_name(code)}" in p.problem]
        for code in ("SRB", "LUX")
    }
    for code, problems in found.items():
        assert bool(problems) == (not has_leaders(code))
        assert (f"# No leader of {country_name(code)} is known" in text) == bool(problems)
        assert all(f'{code} = ["' in p.remedy and p.severity == "warning" for p in problems)
    assert found["LUX"]
    path = tmp_path / "new" / "study.toml"
    path.write_text(text.replace("[aliases]", '[aliases]\nLUX = ["Frieden"]'), "utf-8")
    told = check_study(load_study(tmp_path / "new"))
    assert not any("leader of Luxembourg" in problem.problem for problem in told)
    assert not any("No leader" in p.problem for p in check_study(load_study("russia-turkey")))


def test_countries_whose_names_have_an_article_have_it_in_what_init_writes(tmp_path):
    study = init_study(tmp_path / "new", ("PHL", "USA"))
    assert study.title == "The Philippines and the United States"
    told = (tmp_path / "new" / "README.md").read_text("utf-8")
    assert "officials of the Philippines and the United States say" in told
    rows = pd.read_csv(tmp_path / "new" / "statements.csv")
    assert rows["text"].str.contains("the United States|the Philippines").any()
    assert not rows["text"].str.contains(r"(?<!the )(?:United States|Philippines)").any()
    events = pd.read_csv(tmp_path / "new" / "events.csv")
    assert events["title"].str[0].str.isupper().all()


def test_example_texts_are_english_and_name_their_target_for_every_country():
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    every = [a + b + c for a in letters for b in letters for c in letters]
    codes = [code for code, known in zip(every, is_country(every), strict=True) if known]
    assert len(codes) > 190
    for code in codes:
        rows = pd.DataFrame(example_statements(Dyad(code, "FRA" if code != "FRA" else "DEU")))
        rows = rows.drop_duplicates("text")
        assert mentions(rows["text"], rows["target"]).all(), country_name(code)
        assert set(language_of(rows["text"])) == {"en"}, country_name(code)
        assert not rows["text"].str.contains("[{}]").any()


def test_every_speaker_is_a_placeholder(tmp_path):
    frame = read_statements(init_study(tmp_path / "new", ("IND", "PAK")).path("statements"))
    assert set(frame["speaker"]) == {
        "Example President",
        "Example Minister",
        "Example Spokesperson",
    }
    assert is_example(frame).all()
    assert frame["url"].str.startswith("https://example.org/").all()
    assert 35 <= len(frame) <= 45
    assert frame["source"].value_counts().to_dict() == {"IND": 21, "PAK": 21}


def test_example_events_are_sound_and_have_two_episodes(tmp_path):
    study = init_study(tmp_path / "new", ("IND", "PAK"))
    events = read_events(study.path("events"))
    assert len(check_events(study.path("events"))) == 0
    assert events["episode"].nunique() == 2
    assert not events["headline"].all()


def test_the_readme_describes_every_column_of_the_schema(tmp_path):
    init_study(tmp_path / "new", ("IND", "PAK"))
    text = (tmp_path / "new" / "README.md").read_text("utf-8")
    for column in COLUMNS:
        need = "yes" if column.is_required else "no"
        assert f"| `{column.name}` | {need} | {column.meaning} |" in text


def test_study_toml_explains_every_key_of_a_study(tmp_path):
    init_study(tmp_path / "new", ("IND", "PAK"))
    text = (tmp_path / "new" / "study.toml").read_text("utf-8")
    document = tomllib.loads(text)
    tables = {"files", "columns", "figures", "aliases", "episodes", "about"}
    keys = set(Study.model_fields) - {"name", "folder"} - tables
    assert "\n# period = {" in text  # shown, not set: it would cut the rows of a user's own
    assert '"en", "tr", "ru"' in text
    assert "\n# language = " in text  # English unless chosen
    keys -= {"period", "language"}
    assert set(document["study"]) == keys
    assert set(document) == {"study"} | tables
    for key in keys:
        before = text[: re.search(rf"^{key} = ", text, re.MULTILINE).start()]
        assert key == "title" or before.splitlines()[-1].startswith("#"), key


def test_a_country_name_with_quotes_or_other_scripts_stays_valid_toml(tmp_path, monkeypatch):
    name = "Q\"uo\\te Côte d'Été"
    monkeypatch.setattr("detente.study.init.country_in_text", lambda _: name)
    assert init_study(tmp_path / "new", ("IND", "PAK")).title == f"{name} and {name}"


def test_an_empty_folder_is_taken_and_any_other_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    init_study(tmp_path / "empty", ("IND", "PAK"))
    before = sorted((tmp_path / "empty").iterdir())
    with pytest.raises(StudyError, match="not empty"):
        init_study(tmp_path / "empty", ("IND", "PAK"))
    with pytest.raises(StudyError, match="is a file"):
        init_study(tmp_path / "empty" / "README.md", ("IND", "PAK"))
    assert sorted((tmp_path / "empty").iterdir()) == before


@pytest.mark.parametrize("pair", [("IND", "PK"), ("IND", "IND"), "India"])
def test_a_wrong_dyad_makes_no_folder(tmp_path, pair):
    with pytest.raises(BadArgumentError):
        init_study(tmp_path / "new", pair)
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_makes_no_folder(tmp_path, monkeypatch):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("detente.study.init.example_events", interrupted)
    with pytest.raises(KeyboardInterrupt):
        init_study(tmp_path / "new", ("IND", "PAK"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x" * 300, "file/below"])
def test_a_folder_that_cannot_be_made_is_told_without_options_of_other_commands(tmp_path, name):
    (tmp_path / "file").write_text("")
    with pytest.raises(DetenteError) as caught:
        init_study(tmp_path / name, ("IND", "PAK"))
    assert name[:10] in str(caught.value)
    assert caught.value.remedy
    assert "--output" not in str(caught.value)


def test_the_template_promises_of_the_seed_what_is_true(tmp_path):
    init_study(tmp_path / "new", ("IND", "PAK"))
    text = (tmp_path / "new" / "study.toml").read_text("utf-8")
    assert "random draws behind the intervals of the validation" in text
    assert "two runs agree" not in text


def test_a_new_study_says_how_to_code_and_names_the_file_for_it(tmp_path):
    study = init_study(tmp_path / "new", ("IND", "PAK"))
    header = (tmp_path / "new" / "codings.csv").read_text("utf-8")
    assert header == "id,coder,code,coder_type,pi\n"
    guide = (tmp_path / "new" / "CODING.md").read_text("utf-8")
    for column in CODING_COLUMNS:
        assert f"| `{column.name}` |" in guide
    assert "condolences to Pakistan, if India speaks of Pakistan" in guide
    assert not re.search(r"[{}]", guide)
    assert "CODING.md" in (tmp_path / "new" / "README.md").read_text("utf-8")
    # The example of the guide is a sound table, and its ids are those of the study.
    rows = [line.strip() for line in guide.splitlines() if re.match(r"    (id,|example-)", line)]
    (tmp_path / "new" / "codings.csv").write_text("\n".join(rows) + "\n", "utf-8")
    assert check_study(study).ok
    found = validate_study(study, ["vader"])
    assert found.results[0].n == 1
