"""Score a file of any size into a folder of parts, and go on where an earlier run ended."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from os import fspath
from pathlib import Path
from typing import Any

import detente
from detente._checks import Problem
from detente._files import locked, replacing, write_durably
from detente._tables import Batch, FilePath, file_digest, last_possible_day
from detente._tables.storage import file_name, open_stored
from detente._tables.table import known_suffixes
from detente.engines import Engine, SerialEngine
from detente.errors import DetenteError, ReadError, StudyError
from detente.statements import Bounds, statement_batches
from detente.study.batch import TOLD, Part, PartScoring
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
from detente.tone import Scorer

__all__ = ["score_folder"]

_OTHER_FOLDER = (
    "Choose another folder with --output, or remove this one to start anew with what is asked now."
)


@dataclass
class _Run:
    """One run over the batches of a file: which parts are done, and what they hold."""

    folder: Path
    fingerprint: str
    skip_bad: bool
    tell: Callable[[float, int, int], None]
    check_input: Callable[[], None]
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    n_parts: int = 0
    n_found: int = 0

    def open_batches(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """Yield the batches whose parts are not there yet."""
        for batch in batches:
            self.n_parts = batch.number
            counts = self._finished(batch.number - 1)
            if counts is None:
                yield batch
                continue
            self.n_found += counts["n_rows"]
            self.counts.update(counts)
            self.tell(batch.share_read, self.counts["n_rows"], self.n_found)

    def _finished(self, place: int) -> Counter[str] | None:
        """Return the counts of a part that can stay as it is."""
        counts = part_counts(self.folder / part_name(place), self.fingerprint)
        if counts and counts["n_rejected"]:
            # Without leave to skip them the bad rows have to be told, which takes reading them.
            is_kept = self.skip_bad and rejected_path(self.folder, place).is_file()
            return counts if is_kept else None
        return counts

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
        self.tell(part.share_read, self.counts["n_rows"], self.n_found)


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
    progress: Callable[[float, int, int], None] | None = None,
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
        Called with the share of the file that is done, in [0, 1], the rows done, and those among
        them that an earlier run had done, which say nothing about the rate.

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
    tell = progress or (lambda _share, _n, _found: None)
    target = Path(folder).expanduser()
    with open_stored(file):  # what cannot be read in batches is told before anything is made
        pass
    before = _stamp(file)

    def check_input() -> None:
        if _stamp(file) != before:
            raise _changed(file)

    asked = {
        "input": {"sha256": file_digest(file), "bytes": before[0]},
        "parameters": _parameters(scorer, columns or {}, aliases, bounds),
    }
    check_input()
    with replacing(target / MANIFEST, remedy=ROOM):  # the folder can be made and written to
        pass
    with locked(target):
        record = _begin(target, file, asked)
        scoring = PartScoring(
            scorer, aliases, columns or {}, skip_bad, record["today"], record["fingerprint"]
        )
        run = _Run(target, record["fingerprint"], skip_bad, tell, check_input)
        batches = run.open_batches(statement_batches(file, columns, bounds=bounds))
        for part in (engine or SerialEngine()).map_batches(scoring, batches):
            run.write(part)
        check_input()
        return _finish(target, record, run), run.problems


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


def _parameters(
    scorer: Scorer,
    columns: Mapping[str, str],
    aliases: Mapping[str, Sequence[str]] | None,
    bounds: Bounds,
) -> dict[str, Any]:
    """Return all that decides what is in the parts, as JSON holds it."""
    python = ".".join(platform.python_version_tuple()[:2])
    parameters = {
        "scorer": dict(scorer.parameters),
        "columns": dict(columns),
        "aliases": {code: list(names) for code, names in (aliases or {}).items()},
        "rows": bounds.rows,
        "size": bounds.size,
        "detente": str(detente.__version__),
        "python": python,
        "pandas": version("pandas"),
        "pyarrow": version("pyarrow"),
    }
    found: dict[str, Any] = json.loads(json.dumps(parameters, default=str))
    return found


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
    if record["input"] != asked["input"]:
        raise StudyError(
            f"'{folder}' was begun with another input: SHA-256 {record['input']['sha256'][:12]}… "
            f"of '{record['file']}', but '{file}' has {asked['input']['sha256'][:12]}….",
            remedy=_OTHER_FOLDER,
        )
    if record["parameters"] != asked["parameters"]:
        raise StudyError(
            f"'{folder}' was begun with other parameters: "
            f"{_difference(record['parameters'], asked['parameters'])}.",
            remedy=_OTHER_FOLDER,
        )
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


def _difference(old: Mapping[str, Any], new: Mapping[str, Any], name: str = "") -> str:
    """Name the parameters that differ, with both values."""
    told = []
    for key in sorted({*old, *new}):
        one, two = old.get(key), new.get(key)
        if isinstance(one, dict) and isinstance(two, dict):
            told.append(_difference(one, two, f"{name}{key}."))
        elif one != two:
            told.append(f"{name}{key} was {str(one)[:60]} and is {str(two)[:60]}")
    return "; ".join(filter(None, told))


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
    record = {**record, "is_complete": True, "counts": told}
    write_manifest(folder, record)
    return ScoredFolder(folder, record)
