"""Errors of the command line name options as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from detente.cli import app
from detente.cli.naming import as_typed
from detente.errors import BadArgumentError
from detente.study import compute_study, load_study

COMMANDS = get_command(app).commands
ROWS = "date,source,target,speaker,text\n2015-02-30,RUS,TUR,A,He praised Türkiye.\n"


def typed(verb, text):
    return as_typed(text, COMMANDS[verb].params)


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_option_with_a_value_is_named_as_it_is_typed(verb):
    for param in COMMANDS[verb].params:
        told = typed(verb, f"{param.name}='a' was received; ({param.name}=0.5).")
        name = max(param.opts, key=len) if param.param_type_name == "option" else param.metavar
        assert told == f"{name} 'a' was received; ({name} 0.5)."


@pytest.mark.parametrize(
    ("verb", "text", "told"),
    [
        ("score", "set aside with skip_bad=True.", "set aside with --skip-bad."),
        ("score", "set aside with skip_bad=False.", "set aside with no --skip-bad."),
        ("index", "as_of must be a day", "--as-of must be a day"),
        ("score", "bounds.rows was 8 and is 9", "--batch was 8 and is 9"),
        ("score", "columns.date was A; scorer.name was b", "--columns date was A; --scorer was b"),
        ("init", "such as 'RUS-TUR' or ('RUS', 'TUR').", "such as 'RUS-TUR'."),
        ("score", "others: (columns.date was A)", "others: (--columns date was A)"),
        # Words, paths and what a user has written stay as they are.
        ("score", "The study, its columns and output", "The study, its columns and output"),
        ("score", "'skip_bad' in a/skip_bad.csv", "'skip_bad' in a/skip_bad.csv"),
        ("score", "columns.csv, row 2", "columns.csv, row 2"),
        ("score", "'columns.csv' was changed", "'columns.csv' was changed"),
        ("score", "a/scorer.name was read", "a/scorer.name was read"),
        ("score", "my-bounds.rows was read", "my-bounds.rows was read"),
        ("score", "https://a.org/?study=3", "https://a.org/?study=3"),
        ("power", "bounds.rows was 8, skip_bad=True", "bounds.rows was 8, skip_bad=True"),
    ],
)
def test_only_what_is_an_option_is_named_as_one(verb, text, told):
    assert typed(verb, text) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["score", "s.csv", "-o", "scored/"], "set them aside with --skip-bad."),
        (["score", "s.csv"], "set them aside with --skip-bad."),
        (["index", "russia-turkey", "--as-of", "2016-13"], "--as-of must be a day, but '2016-13'"),
        (["score", "columns.csv"], "columns.csv, row 2, column date"),
        (["figures", "--style", "slide", "--size", "column"], "--size 'column' was received"),
        (["power", "30", "--statement", "0"], "--statement 0.0 is no standard deviation"),
        (["power", "30", "--day", "-3"], "--day -3.0 is no standard deviation"),
    ],
)
def test_no_command_names_a_parameter_of_the_library(words, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("s.csv").write_text(ROWS + ROWS.splitlines()[1].replace("30", "03"), "utf-8")
    Path("columns.csv").write_bytes(Path("s.csv").read_bytes())
    done = CliRunner().invoke(app, words)
    assert done.exit_code in (1, 2)
    told_all = " ".join(done.output.replace("│", " ").split())
    assert told in told_all
    assert not any(name in told_all for name in ("skip_bad", "as_of", "size=", "<Size"))


def test_a_folder_named_as_a_parameter_keeps_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("as_of x").mkdir()
    done = CliRunner().invoke(app, ["index", "as_of x"])
    assert done.exit_code == 1
    assert "The folder 'as_of x' has no study.toml" in done.output


def test_the_library_itself_names_its_parameters():
    with pytest.raises(BadArgumentError, match="as_of must be a day"):
        compute_study(load_study("russia-turkey"), as_of="2016-13")
