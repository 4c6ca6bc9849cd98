"""The commands why, power and diff, and the index as of a day."""

from __future__ import annotations

import io
import json
import shutil

import pandas as pd
import pytest
from typer.testing import CliRunner

from detente.cli import app
from detente.study import init_study, run_study


@pytest.fixture
def detente_in(tmp_path, monkeypatch):
    """Return a function that runs a command line in a fresh working directory."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        return CliRunner().invoke(app, [str(word) for word in words])

    return run


@pytest.fixture
def example(tmp_path):
    """A fresh study."""
    return init_study(tmp_path / "mine", ("IND", "PAK"))


def table_of(done):
    return pd.read_csv(io.StringIO(done.stdout))


def test_why_adds_up_to_the_change_of_the_month(detente_in, example):
    done = detente_in("why", "2023-06", example.folder)
    assert done.exit_code == 0, done.stderr
    table = table_of(done)
    index = table_of(detente_in("index", example.folder))
    raw = index[index["direction"] == "bilateral"].set_index("month")["raw"]
    change = raw["2023-06-01"] - raw["2023-05-01"]
    for _, rows in table.groupby("grouping"):
        assert rows["contribution"].sum() == pytest.approx(change, abs=1e-2)
        assert (rows["composition"] + rows["tone_change"]).sum() == pytest.approx(change, abs=1e-2)
    assert "June 2023" in done.stderr


def test_why_lists_statements_and_refuses_what_it_does_not_know(detente_in, example):
    done = detente_in("why", "2023-06", example.folder, "--statements", "-q")
    assert {"speaker", "contribution"} <= set(table_of(done).columns)
    assert done.stderr == ""
    assert detente_in("why", "2023-06", example.folder, "--against", "never").exit_code == 2
    far = detente_in("why", "1999-01", example.folder)
    assert far.exit_code == 1
    assert "1999" in far.stderr


def test_power_gives_plans_and_takes_given_noise(detente_in, example):
    usual = detente_in("power", "30")
    assert usual.exit_code == 0, usual.stderr
    assert {"n_per_month", "months", "mde", "power", "is_enough"} <= set(table_of(usual).columns)
    assert "30 degrees" in usual.stderr
    quiet = table_of(detente_in("power", "30", "--statement", "10", "--day", "5", "--drift", "5"))
    assert quiet["mde"].max() < table_of(usual)["mde"].min()
    for words in (("--study", example.folder), (example.folder,)):
        own = detente_in("power", "30", *words, "-q")
        assert own.exit_code == 1
        assert "too few statements to tell its noise" in own.stderr
        noise = ("--statement", "10", "--day", "5", "--drift", "5")
        told = table_of(detente_in("power", "30", *words, *noise, "-q"))
        pd.testing.assert_frame_equal(told, quiet)
    twice = detente_in("power", "30", example.folder, "--study", example.folder)
    assert twice.exit_code == 2
    assert "given twice" in twice.stderr
    assert detente_in("power", "-5").exit_code != 0


def test_diff_tells_what_an_added_statement_did(detente_in, example, tmp_path):
    run_study(example, "old", parts=("tables",))
    path = example.folder / "statements.csv"
    frame = pd.read_csv(path)
    extra = frame.iloc[[0]].assign(id="new-1", text="Pakistan betrayed us, said the minister.")
    pd.concat([frame, extra]).to_csv(path, index=False)
    run_study(example, "new", parts=("tables",))
    done = detente_in("diff", "old/reports/mine", "new/reports/mine")
    assert done.exit_code == 0, done.stderr
    table = table_of(done)
    moved = table[table["change"].abs() > 1e-6]
    assert set(moved["month"]) == {frame["date"].iloc[0][:7] + "-01"}
    assert (moved["added"] - moved["change"]).abs().max() < 1e-3
    assert "1 statement added" in done.stderr


def test_diff_names_what_is_no_run(detente_in, example, tmp_path):
    (tmp_path / "empty").mkdir()
    done = detente_in("diff", "empty", "empty")
    assert done.exit_code == 1
    assert "holds no finished run" in done.stderr
    run_study(example, "one", parts=("tables",))
    shutil.copytree("one/reports/mine", "other")
    manifest = json.loads((tmp_path / "other" / "manifest.json").read_text())
    manifest["parameters"]["dyad"] = "JPN-KOR"
    (tmp_path / "other" / "manifest.json").write_text(json.dumps(manifest))
    done = detente_in("diff", "one/reports/mine", "other")
    assert done.exit_code == 1
    assert "Compare runs of one dyad" in done.stderr


def test_the_index_as_of_a_day_knows_nothing_later(detente_in, example):
    study = (example.folder / "study.toml").read_text()
    (example.folder / "study.toml").write_text(study.replace('"calibrated"', '"target"'))
    done = detente_in("index", example.folder, "--as-of", "2023-08-20", "-q")
    assert done.exit_code == 0, done.stderr
    assert table_of(done)["month"].max() == "2023-08-01"
    early = detente_in("index", example.folder, "--as-of", "1999-01-01")
    assert early.exit_code == 1
    assert "there is no statement" in early.stderr


def test_as_of_trains_on_what_was_coded_by_then_or_says_why_not(detente_in):
    done = detente_in("index", "russia-turkey", "--as-of", "2011-06-30")
    assert done.exit_code == 1
    assert "do not suffice to train on" in done.stderr
    assert "set scorer" in done.stderr


def test_remedies_name_options_of_the_command_line(detente_in, example):
    table = pd.read_csv(example.folder / "statements.csv")
    day = pd.to_datetime(table["date"])
    is_first = day.dt.to_period("M").eq(day.min().to_period("M"))
    # Nobody of the other side spoke in the first month.
    table[~is_first | table["source"].eq("IND")].to_csv(
        example.folder / "statements.csv", index=False
    )
    first = detente_in("why", f"{day.min():%Y-%m}", example.folder)
    assert first.exit_code == 1
    assert '--direction "IND>PAK"' in first.stderr
    alone = detente_in("why", f"{day.min():%Y-%m}", example.folder, "--direction", "IND>PAK")
    assert alone.exit_code == 1
    assert "--against long_run" in alone.stderr
    assert "='" not in first.stderr + alone.stderr
    chance = detente_in("power", "30", "--chance", "1.5")
    assert chance.exit_code == 2
    assert "--chance" in chance.stderr
    late = detente_in("index", example.folder, "--as-of", "05.06.2023")
    assert late.exit_code == 2
    assert "--as-of must be a day" in late.stderr


def test_diff_says_what_a_folder_lacks(detente_in, tmp_path):
    folder = tmp_path / "run"
    folder.mkdir()
    manifest, said = folder / "manifest.json", folder / "statements_scored.csv"
    for write, told in (
        (lambda: None, "it has no manifest.json"),
        (lambda: manifest.write_text("{}"), "it has no statements_scored.csv"),
        (lambda: said.write_text("id,tone\n1,0.1\n"), "'parameters' stands in neither"),
        (lambda: manifest.write_text("[1]"), "not that of a run"),
        (lambda: manifest.write_text("{"), "no JSON (line 1)"),
        (
            lambda: manifest.write_text('{"parameters": {"dyad": "RUS-TUR"}}'),
            "'date' stands in neither",
        ),
    ):
        write()
        done = detente_in("diff", "run", "run")
        assert done.exit_code == 1
        assert told in done.stderr
        assert "Error" not in done.stderr
    assert "there is no such folder" in detente_in("diff", "gone", "run").stderr
