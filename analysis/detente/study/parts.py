"""A folder of scored statements: Parquet parts, bad rows, what they were made of; its index."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from detente._files import write_durably
from detente.countries import Dyad
from detente.errors import BadArgumentError, ReadError, StudyError
from detente.index import IndexResult, index_of_batches
from detente.study.notices import refusal, study_notices

__all__ = [
    "MANIFEST",
    "REJECTED",
    "ROOM",
    "ScoredFolder",
    "index_folder",
    "is_scored_folder",
    "open_scored",
    "part_counts",
    "part_name",
    "write_manifest",
]

# Readers of a folder of Parquet files pass over names that begin with an underscore.
#: What the parts were made of, and whether all are there.
MANIFEST = "_manifest.json"
#: Folder of the bad rows that were set aside, a CSV file for each part that has some.
REJECTED = "_rejected"

#: The way out where the folder cannot be written to.
ROOM = (
    "Make room or rights there and start the same command again, which goes on from the parts "
    "that are done; or choose another folder with --output."
)

#: Key of the counts in the metadata of a part.
KEY = b"detente.part"

#: Bytes, and rows, of a part that are held at once while it is looked through.
_BLOCK, _FEW = 2**18, 8192

#: What the index needs of a statement.
_COLUMNS = ("date", "source", "target", "speaker", "level", "channel", "tone")


@dataclass(frozen=True)
class ScoredFolder:
    """A folder that `score_folder` has written, whole.

    Parameters
    ----------
    path : Path
        The folder.
    record : dict
        Its manifest: input, parameters, counts.
    n_written : int, default 0
        Parts that were written by the run which gave this; the others were there before.
    """

    path: Path
    record: Mapping[str, Any]
    n_written: int = 0

    @property
    def counts(self) -> Mapping[str, Any]:
        """Numbers of rows, statements, bad rows and parts; statements of each direction."""
        counts: Mapping[str, Any] = self.record["counts"]
        return counts

    @property
    def parts(self) -> list[Path]:
        """The files, in the order of the rows."""
        return [self.path / part_name(place) for place in range(self.counts["n_parts"])]

    def frames(self, columns: Iterable[str] | None = None) -> Iterator[pd.DataFrame]:
        """Read the parts one at a time.

        Parameters
        ----------
        columns : iterable of str, optional
            The columns that are needed; those that no part has are passed over. Default: all.

        Yields
        ------
        DataFrame
            The scored statements of a part.

        Raises
        ------
        ReadError
            A part is missing or damaged.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        for path in self.parts:
            try:
                with pq.ParquetFile(
                    path, pre_buffer=False, page_checksum_verification=True
                ) as file:
                    there = file.schema_arrow.names
                    names = there if columns is None else [c for c in columns if c in there]
                    frame = file.read(columns=names).to_pandas()
            except (pa.ArrowException, OSError, ValueError) as error:
                raise ReadError(
                    f"The part '{path}' cannot be read: {error}.",
                    file=str(path),
                    remedy="Start the `detente score` that wrote the folder again: it makes the "
                    "part anew.",
                ) from error
            yield frame


def part_name(place: int) -> str:
    """Return the name of a part.

    Parameters
    ----------
    place : int
        From 0.

    Returns
    -------
    str
        A file name that sorts by place up to 100,000 parts.

    Examples
    --------
    >>> part_name(0)
    'part-00000.parquet'
    """
    return f"part-{place:05d}.parquet"


def rejected_path(folder: Path, place: int) -> Path:
    """Return where the bad rows of a part belong; the file is there only where it has some."""
    return folder / REJECTED / Path(part_name(place)).with_suffix(".csv").name


def is_scored_folder(path: str | Path) -> bool:
    """Tell whether a path is a folder that `score_folder` has begun to write.

    Parameters
    ----------
    path : str or Path
        Any path.

    Returns
    -------
    bool
        Whether it has a manifest of parts.

    Examples
    --------
    >>> is_scored_folder("no-such-folder")
    False
    """
    return (Path(path).expanduser() / MANIFEST).is_file()


def open_scored(path: str | Path) -> ScoredFolder:
    """Open a folder of scored statements for reading.

    Parameters
    ----------
    path : str or Path
        The folder.

    Returns
    -------
    ScoredFolder
        Its parts are not read yet.

    Raises
    ------
    StudyError
        It is no such folder, or not all of its parts are there.
    """
    folder = Path(path).expanduser()
    record = read_manifest(folder)
    if record is None:
        raise StudyError(
            f"'{path}' is no folder of scored statements; it has no {MANIFEST}.",
            remedy="Make one: detente score statements.parquet -o scored/",
        )
    if not record.get("is_complete"):
        raise StudyError(
            f"'{path}' is not complete: the scoring was interrupted.",
            remedy="Start the same `detente score` again; it goes on where it was.",
        )
    return ScoredFolder(folder, record)


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a folder, or None where there is none."""
    try:
        record: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StudyError(
            f"'{folder / MANIFEST}' cannot be read: {error}.",
            remedy="Choose another folder with --output, or remove this one to start anew.",
        ) from error
    return record


def write_manifest(folder: Path, record: Mapping[str, Any]) -> None:
    """Write the manifest of a folder.

    Parameters
    ----------
    folder : Path
        The folder.
    record : mapping
        Values that JSON can hold.
    """
    text = json.dumps(record, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    write_durably(folder / MANIFEST, text.encode("utf-8"), remedy=ROOM)


def part_counts(path: Path, fingerprint: str) -> Counter[str] | None:
    """Return the counts of a finished part, or None where it has to be made.

    Parameters
    ----------
    path : Path
        Where the part belongs.
    fingerprint : str
        Of input and parameters.

    Returns
    -------
    Counter or None
        None where there is no part, a damaged one, or one of another input.

    Raises
    ------
    StudyError
        There is something else in its place, or it may not be read.

    Notes
    -----
    The part is read through, a little at a time: a whole footer says nothing about the pages
    before it. That takes a small part of the time of making it.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(
            path, pre_buffer=False, buffer_size=_BLOCK, page_checksum_verification=True
        ) as file:
            told = json.loads((file.metadata.metadata or {})[KEY])
            if told["fingerprint"] != fingerprint:
                return None
            n_read = sum(batch.num_rows for batch in file.iter_batches(batch_size=_FEW))
    except (IsADirectoryError, PermissionError) as error:
        raise StudyError(
            f"The part '{path}' cannot be read: {(error.strerror or str(error)).lower()}.",
            remedy="Remove it, or get the right to read it, and start the same command again.",
        ) from error
    except (pa.ArrowException, OSError, ValueError, KeyError):
        return None
    counts: Counter[str] = Counter(told["counts"])
    return counts if counts["n_statements"] == n_read else None


def index_folder(
    scored: ScoredFolder, dyad: Dyad | tuple[str, str] | str | None = None, **choices: Any
) -> tuple[IndexResult, tuple[str, ...]]:
    """Make the monthly index of the scored statements of a folder.

    Parameters
    ----------
    scored : ScoredFolder
        As `open_scored` gives it.
    dyad : Dyad, tuple of str or str, optional
        The two countries; default: those of the statements, where there are but two.
    **choices
        As for `index_of_batches`.

    Returns
    -------
    tuple of IndexResult and tuple of str
        The index, by monthly means where the model is refused for one side, and the notices
        that belong to it.

    Raises
    ------
    BadArgumentError
        The statements are of several dyads and none was named, or as from `monthly_index`.
    ReadError
        A part is missing or damaged.
    """
    chosen = _only_dyad(scored) if dyad is None else Dyad.parse(dyad)
    index = index_of_batches(scored.frames(_COLUMNS), chosen, **choices)
    refused = refusal(index)
    if refused:
        # One side smoothed beside one that is not would be read as a difference between them.
        index = index_of_batches(scored.frames(_COLUMNS), chosen, **{**choices, "method": "means"})
    counts = scored.counts
    notices = study_notices(
        n_example=counts["n_example"],
        refused=refused,
        n_rejected=counts["n_rejected"],
        n_unscored=index.n_unscored,
        n_set_aside=sum(
            n for name, n in counts["directions"].items() if name not in chosen.directions
        ),
    )
    return index, notices


def _only_dyad(scored: ScoredFolder) -> Dyad:
    directions: dict[str, int] = scored.counts["directions"]
    pairs: dict[tuple[str, ...], int] = {}
    for name, n in directions.items():
        pair = tuple(sorted(name.split(">")))
        pairs[pair] = pairs.get(pair, 0) + n
    if len(pairs) != 1:
        often = sorted(pairs, key=lambda pair: -pairs[pair])[:5]
        raise BadArgumentError(
            f"The statements in '{scored.path}' are of {len(pairs):,} dyads.",
            remedy=f"Name one with --dyad, such as {', '.join('-'.join(pair) for pair in often)}.",
        )
    return Dyad(*next(iter(pairs)))
