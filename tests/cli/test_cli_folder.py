"""detente score into a folder, and detente index of it."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pandas as pd
import pytest
from rich.progress import Progress
from typer.testing import CliRunner

from detente.cli import app
from detente.cli.console import progress_rate
from detente.study import load_study


@pytest.fixture
def detente_in(tmp_path, monkeypatch):
    """Run the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def bundled(name="japan-korea"):
    return Path(load_study(name).folder) / "statements.csv"


def test_a_folder_takes_parts_and_goes_into_the_index(detente_in, tmp_path):
    words = ("score", bundled(), "-o", "scored/", "--scorer", "vader", "--batch", "100")
    done = detente_in(*words)
    assert done.exit_code == 0, done.output
    frame = pd.read_parquet("scored")
    assert f"{len(frame)} statements in" in done.output
    assert len(list(Path("scored").glob("part-*.parquet"))) == -(-len(frame) // 100)
    # An existing folder needs no stroke behind its name.
    assert detente_in(*words[:3], "scored", *words[4:]).exit_code == 0
    one = detente_in("index", "scored/", "--method", "means", "-o", "index.csv")
    assert one.exit_code == 0, one.output
    assert set(pd.read_csv("index.csv")["direction"]) == {"JPN>KOR", "KOR>JPN", "bilateral"}
    assert detente_in("index", "scored", "--dyad", "RUS-TUR").exit_code == 2


def test_several_dyads_have_to_be_named(detente_in):
    frames = [pd.read_csv(bundled(name), dtype=str) for name in ("japan-korea", "russia-turkey")]
    pd.concat(frames).drop(columns="id").to_csv("both.csv", index=False)
    assert detente_in("score", "both.csv", "-o", "scored/", "--scorer", "vader").exit_code == 0
    done = detente_in("index", "scored/")
    assert done.exit_code == 2
    assert "2 dyads" in done.output
    assert "RUS-TUR" in done.output
    words = ("index", "scored/", "--dyad", "JPN-KOR", "--method", "means", "-o", "i.jsonl")
    done = detente_in(*words)
    assert done.exit_code == 0
    assert "of another dyad set aside" in done.output


def test_the_rate_counts_what_this_run_has_done_alone(monkeypatch):
    monkeypatch.setattr("detente.cli.console.is_terminal", lambda _stream: True)
    shown = []
    update = Progress.update

    def noted(self, task, **fields):
        shown.append(fields)
        update(self, task, **fields)

    monkeypatch.setattr(Progress, "update", noted)
    with progress_rate() as tell:
        tell(0.2, 400_000, 400_000)
        tell(0.5, 1_000_000, 1_000_000)  # found, in no time
        time.sleep(0.02)
        tell(0.6, 1_000_010, 1_000_000)
    assert [fields["rate"] for fields in shown[:2]] == [0, 0]
    assert 0 < shown[2]["rate"] <= 10 / 0.02  # ten rows in that sleep or longer
    assert shown[2]["n_rows"] == 1_000_010


def test_a_url_is_no_input_for_a_folder(detente_in):
    done = detente_in("score", "https://example.org/archive.csv.gz", "-o", "scored/")
    assert done.exit_code == 1
    assert "is on the network" in done.output
    assert "Download it" in done.output
    assert not Path("scored").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["score", "a.csv", "-o", "b.csv", "--engine", "serial"], "for a folder alone"),
        (["score", "a.csv", "-o", "b/", "--engine", "proceses"], "Did you mean 'processes'"),
        (["score", "a.csv", "-o", "b/", "--engine", "serial", "--scheduler", "tcp://a:1"], "dask"),
        (["index", "--dyad", "RUS-TUR"], "A study has its own dyad"),
    ],
)
def test_wrong_usage_is_told(detente_in, words, told):
    done = detente_in(*words)
    assert done.exit_code == 2
    assert told in " ".join(done.output.replace("\u2502", " ").split())


def test_an_incomplete_folder_has_no_index(detente_in):
    assert detente_in("score", bundled(), "-o", "scored/", "--scorer", "vader").exit_code == 0
    manifest = Path("scored/_manifest.json")
    manifest.write_text(manifest.read_text().replace('"is_complete": true', '"is_complete": false'))
    done = detente_in("index", "scored/")
    assert done.exit_code == 1
    assert "not complete" in done.output
    shutil.rmtree("scored")
    assert detente_in("index", "scored/").exit_code == 1
