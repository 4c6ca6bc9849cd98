"""Rate and peak memory of `detente score` on made-up archives of any size.

Run it as `python tests/bench/streaming.py 100000 1000000`; for each number of statements an
archive is written to a temporary folder, scored in a process of its own, and the memory of that
process and all its children is added up ten times a second.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from detente.statements import read_statements
from detente.study import load_study

#: Statements made at once, speakers, and statements of one speech (one occasion of the index).
_PIECE, _SPEAKERS, _SPEECH = 100_000, 400, 25


def archive(n: int, seed: int = 0) -> Iterator[pd.DataFrame]:
    """Yield made-up statements: bundled texts, half of them with another one behind.

    A speech has 25 statements of one speaker, day and channel.
    """
    found = pd.concat(
        read_statements(load_study(name).folder / "statements.csv")
        for name in ("russia-turkey", "japan-korea")
    )
    texts = found["text"].to_numpy(dtype=object)
    sides = found[["source", "target"]].to_numpy(dtype=object)
    channels = found["channel"].fillna("").to_numpy(dtype=object)
    random = np.random.default_rng(seed)
    for start in range(0, n, _PIECE):
        size = min(_PIECE, n - start)
        one, two = random.integers(len(texts), size=(2, size))
        numbers = random.integers(1, 10**6, size)
        is_long = random.random(size) < 0.5
        speech = np.arange(size) // _SPEECH
        n_speeches = speech[-1] + 1
        days = random.integers(0, 15 * 365, n_speeches).astype("timedelta64[D]")[speech]
        speakers = random.integers(_SPEAKERS, size=n_speeches)[speech]
        channel = random.choice(channels, n_speeches)[speech]
        yield pd.DataFrame(
            {
                "date": (np.datetime64("2009-01-01") + days).astype("datetime64[us]"),
                "source": sides[one, 0],
                "target": sides[one, 1],
                "speaker": [f"Speaker {number}" for number in speakers],
                "channel": channel,
                "text": [
                    f"{texts[i]} {texts[j]}" if both else f"{texts[i]} It was item {number}."
                    for i, j, number, both in zip(one, two, numbers, is_long, strict=True)
                ],
            }
        )


def write_archive(path: Path, n: int) -> None:
    """Write an archive as CSV or Parquet, a piece at a time."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            for place, piece in enumerate(archive(n)):
                piece.to_csv(file, index=False, header=place == 0, lineterminator="\n")
        return
    writer = None
    for piece in archive(n):
        table = pa.Table.from_pandas(piece, preserve_index=False)
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer is not None:
        writer.close()


def watched(words: list[str]) -> tuple[float, float]:
    """Run a command; return its seconds and the peak memory of its process tree in bytes."""
    began = time.perf_counter()
    peak = 0
    with subprocess.Popen(words) as process:
        tree = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, _memory(tree))
            time.sleep(0.1)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} ended with status {process.returncode}")
    return time.perf_counter() - began, peak


def _memory(tree: psutil.Process) -> int:
    total = 0
    try:
        for process in (tree, *tree.children(recursive=True)):
            total += process.memory_info().rss
    except psutil.NoSuchProcess:  # it ended between two looks
        return 0
    return total


def main() -> None:
    """Measure, print and write a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--format", choices=["parquet", "csv"], default="parquet")
    parser.add_argument("--scorer", default="vader")
    parser.add_argument("--engine", default="processes")
    parser.add_argument("--output", default="reports/bench/streaming.json")
    asked = parser.parse_args()
    rows = []
    for n in asked.sizes:
        with tempfile.TemporaryDirectory() as place:
            archive_path = Path(place) / f"archive.{asked.format}"
            write_archive(archive_path, n)
            size = archive_path.stat().st_size
            words = [sys.executable, "-m", "detente", "score", str(archive_path), "-q"]
            words += ["-o", f"{place}/scored/", "--scorer", asked.scorer, "--engine", asked.engine]
            seconds, peak = watched(words)
            scored = json.loads((Path(place) / "scored" / "_manifest.json").read_text("utf-8"))
            index_words = [sys.executable, "-m", "detente", "index", f"{place}/scored/", "-q"]
            index_words += ["--dyad", "RUS-TUR", "--method", "means", "-o", f"{place}/index.csv"]
            index_seconds, index_peak = watched(index_words)
        assert scored["counts"]["n_rows"] == n
        rows.append(
            {
                "n": n,
                "format": asked.format,
                "scorer": asked.scorer,
                "engine": asked.engine,
                "input_bytes": size,
                "seconds": round(seconds, 2),
                "statements_per_second": round(n / seconds),
                "peak_bytes": peak,
                "index_seconds": round(index_seconds, 2),
                "index_peak_bytes": index_peak,
            }
        )
        print(
            f"{n:,} statements ({size / 1e6:,.0f} MB {asked.format}), {asked.scorer}, "
            f"{asked.engine}: {seconds:,.1f} s, {n / seconds:,.0f}/s, "
            f"peak {peak / 2**20:,.0f} MiB; index {index_seconds:,.1f} s, "
            f"peak {index_peak / 2**20:,.0f} MiB",
            flush=True,
        )
    machine = {"cpu": platform.processor() or platform.machine(), "cores": os.cpu_count()}
    path = Path(asked.output)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"machine": machine, "runs": rows}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
