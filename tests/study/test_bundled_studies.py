"""The bundled studies: their data as they came, and what is said of them true."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from detente import events as events_package
from detente import statements as statements_package
from detente.study import bundled_studies, check_study, load_study
from detente.study.lexicon import LEXICON_COLUMNS

STUDIES = ("russia-turkey", "japan-korea")


@pytest.fixture(scope="module", params=STUDIES)
def result(request, bundled):
    return bundled(request.param)


def readme(study):
    return " ".join((study.folder / "README.md").read_text("utf-8").split())


def test_both_studies_are_bundled():
    assert set(bundled_studies()) == set(STUDIES)


@pytest.mark.parametrize("name", STUDIES)
def test_they_have_no_error(name):
    assert check_study(load_study(name)).ok


def test_the_numbers_of_the_readme_are_those_of_the_data(result):
    study, text = result.study, readme(result.study)
    months = result.index.direction("bilateral")
    n_spoken = int((months["n_statements"] > 0).sum())
    assert f"{len(result.statements):,} dated statements" in text.replace("** ", "")
    assert f"{n_spoken} of {len(months)} months" in text
    assert f"{len(result.events)} events" in text
    n_headline, n_episodes = int(result.events["headline"].sum()), len(result.episodes)
    assert f"{n_headline} of them in {n_episodes} headline episodes" in text
    inferred = int((result.statements["dating"] == "inferred").sum())
    assert f"The day of {inferred} rows was worked out" in text
    for side, n in result.statements["source"].value_counts().items():
        assert re.search(rf"\b{n} \w+[,)]", text), side
    assert f"The day of {inferred} statements" in " ".join(study.about.limits)


def test_licence_and_limits_are_stated(result):
    study, text = result.study, readme(result.study)
    assert study.about.licence == "CC BY 4.0"
    assert "CC BY 4.0" in study.about.source
    assert "CC BY 4.0" in text
    assert "MIT licence" in text
    assert len(study.about.limits) >= 8
    assert study.about.chosen_before_tones is True
    assert study.about.rows_found is True
    assert all(limit.endswith(".") for limit in study.about.limits)


def test_codings_are_never_called_human():
    study = load_study("russia-turkey")
    codings = pd.read_csv(study.path("codings"))
    assert set(codings["coder_type"]) == {"machine"}
    assert codings.groupby("id").size().eq(2).all()
    known = set(pd.read_csv(study.path("statements"))["id"])
    assert set(codings["id"]) <= known
    assert "machine-assisted: not human and not expert" in readme(study)
    assert f"{codings['id'].nunique()} statements" in readme(study)


def test_every_headline_episode_has_a_short_label(result):
    assert dict(result.study.episodes).keys() == set(result.episodes["episode"])
    assert all(len(label) <= 24 for label in result.episodes["label"])


def test_the_codebook_describes_every_column_of_every_table(repository):
    text = (repository / "data" / "README.md").read_text("utf-8")
    parts = dict(re.findall(r"## (\w+)\.csv\n(.*?)(?=\n## )", text, re.DOTALL))
    assert set(parts) == {"statements", "events", "codings", "lexicon"}
    for name in STUDIES:
        for path in (repository / "data" / name).glob("*.csv"):
            for column in pd.read_csv(path, nrows=1).columns:
                assert f"| `{column}` |" in parts[path.stem], (path.stem, column)
    for package in (statements_package, events_package):
        for column in package.COLUMNS:
            own = parts["statements" if package is statements_package else "events"]
            assert f"| `{column.name}` |" in own
    for column in LEXICON_COLUMNS:
        assert f"| `{column.name}` |" in parts["lexicon"]


def test_the_codebook_keeps_to_the_words_of_the_house(repository):
    text = (repository / "data" / "README.md").read_text("utf-8")
    assert not re.search(r"\b(rank|pair|sentiment|jump)\b", text)


def test_the_tables_are_the_shared_ones_byte_for_byte(shared_data, repository):
    for name in STUDIES:
        for path in (shared_data / name).iterdir():
            assert (repository / "data" / name / path.name).read_bytes() == path.read_bytes()


def test_no_study_names_a_place_of_one_machine():
    for name in STUDIES:
        for path in Path(load_study(name).folder).iterdir():
            assert not re.search(
                r"(?<![:/\w])/(work|root|home|tmp|Users)/", path.read_text("utf-8")
            )
