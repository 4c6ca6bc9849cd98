"""Scoring into a folder: parts, going on after any end, refusals, bad disks."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import ANY

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from detente import _files
from detente.engines import SerialEngine, get_engine
from detente.errors import CheckError, DetenteError, ReadError, StudyError
from detente.index import monthly_index
from detente.statements import Bounds, read_statements
from detente.study.archive import score_folder
from detente.study.parts import index_folder, is_scored_folder, open_scored
from detente.study.standing import Standing
from detente.tone import get_scorer, score_statements

HEADER = "date,source,target,speaker,channel,text"
TEXTS = ("He praised our strong friendship.", "They called it a vile betrayal.", "They met.")
DETENTE = [sys.executable, "-m", "detente"]


def write(path, n, bad=()):
    rows = []
    for place in range(n):
        side = "RUS,TUR" if place % 2 else "TUR,RUS"
        day = "2015-02-30" if place in bad else f"20{10 + place % 10}-0{1 + place % 9}-11"
        rows.append(f"{day},{side},Speaker {place % 4},speech,{TEXTS[place % 3]} Item {place}.")
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return write(tmp_path_factory.mktemp("in") / "archive.csv", 50)


@pytest.fixture(scope="module")
def whole(archive, tmp_path_factory):
    """What one run without interruption writes."""
    folder = tmp_path_factory.mktemp("whole") / "scored"
    score(archive, folder)
    return folder


def score(path, folder, **options):
    options = {"scorer": get_scorer("vader"), "bounds": Bounds(rows=8), **options}
    return score_folder(path, folder, **options)


def content(folder):
    """Every file of a folder, also hidden ones, and its bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_parts_hold_what_scoring_in_memory_gives(archive, whole):
    assert sorted(content(whole)) == [
        "_manifest.json",
        *(f"part-0000{i}.parquet" for i in range(7)),
    ]
    frame = pd.read_parquet(whole)  # as any reader of a folder of parts sees it
    own = score_statements(read_statements(archive), "vader")
    assert frame["notice"].isna().all()
    pd.testing.assert_frame_equal(frame.drop(columns="notice"), own)
    counts = open_scored(whole).counts
    assert (counts["n_rows"], counts["n_statements"], counts["n_parts"]) == (50, 50, 7)
    assert counts["directions"] == {"RUS>TUR": 25, "TUR>RUS": 25}


@pytest.mark.filterwarnings("ignore:::distributed", "ignore:::tornado", "ignore:::dask")
@pytest.mark.parametrize("name", ["processes", "dask"])
def test_every_engine_writes_the_same_bytes(name, archive, whole, tmp_path):
    if name == "dask":
        pytest.importorskip("distributed", reason="needs the extra detente[dask]")
    score(archive, tmp_path / "scored", engine=get_engine(name, workers=2))
    assert content(tmp_path / "scored") == content(whole)


def test_the_index_of_the_parts_is_that_of_the_frame(archive, whole):
    scored = score_statements(read_statements(archive), "vader")
    found, notices = index_folder(open_scored(whole), method="means")
    own = monthly_index(scored, ("RUS", "TUR"), method="means")
    pd.testing.assert_frame_equal(found.table, own.table, rtol=0, atol=1e-12)
    assert notices == ()
    refused, notices = index_folder(open_scored(whole), ("TUR", "RUS"))
    assert refused.method in ("means", "state_space")
    assert (refused.method == "means") == any("refused" in one for one in notices)


class Stopping(SerialEngine):
    """An engine that is interrupted after some parts."""

    def __init__(self, after):
        self.after = after

    def map_batches(self, function, batches):
        for place, result in enumerate(super().map_batches(function, batches)):
            if place == self.after:
                raise KeyboardInterrupt
            yield result


@pytest.mark.parametrize("after", [0, 1, 6])
def test_an_interrupted_run_goes_on_to_the_same_bytes(after, archive, whole, tmp_path):
    folder = tmp_path / "scored"
    with pytest.raises(KeyboardInterrupt):
        score(archive, folder, engine=Stopping(after))
    parts = sorted(folder.glob("*.parquet"))
    assert len(parts) == after
    assert is_scored_folder(folder)
    with pytest.raises(StudyError, match="not complete"):
        open_scored(folder)
    times = [part.stat().st_mtime_ns for part in parts]
    told = []
    score(archive, folder, progress=told.append)
    assert [part.stat().st_mtime_ns for part in parts] == times  # finished parts were kept
    assert content(folder) == content(whole)
    assert told[-1] == Standing("parts", 1.0, 50, min(8 * after, 50), ANY, 50)
    scoring = [one for one in told if one.step == "parts"]
    for name in ("share", "n_rows", "n_found", "share_found", "n_read"):
        values = [getattr(one, name) for one in scoring]
        assert values == sorted(values)
    assert all(one.n_read >= one.n_rows >= one.n_found for one in scoring)
    assert told[0].step == "input"


def test_a_whole_folder_is_left_as_it_is(archive, whole):
    before = {path: path.stat().st_mtime_ns for path in whole.glob("*.parquet")}
    folder, _ = score(archive, whole)
    assert {path: path.stat().st_mtime_ns for path in whole.glob("*.parquet")} == before
    assert (folder.counts["n_statements"], folder.n_written) == (50, 0)


def test_a_whole_folder_is_known_without_parsing_the_input_again(archive, whole, monkeypatch):
    def unread(*args, **options):
        raise AssertionError

    monkeypatch.setattr("detente.study.archive.statement_batches", unread)
    told = []
    folder, _ = score(archive, whole, progress=told.append)
    assert (folder.counts["n_parts"], folder.n_written) == (7, 0)
    assert [one.step for one in told] == ["input", *["found"] * 7, "parts"]


def test_what_is_under_way_is_told_before_the_first_part_is_done(archive, tmp_path, monkeypatch):
    monkeypatch.setattr("detente.tone.score.CHUNK_ROWS", 10)
    told = []
    score(archive, tmp_path / "scored", bounds=Bounds(rows=25), progress=told.append)
    steps = [(one.n_rows, one.n_read) for one in told if one.step == "parts"]
    assert steps[:5] == [(0, 25), (10, 25), (20, 25), (25, 25), (25, 25)]  # within, and done
    assert steps[5:7] == [(25, 50), (35, 50)]
    shares = [one.share for one in told if one.step == "parts"]
    assert 0 < shares[1] < shares[2] < shares[3] == shares[4]


def test_the_names_of_json_lines_are_looked_for_before_they_are_scored(tmp_path, monkeypatch):
    monkeypatch.setattr("detente._tables.stream._MANY", 10)
    path = tmp_path / "archive.jsonl"
    frame = pd.read_csv(write(tmp_path / "archive.csv", 30))
    frame.to_json(path, orient="records", lines=True, date_format="iso")
    told = []
    score(path, tmp_path / "scored", progress=told.append)
    looked = [one.share for one in told if one.step == "names"]
    assert len(looked) == 3
    assert looked == sorted(looked)
    assert 0 < looked[0] < looked[-1] <= 1


def test_a_damaged_part_is_made_again(archive, whole, tmp_path):
    folder = tmp_path / "scored"
    score(archive, folder)
    part = folder / "part-00002.parquet"
    part.write_bytes(part.read_bytes()[:-20])
    with pytest.raises(ReadError, match="part-00002"):
        list(open_scored(folder).frames())
    score(archive, folder)
    assert content(folder) == content(whole)


def test_a_part_with_a_damaged_page_is_named_and_made_again(archive, whole, tmp_path):
    folder = tmp_path / "scored"
    score(archive, folder)
    part = folder / "part-00002.parquet"
    sound = part.read_bytes()
    group = pq.read_metadata(part).row_group(0)
    names = [group.column(place).path_in_schema for place in range(group.num_columns)]
    tone = group.column(names.index("tone"))
    end = tone.data_page_offset + tone.total_compressed_size - 2  # inside the page's values
    part.write_bytes(sound[:end] + bytes([sound[end] ^ 1]) + sound[end + 1 :])
    assert pq.read_metadata(part).num_rows == 8  # the footer says nothing of it
    with pytest.raises(ReadError, match="part-00002") as caught:
        list(open_scored(folder).frames())
    assert "makes the part anew" in caught.value.remedy
    score(archive, folder)
    assert content(folder) == content(whole)


def test_a_part_whose_bad_rows_are_gone_is_made_again(tmp_path):
    path = write(tmp_path / "archive.csv", 30, bad=(20,))
    folder, _ = score(path, tmp_path / "scored", skip_bad=True)
    before = content(folder.path)
    (folder.path / "_rejected" / "part-00002.csv").unlink()
    score(path, folder.path, skip_bad=True)
    assert content(folder.path) == before


def test_what_a_run_killed_in_its_first_moment_leaves_does_not_block_the_folder(
    archive, whole, tmp_path
):
    folder = tmp_path / "scored"
    folder.mkdir()
    (folder / "._manifest.0123abcd.json").write_bytes(b"{")
    score(archive, folder)
    assert content(folder) == content(whole)
    own = tmp_path / "own"
    own.mkdir()
    (own / "._manifest.of mine.json").write_bytes(b"{}")
    (own / ".part-1").write_bytes(b"mine")
    before = content(own)
    with pytest.raises(StudyError, match="holds other files"):
        score(archive, own)
    assert content(own) == before


def test_a_killed_run_leaves_no_broken_file_and_goes_on(whole, tmp_path):
    path = write(tmp_path / "archive.csv", 2000)
    folder = tmp_path / "scored"
    words = [
        *DETENTE,
        "score",
        "archive.csv",
        "-o",
        "scored/",
        "--scorer",
        "vader",
        "--batch",
        "40",
    ]
    words += ["--engine", "processes", "--workers", "2", "-q"]
    for n_wanted in (3, 8):
        with subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE) as process:
            while process.poll() is None and len(list(folder.glob("part-*"))) < n_wanted:
                time.sleep(0.01)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        assert len(list(folder.glob("part-*"))) >= n_wanted
        for part in folder.glob("part-*.parquet"):
            assert len(pd.read_parquet(part)) == 40
    (folder / ".part-00037.0123abcd.parquet").write_bytes(b"half of a part")
    score(path, folder, bounds=Bounds(rows=40))
    score(path, tmp_path / "again", bounds=Bounds(rows=40))
    assert content(folder) == content(tmp_path / "again")


def test_ctrl_c_is_told_with_the_way_on(tmp_path):
    # So many that no machine is done before the signal comes.
    write(tmp_path / "archive.csv", 40_000)
    words = [*DETENTE, "score", "archive.csv", "-o", "scored/", "--batch", "20"]
    words += ["--scorer", "vader", "--engine", "processes"]
    with subprocess.Popen(
        words, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while process.poll() is None and len(list(tmp_path.glob("scored/part-*"))) < 2:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of the group
        told = process.communicate()[1]
    assert process.returncode == 130
    assert "Finished parts stay in scored/" in told
    assert "Start the same command again" in told
    assert "Traceback" not in told
    assert not list(tmp_path.glob("scored/.part-*"))


# refusals


def test_another_input_or_other_parameters_are_refused_with_the_way_out(archive, tmp_path):
    folder = tmp_path / "scored"
    score(archive, folder)
    before = content(folder)
    other = write(tmp_path / "other.csv", 51)
    with pytest.raises(StudyError, match=r"another input, 'archive\.csv' \(SHA-256") as caught:
        score(other, folder)
    assert "The 7 finished parts" in caught.value.message
    assert "another folder with --output" in caught.value.remedy
    assert f"delete '{folder}'" in caught.value.remedy
    assert "skip_bad" not in caught.value.remedy  # it is complete: nothing was bad
    with pytest.raises(StudyError, match=r"rows was 8 and is 9\.$|rows was 8 and is 9"):
        score(archive, folder, bounds=Bounds(rows=9))
    with pytest.raises(StudyError, match=r"scorer\.name was vader and is target"):
        score(archive, folder, scorer=get_scorer("target"))
    assert content(folder) == before


def test_a_folder_with_other_files_is_refused(archive, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StudyError, match=r"holds other files, such as 'notes\.txt'"):
        score(archive, tmp_path)
    assert content(tmp_path) == {"notes.txt": b"mine"}


def test_a_folder_without_parts_takes_the_mended_input(archive, whole, tmp_path):
    path = tmp_path / "archive.csv"
    path.write_bytes(archive.read_bytes().replace(b"praised", b"pr\xffised", 1))
    with pytest.raises(ReadError, match="line 2"):
        score(path, tmp_path / "scored")
    # Killed before its first part was in place, it leaves these.
    (tmp_path / "scored" / ".part-00000.0123abcd.parquet").write_bytes(b"half of a part")
    (tmp_path / "scored" / "_rejected").mkdir()
    (tmp_path / "scored" / "_rejected" / "part-00000.csv").write_bytes(b"row\n2\n")
    path.write_bytes(archive.read_bytes())
    score(path, tmp_path / "scored")
    assert content(tmp_path / "scored") == content(whole)


def test_two_runs_do_not_write_to_one_folder(archive, tmp_path):
    folder = tmp_path / "scored"
    folder.mkdir()
    with _files.locked(folder), pytest.raises(DetenteError, match="Another run is writing"):
        score(archive, folder)
    score(archive, folder)


def test_an_input_that_changes_under_the_run_is_told(archive, tmp_path):
    path = tmp_path / "archive.csv"
    path.write_bytes(archive.read_bytes())

    class Growing(SerialEngine):
        def map_batches(self, function, batches):
            yield from super().map_batches(function, batches)
            with path.open("a") as file:
                file.write("one more\n")

    with pytest.raises(ReadError, match="was changed while it was read"):
        score(path, tmp_path / "scored", engine=Growing())
    with pytest.raises(StudyError, match="not complete"):
        open_scored(tmp_path / "scored")


def test_no_part_is_written_from_an_input_that_has_changed(archive, whole, tmp_path):
    path = tmp_path / "archive.csv"
    path.write_bytes(archive.read_bytes())

    class Editing(SerialEngine):
        def map_batches(self, function, batches):
            for place, result in enumerate(super().map_batches(function, batches)):
                if place == 2:
                    path.write_bytes(archive.read_bytes().replace(b"praised", b"refused"))
                yield result

    with pytest.raises(ReadError, match="was changed while it was read") as caught:
        score(path, tmp_path / "scored", engine=Editing())
    assert "into another folder" in caught.value.remedy
    found = content(tmp_path / "scored")
    assert sorted(found) == ["_manifest.json", "part-00000.parquet", "part-00001.parquet"]
    # Those are of the input that was there: with it, the run goes on.
    path.write_bytes(archive.read_bytes())
    score(path, tmp_path / "scored")
    assert content(tmp_path / "scored") == content(whole)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("https://example.org/archive.csv", "is on the network"),
        ("folder.csv", "is a folder"),
        ("archiv.csv", r"There is no file .*Did you mean 'archive\.csv'"),
    ],
)
def test_what_cannot_be_read_in_batches_is_told_before_a_folder_is_made(
    name, told, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archive.csv").touch()
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ReadError, match=told):
        score(name, tmp_path / "scored")
    assert not (tmp_path / "scored").exists()


# bad rows


def test_bad_rows_stop_a_run_or_are_set_aside_beside_the_parts(tmp_path):
    path = write(tmp_path / "archive.csv", 50, bad=(20, 41))
    with pytest.raises(CheckError, match="row 22") as caught:
        score(path, tmp_path / "scored")
    assert "2 finished parts stay" in caught.value.remedy
    assert "with skip_bad=True: it goes on from there" in caught.value.remedy
    assert "correct the rows, which makes another input" in caught.value.remedy
    parts = sorted((tmp_path / "scored").glob("part-*"))
    assert len(parts) == 2  # finished parts stay
    times = [part.stat().st_mtime_ns for part in parts]
    folder, problems = score(path, tmp_path / "scored", skip_bad=True)  # the way out that is told
    assert [part.stat().st_mtime_ns for part in parts] == times
    score(path, tmp_path / "skipped", skip_bad=True)
    assert content(tmp_path / "scored") == content(tmp_path / "skipped")
    with pytest.raises(CheckError, match="row 22"):
        score(path, tmp_path / "skipped")
    assert [problem.row for problem in problems] == [22, 43]
    assert folder.counts["n_rejected"] == 2
    assert folder.counts["n_statements"] == 48
    rejected = pd.concat(map(pd.read_csv, sorted((folder.path / "_rejected").iterdir())))
    assert rejected["row"].tolist() == [22, 43]
    frame = pd.read_parquet(folder.path)
    assert len(frame) == 48
    assert frame["notice"].eq("1 bad row set aside").sum() == 14
    assert index_folder(folder, method="means")[1] == ("2 bad rows set aside",)


def test_a_row_corrected_after_a_failure_is_refused_with_the_ways_out(tmp_path):
    path, folder = write(tmp_path / "archive.csv", 30, bad=(20,)), tmp_path / "scored"
    with pytest.raises(CheckError):
        score(path, folder)
    before = content(folder)
    write(path, 30)  # the row is corrected
    with pytest.raises(StudyError, match="was changed since") as caught:
        score(path, folder)
    assert "The 2 finished parts in the folder belong to the former input" in str(caught.value)
    for way in ("another folder", f"delete '{folder}'", "skip_bad=True"):
        assert way in caught.value.remedy
    assert content(folder) == before
    # Each of them leads on.
    write(path, 30, bad=(20,))
    assert score(path, folder, skip_bad=True)[0].n_written == 2
    write(path, 30)
    assert score(path, tmp_path / "other")[0].counts["n_rejected"] == 0


def test_where_no_part_is_finished_nothing_is_said_of_parts(tmp_path):
    path = write(tmp_path / "archive.csv", 30, bad=(2,))
    with pytest.raises(CheckError) as caught:
        score(path, tmp_path / "scored")
    assert caught.value.remedy == "Correct these rows, or set them aside with skip_bad=True."


def test_a_file_without_a_sound_row_is_an_error(tmp_path):
    path = write(tmp_path / "archive.csv", 20, bad=range(20))
    with pytest.raises(DetenteError, match="None of the rows"):
        score(path, tmp_path / "scored", skip_bad=True)


def test_a_truncated_input_keeps_the_parts_before_it(archive, tmp_path):
    path = tmp_path / "archive.csv"
    path.write_bytes(archive.read_bytes() + b"2015-11-24,RUS,TUR,A,speech,\xff\xfe\n")
    # More than one read of the file, so that whole batches come before the damage.
    many = write(tmp_path / "many.csv", 20_000)
    with many.open("ab") as file:
        file.write(b"2015-11-24,RUS,TUR,A,speech,\xff\xfe\n")
    with pytest.raises(ReadError, match="line 20002"):
        score(many, tmp_path / "scored", bounds=Bounds(rows=4000))
    parts = sorted((tmp_path / "scored").glob("part-*"))
    assert parts
    assert all(len(pd.read_parquet(part)) == 4000 for part in parts)


# bad disks


class FullDisk:
    """A file that takes some bytes and then has no room, once it is armed."""

    def __init__(self, file, room):
        self.file, self.room = file, room

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.file.close()

    def write(self, content):
        self.file.write(content[: self.room])
        if len(content) > self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def flush(self):
        self.file.flush()

    def fileno(self):
        return self.file.fileno()


def test_a_full_disk_is_told_and_leaves_whole_parts_alone(archive, whole, tmp_path, monkeypatch):
    n_opened = 0
    opened = Path.open

    def filling(self, mode="r", *args, **options):
        nonlocal n_opened
        file = opened(self, mode, *args, **options)
        if mode != "wb":
            return file
        n_opened += 1
        return FullDisk(file, room=100 if n_opened == 4 else 10**9)

    folder = tmp_path / "scored"
    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.open", filling)
        with pytest.raises(DetenteError, match="no space left on device") as caught:
            score(archive, folder)
    assert "part-00002.parquet" in str(caught.value)
    assert "start the same command again" in caught.value.remedy
    names = ["_manifest.json", "part-00000.parquet", "part-00001.parquet"]
    assert sorted(content(folder)) == names
    score(archive, folder)
    assert content(folder) == content(whole)


@pytest.mark.skipif(os.name != "posix", reason="needs the file size limit of POSIX")
def test_a_disk_limit_of_the_system_is_told(tmp_path):
    path = tmp_path / "archive.csv"
    text = "He said that the talks with them had been good and that they would go on."
    rows = [f"2015-01-{1 + i % 28:02d},RUS,TUR,S{i},speech,{i**9} {text}" for i in range(300)]
    path.write_text("\n".join([HEADER, *rows]))
    # A real refusal by the system itself, which any user can set.
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))\n"
        "from detente.cli import app; app(sys.argv[1:])"
    )
    words = ["score", "archive.csv", "-o", "scored/", "--scorer", "vader"]
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Cannot write to scored/part-00000.parquet: file too large" in done.stderr
    assert sorted(content(tmp_path / "scored")) == ["_manifest.json"]


def test_a_folder_without_permission_is_told(archive, tmp_path, monkeypatch):
    folder = tmp_path / "scored"
    folder.mkdir()
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):  # root may write anywhere
        opened = Path.open

        def refused(self, mode="r", *args, **options):
            if "w" in mode and self.parent == folder:
                raise PermissionError(errno.EACCES, "Permission denied", str(self))
            return opened(self, mode, *args, **options)

        monkeypatch.setattr("pathlib.Path.open", refused)
    with pytest.raises(DetenteError, match="permission denied") as caught:
        score(archive, folder)
    assert "scored" in str(caught.value)
    assert content(folder) == {}


def test_a_disk_that_can_only_be_read_is_told(archive, tmp_path, monkeypatch):
    folder = tmp_path / "scored"
    folder.mkdir()

    def refused(self, *args, **options):
        if self.parent == folder:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))
        return unlink(self, *args, **options) if self.exists() else None

    unlink = Path.unlink
    opened = Path.open
    monkeypatch.setattr("pathlib.Path.unlink", refused)  # also of a file that is not there
    monkeypatch.setattr(
        "pathlib.Path.open",
        lambda self, mode="r", *args, **options: (
            refused(self) if "w" in mode else opened(self, mode, *args, **options)
        ),
    )
    with pytest.raises(DetenteError, match="read-only file system") as caught:
        score(archive, folder)
    assert "choose another folder" in caught.value.remedy
    assert content(folder) == {}


def test_the_manifest_names_no_clock_and_no_path(whole, archive):
    told = (whole / "_manifest.json").read_text("utf-8")
    assert str(archive.parent) not in told
    record = json.loads(told)
    assert record["file"] == "archive.csv"
    assert np.isfinite(record["input"]["bytes"])
    assert record["parameters"]["scorer"]["name"] == "vader"
