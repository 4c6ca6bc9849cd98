"""Score a file of any size into a folder of parts, and go on where an earlier run ended."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from os import fspath
from pathlib import Path
from typing import Any

from detente._checks import Problem
from detente._files import locked, replacing, write_durably
from detente._tables import Batch, FilePath, file_digest, last_possible_day
from detente._tables.storage import file_name, open_stored
from detente._tables.table import known_suffixes
from detente.engines import Engine, SerialEngine
from detente.errors import CheckError, DetenteError, ReadError, StudyError
from detente.statements import Bounds, statement_batches
from detente.study.batch import TOLD, Part, PartScoring
from detente.study.origin import parameters_of, refuse_other
from detente.study.parts import (
    MANIFEST,
    REJECTED,
    ROOM,
    ScoredFolder,
    part_counts,
    part_name,
    read_manifest,
    rejected_path,
    write_manifest,
)
from detente.study.standing import Standing, Tally
from detente.tone import Scorer

__all__ = ["score_folder"]


@dataclass
class _Run:
    """One run over the batches of a file: which parts are done, and what they hold."""

    folder: Path
    fingerprint: str
    skip_bad: bool
    tally: Tally
    check_input: Callable[[], None]
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    n_parts: int = 0
    n_written: int = 0

    def open_batches(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Yield the batches whose parts are not there yet."""
        for batch in batches:
            self.n_parts = batch.number
            counts = self.finished(batch.number - 1)
            self.tally.read(batch, is_found=counts is not None)
            if counts is None:
                yield batch
            else:
                self.counts.update(counts)

    def finished(self, place: int) -> Counter[str] | None:
        """Return the counts of a part that can stay as it is."""
        counts = part_counts(self.folder / part_name(place), self.fingerprint)
        if counts and counts["n_rejected"]:
            # Without leave to skip them the bad rows have to be told, which takes reading them.
            is_kept = self.skip_bad and rejected_path(self.folder, place).is_file()
            return counts if is_kept else None
        return counts

    def is_whole(self, record: Mapping[str, Any]) -> bool:
        """Look through the parts of a run that had ended well; the input need not be read."""
        if not record.get("is_complete"):
            return False
        n = record["counts"]["n_parts"]
        for place in range(n):
            counts = self.finished(place)
            if counts is None:
                self.counts.clear()
                return False
            self.counts.update(counts)
            self.tally.look("found", (place + 1) / n)
        self.n_parts = n
        return True

    def write(self, part: Part) -> None:
        """Write a part, its bad rows first: a part that is there is done."""
        # A part says which input it is of: it may not be written once that is another one.
        self.check_input()
        bad = rejected_path(self.folder, part.place)
        if part.rejected:
            write_durably(bad, part.rejected, remedy=ROOM)
        else:
            bad.unlink(missing_ok=True)
        write_durably(self.folder / part_name(part.place), part.content, remedy=ROOM)
        self.counts.update(part.counts)
        self.problems += part.problems[: TOLD - len(self.problems)]
        self.n_written += 1
        self.tally.done(part.place)


def score_folder(
    path: FilePath,
    folder: str | Path,
    scorer: Scorer,
    *,
    columns: Mapping[str, str] | None = None,
    skip_bad: bool = False,
    aliases: Mapping[str, Sequence[str]] | None = None,
    engine: Engine | None = None,
    bounds: Bounds | None = None,
    progress: Callable[[Standing], None] | None = None,
) -> tuple[ScoredFolder, list[Problem]]:
    """Give each statement of a file of any size its tone.

    Parameters
    ----------
    path : str or path-like
        A file of this machine, as `stream_statements` takes it.
    folder : str or Path
        Where the parts go; made where missing. A folder of an earlier run with the same input
        and parameters is gone on with: its finished parts stay. One without parts is begun anew.
    scorer : Scorer
        What gives the tone.
    columns : mapping of str to str, optional
        Schema name -> name in the file, where they differ.
    skip_bad : bool, default False
        Whether rows with errors are set aside, to a CSV file beside each part. A folder that
        was begun without it can be gone on with.
    aliases : mapping of str to sequence of str, optional
        As for `score_statements`.
    engine : Engine, optional
        Where batches are scored; default: here, one after the other. The result is the same.
    bounds : Bounds, optional
        Rows and characters of a batch, which becomes a part.
    progress : callable, optional
        Called with a `Standing` while the file is looked through, with each batch that is read,
        within a part where parts are made here, and with each part.

    Returns
    -------
    tuple of ScoredFolder and list of Problem
        The folder, and up to 25 problems of rows that this run has set aside.

    Raises
    ------
    StudyError
        The folder belongs to another input or other parameters, to another run that is under
        way, or holds other files.
    ReadError
        The file cannot be read from some place on. Parts before that stay.
    CheckError
        Rows have errors and `skip_bad` is False. Parts before that stay.
    DetenteError
        The folder cannot be written to, or a worker was lost twice. Parts before that stay.

    Notes
    -----
    A part is written under another name and moved into place, so it is whole or not there,
    however a run ends. Parts depend on input and parameters alone: interrupted or not, on any
    engine, they are the same in every byte. The input is known by its SHA-256; parameters
    are those of the scorer, columns, names, bounds, and the releases of detente, Python,
    pandas and pyarrow. The last day that counts as no future is that of the first start.
    """
    file = fspath(path)
    known_suffixes(file)
    bounds = bounds or Bounds()
    tally = Tally(progress or (lambda _standing: None))
    target = Path(folder).expanduser()
    with open_stored(file):  # what cannot be read in batches is told before anything is made
        pass
    before = _stamp(file)

    def check_input() -> None:
        if _stamp(file) != before:
            raise _changed(file)

    asked = {
        "input": {"sha256": file_digest(file, partial(tally.look, "input")), "bytes": before[0]},
        "parameters": parameters_of(scorer, columns or {}, aliases, bounds),
    }
    check_input()
    with replacing(target / MANIFEST, remedy=ROOM):  # the folder can be made and written to
        pass
    with locked(target):
        record = _begin(target, file, asked)
        run = _Run(target, record["fingerprint"], skip_bad, tally, check_input)
        if not run.is_whole(record):
            engine = engine or SerialEngine()
            # Elsewhere nothing can be told while a part is made.
            within = tally.within if isinstance(engine, SerialEngine) else None
            scoring = PartScoring(
                scorer,
                aliases,
                columns or {},
                skip_bad,
                record["today"],
                record["fingerprint"],
                within,
            )
            look = partial(tally.look, "names")
            batches = statement_batches(file, columns, bounds=bounds, look=look)
            try:
                for part in engine.map_batches(scoring, run.open_batches(batches)):
                    run.write(part)
            except CheckError as error:
                raise _with_way_on(error, target) from error
        tally.end()
        check_input()
        return _finish(target, record, run), run.problems


def _with_way_on(error: CheckError, folder: Path) -> CheckError:
    """Say of finished parts that a corrected input has no use for them."""
    n = sum(1 for _ in folder.glob("part-*.parquet"))
    if not (n and error.remedy):
        return error
    parts = "1 finished part stays" if n == 1 else f"{n:,} finished parts stay"
    return CheckError(
        error.problems,
        remedy=f"{parts} in '{folder}'. Start the same command again with skip_bad=True: it goes "
        "on from there and sets such rows aside. Or correct the rows, which makes another input: "
        "all of it is then scored anew, into another folder.",
    )


def _stamp(file: str) -> tuple[int, int]:
    """Return size and time of a file, which change when somebody writes to it."""
    try:
        found = Path(file).expanduser().stat()
    except OSError:
        return 0, 0  # reading it says why
    return found.st_size, found.st_mtime_ns


def _changed(file: str) -> ReadError:
    return ReadError(
        f"'{file}' was changed while it was read.",
        file=file,
        remedy="Wait until it is written, and score it into another folder.",
    )


def _begin(folder: Path, file: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Return the manifest to go by: that of the folder, or a new one."""
    # What a run that was killed in its first moment was writing; the folder is locked.
    manifest = Path(MANIFEST)
    for left in folder.glob(f".{manifest.stem}.{8 * '[0-9a-f]'}{manifest.suffix}"):
        left.unlink(missing_ok=True)
    record = read_manifest(folder)
    if record is None:
        others = sorted(found.name for found in folder.iterdir())
        if others:
            raise StudyError(
                f"'{folder}' holds other files, such as '{others[0]}'.",
                remedy="Choose an empty or a new folder with --output.",
            )
        return _written(folder, file, asked)
    if not record.get("is_complete") and not any(folder.glob("part-*.parquet")):
        _tidy(folder)
        shutil.rmtree(folder / REJECTED, ignore_errors=True)
        return _written(folder, file, asked)  # nothing is lost by beginning anew
    refuse_other(folder, record, asked, file)
    _tidy(folder)
    return record


def _tidy(folder: Path) -> None:
    """Remove what a killed run was writing when it ended."""
    for left in (*folder.glob(".part-*"), *folder.glob(f"{REJECTED}/.part-*")):
        left.unlink(missing_ok=True)


def _written(folder: Path, file: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Write a new manifest and return it."""
    canonical = json.dumps(asked, sort_keys=True).encode()
    record = {
        **asked,
        "file": file_name(file),
        "fingerprint": hashlib.sha256(canonical).hexdigest(),
        "today": last_possible_day().isoformat(),
        "is_complete": False,
    }
    write_manifest(folder, record)
    return record


def _finish(folder: Path, record: dict[str, Any], run: _Run) -> ScoredFolder:
    counts = run.counts
    if not counts["n_statements"]:
        raise DetenteError(
            f"None of the rows of '{record['file']}' is sound.",
            remedy=f"Their errors are in '{folder / REJECTED}'.",
        )
    if not counts["n_rejected"]:
        shutil.rmtree(folder / REJECTED, ignore_errors=True)
    names = ("n_rows", "n_statements", "n_rejected", "n_unscored", "n_example")
    told = {
        **{name: counts[name] for name in names},
        "n_parts": run.n_parts,
        "directions": {name: n for name, n in sorted(counts.items()) if name not in names},
    }
    whole = {**record, "is_complete": True, "counts": told}
    if whole != record:
        write_manifest(folder, whole)
    return ScoredFolder(folder, whole, run.n_written)
