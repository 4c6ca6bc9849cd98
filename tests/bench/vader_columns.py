"""Columnar VADER against vaderSentiment: every number compared, times set in proportion.

Run it by ``python tests/bench/vader_columns.py [FOLDER]``, FOLDER holding the third-party
texts that stay outside the repository (default: ``../shared/data``); some minutes. It compares
all texts there and all bundled ones, whole and sentence by sentence, and prints ratios of
speed, each taken in one run. Processor time is what counts: other work on the machine adds
to the clock, and hardly to it. It writes nothing.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from detente.tone import split_sentences
from detente.tone.vader import polarity

ROOT = Path(__file__).parents[2]
LIBRARY = SentimentIntensityAnalyzer()


def read_texts(folder: Path) -> dict[str, list[str]]:
    """Read every text there is, by kind."""
    lines = [
        json.loads(line)
        for name in ("train", "dev_rw", "dev_mt")
        for line in (folder / "newsmtsc" / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    articles = (folder / "kremlin-en" / "articles.jsonl").read_text("utf-8").splitlines()
    turns = [turn["text"] for line in articles for turn in json.loads(line)["turns"]]
    statements = [
        text
        for study in sorted(ROOT.glob("data/*/statements.csv"))
        for text in pd.read_csv(study)["text"].dropna()
    ]
    return {
        "news sentences": [line["sentence_normalized"] for line in lines],
        "Kremlin sentences": [part for turn in turns for part in split_sentences(turn)],
        "Kremlin turns": turns,
        "statements": statements,
    }


def by_library(texts: Sequence[str]) -> np.ndarray:
    """Score text by text, as one would with the library."""
    return np.array([list(LIBRARY.polarity_scores(text).values()) for text in texts])


def in_pool(pool: ProcessPoolExecutor | ThreadPoolExecutor, texts: list[str], n: int) -> None:
    """Score in n parts at once."""
    step = -(-len(texts) // n)
    list(pool.map(polarity, [texts[i : i + step] for i in range(0, len(texts), step)]))


def timed(work: Callable[[], object], clock: Callable[[], float], repeats: int = 1) -> float:
    """Return the shortest of some times, in seconds."""
    times = []
    for _ in range(repeats):
        before = clock()
        work()
        times.append(clock() - before)
    return min(times)


def main(folder: str = "") -> None:
    """Compare, then time."""
    kinds = read_texts(Path(folder) if folder else ROOT.parent / "shared" / "data")
    for kind, texts in kinds.items():
        same = polarity(texts).to_numpy().tobytes() == by_library(texts).tobytes()
        print(f"{kind}: {len(texts):,} texts, {'identical' if same else 'DIFFERENT'}", flush=True)

    news = list(islice(cycle(kinds["news sentences"] + kinds["Kremlin sentences"]), 100_000))
    words = [word for text in kinds["Kremlin turns"] for word in text.split()]
    with ProcessPoolExecutor(2) as processes, ThreadPoolExecutor(2) as threads:
        in_pool(processes, news[:2_000], 2)  # the workers have loaded the lexicon
        for clock in (time.process_time, time.perf_counter):
            library = timed(lambda: by_library(news), clock)
            own = timed(lambda: polarity(news), clock, 5)
            print(
                f"{clock.__name__}: 100,000 sentences: library {len(news) / library:,.0f}/s, "
                f"columns {len(news) / own:,.0f}/s, ratio {library / own:.1f}"
            )
        for name, pool in (("processes", processes), ("threads", threads)):
            two = timed(lambda pool=pool: in_pool(pool, news, 2), time.perf_counter, 5)
            print(f"two {name}: {len(news) / two:,.0f}/s, ratio {library / two:.1f} by the clock")

    for n in (7_300, 73_000, 730_000):
        time_document(" ".join(islice(cycle(words), n)), is_compared=n == 7_300)


def time_document(text: str, *, is_compared: bool) -> None:
    """Time one long text; the library's time grows with the square of its length."""
    own = timed(lambda: polarity([text]), time.process_time, 5)
    line = f"a document of {len(text.split()):,} words: {own * 1000:.1f} ms"
    if is_compared:
        line += f", ratio {timed(lambda: by_library([text]), time.process_time) / own:.0f}"
    print(line, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:2])
