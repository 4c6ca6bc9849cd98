"""Files are whole or not there, whatever happens in between."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from detente._files import publish, replacing, staging
from detente.errors import DetenteError


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_replacing_moves_a_finished_file_into_a_new_folder(tmp_path):
    with replacing(tmp_path / "new" / "a.csv") as part:
        assert part.suffix == ".csv"
        assert part.parent == tmp_path / "new"
        part.write_text("done")
        assert names(tmp_path) != ["new/a.csv"]
    assert names(tmp_path) == ["new/a.csv"]


@pytest.mark.parametrize("stop", [ValueError, KeyboardInterrupt, SystemExit])
def test_replacing_keeps_the_older_file_when_writing_stops(tmp_path, stop):
    path = tmp_path / "a.csv"
    path.write_text("old")

    def write():
        with replacing(path) as part:
            part.write_text("half")
            raise stop

    with pytest.raises(stop):
        write()
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.csv"]


def test_replacing_leaves_an_older_file_when_nothing_was_written(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("old")
    with replacing(path):
        pass
    assert path.read_text() == "old"


@pytest.mark.parametrize("writer", [replacing, staging])
def test_a_place_that_cannot_be_written_to_is_told_with_a_way_out(tmp_path, writer):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(DetenteError, match=r"Cannot write to .*Name another\."),
        writer(tmp_path / "file" / "below", remedy="Name another."),
    ):
        pytest.fail("the block must not be entered")


def test_an_error_about_some_other_file_keeps_its_own_type(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADirectoryError), replacing(tmp_path / "out" / "a.csv"):
        (tmp_path / "file" / "below").read_text()


def test_staging_publishes_all_files_and_removes_stale_ones(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "1").write_text("old")
    (tmp_path / "b" / "stale").write_text("old")
    (tmp_path / "b" / "foreign").write_text("yours")
    with staging(tmp_path, remove=["b/stale", "b/never-there"]) as staged:
        assert staged.name.startswith(".")
        for name in ("a/1", "b/1"):
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            (staged / name).write_text("new")
        assert (tmp_path / "b" / "1").read_text() == "old"
    assert names(tmp_path) == ["a/1", "b/1", "b/foreign"]
    assert (tmp_path / "b" / "1").read_text() == "new"


def test_staging_keeps_a_file_of_the_removal_list_that_was_written_anew(tmp_path):
    with staging(tmp_path, remove=["a"]) as staged:
        (staged / "a").write_text("new")
    assert (tmp_path / "a").read_text() == "new"


@pytest.mark.parametrize("stop", [ValueError, KeyboardInterrupt])
def test_staging_leaves_no_trace_when_the_run_stops(tmp_path, stop):
    def write():
        with staging(tmp_path / "made" / "by run") as staged:
            (staged / "a").write_text("half")
            raise stop

    with pytest.raises(stop):
        write()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("stop", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("fails_at", range(1, 9))
def test_a_stop_between_two_moves_puts_every_old_file_back(tmp_path, monkeypatch, stop, fails_at):
    import shutil

    target, staged = tmp_path / "target", tmp_path / "staged"
    for folder, text in ((target, "old"), (staged, "new")):
        for name in ("a", "b/c", "b/d"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    (staged / "e" / "f").parent.mkdir()
    (staged / "e" / "f").write_text("new")
    (target / "stale").write_text("old")
    move, n_moves = shutil.move, 0

    def faulty(origin, place):
        nonlocal n_moves
        n_moves += 1
        if n_moves == fails_at:
            raise stop
        return move(origin, place)

    monkeypatch.setattr(shutil, "move", faulty)
    with pytest.raises(stop):
        publish(staged, target, remove=["stale"])
    assert names(target) == ["a", "b/c", "b/d", "stale"]
    assert {(target / name).read_text() for name in names(target)} == {"old"}
    assert not (target / "e").exists()


def test_a_folder_in_the_place_of_a_file_stops_the_publication(tmp_path):
    target = tmp_path / "target"
    (target / "a.csv").mkdir(parents=True)
    (target / "0.csv").write_text("old")

    def write():
        with staging(target) as staged:
            (staged / "0.csv").write_text("new")
            (staged / "a.csv").write_text("new")

    with pytest.raises(DetenteError, match="directory"):
        write()
    assert (target / "0.csv").read_text() == "old"
    assert list((target / "a.csv").iterdir()) == []


@pytest.mark.parametrize("writer", [replacing, staging])
def test_any_refusal_to_make_the_folder_is_told(tmp_path, monkeypatch, writer):
    # As /proc has it, where nothing can be made: an error number that is no refusal elsewhere.
    def refused(self, *args, **kwargs):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(self))

    monkeypatch.setattr(Path, "mkdir", refused)
    with (
        pytest.raises(DetenteError, match=r"Cannot write to .*no such file") as caught,
        writer(tmp_path / "new" / "a"),
    ):
        pytest.fail("the block must not be entered")
    assert "--output" not in str(caught.value)


def test_folders_that_were_made_before_a_refusal_go_again(tmp_path):
    with pytest.raises(DetenteError, match="too long"), staging(tmp_path / "a" / "b" / ("x" * 300)):
        pytest.fail("the block must not be entered")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("stop", [OSError("disk full"), KeyboardInterrupt()])
@pytest.mark.parametrize("fails_at", [2, 4, 6])
def test_a_second_stop_while_old_files_are_put_back_destroys_none(
    tmp_path, monkeypatch, stop, fails_at
):
    import shutil

    target = tmp_path / "target"
    for name in ("a", "b", "c"):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(f"old {name}")
    move, n_moves = shutil.move, 0

    def faulty(origin, place):
        nonlocal n_moves
        n_moves += 1
        if n_moves >= fails_at:
            raise stop
        return move(origin, place)

    def write():
        with staging(target) as staged:
            for name in ("a", "b", "c"):
                (staged / name).write_text("new")
            monkeypatch.setattr(shutil, "move", faulty)

    with pytest.raises(DetenteError, match="older files were put back") as caught:
        write()
    (kept,) = target.glob(".detente-*")
    assert str(kept) in caught.value.message
    texts = {path.read_text() for path in target.rglob("*") if path.is_file()}
    assert texts >= {"old a", "old b", "old c"}


def test_half_a_copy_on_another_disk_does_not_take_an_old_files_place(tmp_path, monkeypatch):
    import shutil

    target, staged = tmp_path / "target", tmp_path / "staged"
    for folder, text in ((target, "old"), (staged, "new")):
        folder.mkdir()
        (folder / "a").write_text(text)
    move, n_moves = shutil.move, 0

    def faulty(origin, place):
        nonlocal n_moves
        n_moves += 1
        if n_moves == 2:  # a move to another disk copies, then deletes
            Path(place).write_text("ha")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return move(origin, place)

    monkeypatch.setattr(shutil, "move", faulty)
    with pytest.raises(OSError, match="space"):
        publish(staged, target)
    assert (target / "a").read_text() == "old"
    assert not list(tmp_path.glob("*-old"))
