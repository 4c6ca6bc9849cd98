"""One batch of statements to the bytes of a part, wherever that is computed."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from detente import wording
from detente._checks import Problem
from detente._tables import Batch
from detente.statements import is_example, load_batch
from detente.study.notices import noticed, study_notices
from detente.study.parts import KEY
from detente.study.tables import rejected_bytes
from detente.tone import Scorer, score_statements

__all__ = ["TOLD", "Part", "PartScoring"]

#: Problems of bad rows that are told at the end; the others are in the folder.
TOLD = 25


@dataclass(frozen=True)
class Part:
    """A scored batch.

    Parameters
    ----------
    place : int
        Of the part, from 0.
    content : bytes
        The statements as a Parquet file.
    rejected : bytes
        The bad rows as CSV; empty where there are none.
    counts : Counter
        Numbers of rows, and of statements by direction.
    share_read : float
        How much of the input was read with this batch, in [0, 1].
    problems : list of Problem
        The first errors of the bad rows.
    """

    place: int
    content: bytes
    rejected: bytes
    counts: Counter[str]
    share_read: float
    problems: list[Problem]


@dataclass(frozen=True)
class PartScoring:
    """What a worker does with a batch.

    Parameters
    ----------
    scorer : Scorer
        What gives the tone.
    aliases : mapping of str to sequence of str or None
        Further names of countries.
    columns : mapping of str to str
        Schema name -> name in the file.
    skip_bad : bool
        Whether rows with errors are set aside.
    today : str
        Last day that a statement can have.
    fingerprint : str
        Of input and parameters; stands in every part.
    progress : callable, optional
        Called with the rows of the part that are scored so far; it is not sent anywhere.
    """

    scorer: Scorer
    aliases: Mapping[str, Sequence[str]] | None
    columns: Mapping[str, str]
    skip_bad: bool
    today: str
    fingerprint: str
    progress: Callable[[int], None] | None = None

    def __call__(self, batch: Batch) -> Part:
        """Check, type and score a batch, and write it down as bytes."""
        with wording.use_language("en"):  # a part is for machines, and the same on any engine
            return self._part(batch)

    def _part(self, batch: Batch) -> Part:
        read = load_batch(batch, self.columns, skip_bad=self.skip_bad, today=self.today)
        scored = score_statements(
            read.frame, self.scorer, aliases=self.aliases, progress=self._more()
        )
        counts = Counter(
            n_rows=len(batch.rows.numbers),
            n_statements=len(scored),
            n_rejected=read.n_rejected,
            n_unscored=int(scored["tone"].isna().sum()),
            n_example=int(is_example(scored).sum()),
        )
        directions = (scored["source"] + ">" + scored["target"]).value_counts()
        counts.update({str(name): int(n) for name, n in directions.items()})
        notices = study_notices(n_example=counts["n_example"], n_rejected=read.n_rejected)
        return Part(
            place=batch.number - 1,
            content=self._parquet(noticed(scored, notices), counts),
            rejected=rejected_bytes(read.rejected) if read.n_rejected else b"",
            counts=counts,
            share_read=batch.share_read,
            problems=[one for one in read.problems if one.severity == "error"][:TOLD],
        )

    def _more(self) -> Callable[[int], None] | None:
        """Return what adds up the rows of a part and tells the sum."""
        tell = self.progress
        if tell is None:
            return None
        n_done = 0

        def more(n: int) -> None:
            nonlocal n_done
            n_done += n
            tell(n_done)

        return more

    def _parquet(self, scored: pd.DataFrame, counts: Counter[str]) -> bytes:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if "notice" not in scored:  # in all parts or in none
            scored = scored.assign(notice=pd.Series(pd.NA, index=scored.index, dtype="str"))
        kinds = {"date": pa.timestamp("us"), "tone": pa.float64()}
        names = map(str, scored.columns)
        schema = pa.schema([(name, kinds.get(name, pa.string())) for name in names])
        table = pa.Table.from_pandas(scored, schema=schema, preserve_index=False)
        told = json.dumps({"fingerprint": self.fingerprint, "counts": counts}, sort_keys=True)
        metadata = {**(table.schema.metadata or {}), KEY: told.encode()}
        stream = io.BytesIO()
        pq.write_table(
            table.replace_schema_metadata(metadata),
            stream,
            compression="zstd",
            write_page_checksum=True,  # so that a damaged part is known as one
        )
        return stream.getvalue()
