"""The commands that print sentences print them in the language of the study, or of --language."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from detente import wording
from detente.cli import app
from detente.study import init_study


@pytest.fixture
def detente_in(tmp_path, monkeypatch):
    """Run a command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def turkish(tmp_path):
    """An example study whose language is Turkish."""
    folder = init_study(tmp_path / "mine", ("IND", "PAK")).folder
    toml = folder / "study.toml"
    text = toml.read_text("utf-8")
    assert '# language = "en"' in text
    toml.write_text(text.replace('# language = "en"', 'language = "tr"'), "utf-8")
    return folder


def test_index_tells_notices_in_the_language_of_the_study(detente_in, turkish):
    done = detente_in("index", turkish)
    assert done.exit_code == 0, done.output
    assert "Not: Durum uzayı endeksi kurulamadı" in done.stderr
    assert done.stdout.startswith("month,")
    other = detente_in("index", turkish, "--language", "ru")
    assert "Примечание: Индекс в пространстве состояний" in other.stderr
    english = detente_in("index", turkish, "--language", "en")
    assert "Notice: State-space index refused" in english.stderr
    assert wording.language() == "en"


def test_why_tells_its_sentence_in_the_language_of_the_study(detente_in, turkish):
    done = detente_in("why", "2023-02", turkish)
    assert done.exit_code == 0, done.output
    assert "Şubat 2023" in done.stderr
    other = detente_in("why", "2023-02", turkish, "--language", "en")
    assert "February 2023" in other.stderr
    assert other.stdout == done.stdout, "a table is for machines"


def test_validate_tells_all_its_lines_in_the_language_asked_for(detente_in):
    words = ("validate", "japan-korea", "--scorer", "vader")
    done = detente_in(*words, "--language", "ru")
    assert done.exit_code == 0, done.output
    for line in ("Кодирование: ", "Смещение по группам", "Наибольшие ошибки", "холодный"):
        assert line in done.stdout
    for english in ("Coded by", "Notice", "Bias", "Worst misses", "Agreement", "Pearson's"):
        assert english not in done.stdout


@pytest.mark.parametrize("verb", [("index",), ("why", "2023-02"), ("validate",)])
def test_an_unknown_language_is_told_with_the_way_out(detente_in, turkish, verb):
    done = detente_in(*verb, turkish, "--language", "tk")
    assert done.exit_code != 0
    assert "'tk'" in done.output
    assert "tr" in done.output
