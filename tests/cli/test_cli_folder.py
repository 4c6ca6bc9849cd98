"""detente score into a folder, and detente index of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from rich.progress import Progress
from typer.testing import CliRunner

from detente.cli import app
from detente.cli.console import progress_bars
from detente.cli.pace import Pace
from detente.study import load_study
from detente.study.standing import Standing


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
    assert detente_in("index", "scored/", "--language", "de").exit_code == 2


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


def at(share, n_rows, n_found=0, share_found=0.0, n_read=None, step="parts"):
    return Standing(step, share, n_rows, n_found, share_found, n_rows if n_read is None else n_read)


def test_the_rate_and_the_time_left_count_what_this_run_has_done_alone():
    now = 0.0
    pace = Pace(lambda: now)
    now = 60.0
    assert pace.told(at(0.2, 400_000, 400_000, 0.2)) == "400,000 rows"
    assert pace.told(at(0.5, 1_000_000, 1_000_000, 0.5)) == "1,000,000 rows"
    now = 61.0
    told = pace.told(at(0.5, 1_000_000, 1_000_000, 0.5, n_read=1_000_500))
    assert told == "1,000,000 rows, 500 under way"
    now = 70.0
    told = pace.told(at(0.6, 1_002_000, 1_000_000, 0.5, n_read=1_002_500))
    assert told == "1,002,000 rows, 500 under way, 200/s, 0:00:40 left"
    # A part that is found later on was passed over too, and the time goes on.
    now = 80.0
    told = pace.told(at(0.8, 1_003_000, 1_001_000, 0.7))
    assert told == "1,003,000 rows, 100/s, 0:00:40 left"


def test_each_step_before_the_scoring_has_its_own_time():
    now = 0.0
    pace = Pace(lambda: now)
    assert pace.told(at(0.0, 0, step="input")) == ""
    now = 10.0
    assert pace.told(at(0.25, 0, step="input")) == "0:00:30 left"
    assert pace.told(at(0.0, 0, n_read=9)) == "0 rows, 9 under way"
    now = 12.0
    assert pace.told(at(0.5, 4, n_read=9)) == "4 rows, 5 under way, 2/s, 0:00:02 left"


def test_the_bar_moves_before_the_first_part_is_done(detente_in, monkeypatch):
    monkeypatch.setattr("detente.cli.console.is_terminal", lambda _stream: True)
    shown = []
    update = Progress.update

    def noted(self, task, **fields):
        shown.append((fields["description"], fields["told"].partition(",")[0]))
        update(self, task, **fields)

    monkeypatch.setattr(Progress, "update", noted)
    monkeypatch.setattr("detente.tone.score.CHUNK_ROWS", 100)
    words = ("score", bundled(), "-o", "scored/", "--scorer", "vader")
    assert detente_in(*words).exit_code == 0
    n = len(pd.read_parquet("scored"))
    assert n > 200
    assert shown[0][0] == "Looking through the input"
    rows = [told for step, told in shown if step == "Scoring"]
    assert rows[:3] == ["0 rows", "100 rows", "200 rows"]
    assert rows[-1] == f"{n:,} rows"


def test_a_complete_folder_is_told_as_one(detente_in):
    words = ("score", bundled(), "-o", "scored/", "--scorer", "vader", "--batch", "100")
    first = detente_in(*words).output
    assert first.startswith("Wrote scored/: ")
    again = detente_in(*words).output
    told = first.partition(": ")[2]
    assert again == f"scored/ had all its parts already: {told}"
    # A run that was killed at its very end has left the manifest to be written.
    manifest = Path("scored/_manifest.json")
    whole = manifest.read_bytes()
    manifest.write_bytes(whole.replace(b'"is_complete": true', b'"is_complete": false'))
    assert detente_in(*words).output == again
    assert manifest.read_bytes() == whole
    Path("scored/part-00001.parquet").unlink()
    n = len(list(Path("scored").glob("part-*")))
    assert f"({n} by an earlier run)" in detente_in(*words).output


def test_other_options_than_those_of_the_parts_are_named_as_typed(detente_in):
    words = ("score", bundled(), "-o", "scored/", "--scorer", "vader")
    assert detente_in(*words, "--batch", "100").exit_code == 0
    done = detente_in(*words[:-1], "target", "--batch", "200")
    assert done.exit_code == 1
    assert "--batch was 100 and is 200" in done.output
    assert "--scorer was vader and is target" in done.output
    assert "--output" in done.output


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
        (["score", "a.csv", "-o", "b/", "--engine", "serial", "--workers", "2"], "of no use to"),
        (["score", "a.csv", "-o", "scored"], "(-o scored/)"),
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


def test_a_bar_of_one_step_moves_until_the_step_is_done(monkeypatch):
    monkeypatch.setattr("detente.cli.console.is_terminal", lambda _stream: True)
    totals = []
    update = Progress.update

    def noted(self, task, **fields):
        totals.append(fields["total"])
        update(self, task, **fields)

    monkeypatch.setattr(Progress, "update", noted)
    with progress_bars() as tell:
        tell("Typeset", 0, 1)
        tell("Typeset", 1, 1)
        tell("Draw", 0, 9)
    assert totals == [None, 1, 9]
