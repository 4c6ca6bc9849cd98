"""The NewsMTSC yardstick: sentiment of news sentences toward a marked person."""

from __future__ import annotations

import json
from dataclasses import dataclass
from os import fspath
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from detente import wording
from detente._tables.records import records
from detente.errors import BadArgumentError, ReadError
from detente.tone import Scorer, get_scorer
from detente.validation.phrases import MEASURE_NAMES, difference, figure
from detente.validation.resampling import Blocks, Floats, Options, interval_of
from detente.validation.scores import CLASSES, confusion, confusion_f1, ratio
from detente.validation.validate import BASELINE

__all__ = ["NewsmtscResult", "read_newsmtsc", "validate_newsmtsc"]

#: Polarity in the files -> class.
_CLASS_OF = {2: "cold", 4: "neutral", 6: "warm"}
_MEASURES = ("macro_f1", "accuracy")


@dataclass(frozen=True, eq=False)
class NewsmtscResult:
    """How a scorer classifies the sentiment toward marked persons in news sentences.

    Parameters
    ----------
    scorer_name : str
        The scorer.
    file : str
        Name of the file, without its folder.
    table : DataFrame
        One row per scorer (the baseline beside) and measure ("macro_f1", "accuracy"):
        scorer, measure, estimate, lower, upper, n (marked persons).
    by_class : DataFrame
        One row per class: tone_class, precision, recall, f1, n (in the file's labels).
    confusion : DataFrame
        Numbers of marked persons; rows are the labels, columns the scorer's classes.
    differences : DataFrame
        Paired, one row per measure: scorer, baseline, measure, difference, lower, upper, n.
    n_sentences, n_without_tone : int
        Sentences in the figures, and marked persons left out for want of a tone.
    options : Options
        How intervals were made.
    """

    scorer_name: str
    file: str
    table: pd.DataFrame
    by_class: pd.DataFrame
    confusion: pd.DataFrame
    differences: pd.DataFrame
    n_sentences: int
    n_without_tone: int
    options: Options

    @property
    def n(self) -> int:
        """Marked persons in the figures."""
        return int(self.table["n"].iloc[0])

    @property
    def sentence(self) -> str:
        """What was found, in words, from the numbers of the tables."""
        told = []
        for name in dict.fromkeys(self.table["scorer"]):
            parts = [
                f"{wording.say(MEASURE_NAMES[row['measure']])} "
                + figure(row["estimate"], row["lower"], row["upper"], "sentence")
                for row in self.table[self.table["scorer"] == name].to_dict("records")
            ]
            told.append(f"'{name}' {wording.listing(parts)}")
        text = (
            f"NewsMTSC, {self.file}, {wording.count(self.n, 'marked person')} in "
            f"{wording.count(self.n_sentences, 'sentence')}, with {self.options.words_of_many}: "
            f"{'; '.join(told)}."
        )
        for row in self.differences.to_dict("records"):
            found = difference(row["difference"], row["lower"], row["upper"], self.options)
            text += f" {MEASURE_NAMES[row['measure']]} against plain VADER: {found}."
        if self.n_without_tone:
            left = wording.count(self.n_without_tone, "marked person")
            text += f" Left out: {left} without tone."
        return text

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What must hold for the figures to mean what they say."""
        return (
            "News sentences about persons are another kind of text than officials' statements "
            "about countries: a yardstick for directing tone at a target, not for diplomacy.",
            "Sentences are independent; the intervals resample whole sentences.",
            "The scorer is given the marked mention's own words as the target's only form.",
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What was asked for."""
        return {
            "scorer": self.scorer_name,
            "file": self.file,
            "seed": self.options.seed,
            "n_boot": self.options.n_boot,
            "confidence": self.options.confidence,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return parameters, counts, sentence and tables as plain Python values."""
        return {
            "parameters": self.parameters,
            "n": self.n,
            "n_sentences": self.n_sentences,
            "n_without_tone": self.n_without_tone,
            "sentence": self.sentence,
            "assumptions": list(self.assumptions),
            "table": records(self.table),
            "by_class": records(self.by_class),
            "confusion": records(self.confusion.reset_index()),
            "differences": records(self.differences),
        }

    def __repr__(self) -> str:
        return f"<NewsmtscResult: {self.sentence}>"

    def _repr_html_(self) -> str:
        return wording.shown(self.sentence, self.by_class)


def read_newsmtsc(path: str | Path) -> pd.DataFrame:
    r"""Read a file of NewsMTSC.

    Parameters
    ----------
    path : str or Path
        JSON lines as the data set ships them.

    Returns
    -------
    DataFrame
        One row per marked person, in the order of the file: `sentence` (number of the line
        from 1), `text`, `mention`, `start`, `end` (characters, end excluded),
        `polarity` (2, 4, 6) and `tone_class` ("cold", "neutral", "warm").

    Raises
    ------
    ReadError
        The file is missing or a line is not as the data set describes it.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "dev.jsonl"
    >>> _ = path.write_text('{"sentence_normalized": "We thank Ms. Kaya.", "targets": '
    ...     '[{"from": 9, "to": 17, "mention": "Ms. Kaya", "polarity": 6.0}]}\n')
    >>> read_newsmtsc(path)[["mention", "start", "tone_class"]]
        mention  start tone_class
    0  Ms. Kaya      9       warm
    """
    file = fspath(path)
    try:
        lines = Path(path).read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(
            f"'{file}' cannot be read.", file=file, remedy="Pass a .jsonl file of NewsMTSC."
        ) from error
    rows = [
        row
        for number, line in enumerate(lines, 1)
        if line.strip()
        for row in _persons(line, number, file)
    ]
    if not rows:
        raise ReadError(f"'{file}' has no marked person.", file=file)
    return pd.DataFrame(rows)


def _persons(line: str, number: int, file: str) -> list[dict[str, Any]]:
    try:
        item = json.loads(line)
        text = item["sentence_normalized"]
        rows = [
            {
                "sentence": number,
                "text": text,
                "mention": target["mention"],
                "start": int(target["from"]),
                "end": int(target["to"]),
                "polarity": int(target["polarity"]),
                "tone_class": _CLASS_OF[int(target["polarity"])],
            }
            for target in item["targets"]
        ]
        if any(text[row["start"] : row["end"]] != row["mention"] for row in rows):
            raise ValueError("the mention is not where the line says")
    except (ValueError, KeyError, TypeError) as error:
        raise ReadError(
            f"'{file}', line {number}: this is no line of NewsMTSC ({error}).",
            file=file,
            row=number,
            remedy="Each line holds sentence_normalized and targets with from, to, mention "
            "and polarity (2, 4 or 6).",
        ) from error
    return rows


def validate_newsmtsc(
    scorer: str | Scorer,
    path: str | Path,
    *,
    seed: int = 0,
    n_boot: int = 1000,
    confidence: float = 0.95,
) -> NewsmtscResult:
    """Classify the sentiment toward marked persons and compare with the labels.

    Parameters
    ----------
    scorer : str or Scorer
        A scorer or its name; it gets each marked mention as its target's only form.
    path : str or Path
        A file of NewsMTSC.
    seed : int, default 0
        Seed of the bootstrap.
    n_boot : int, default 1000
        Replicates, at least 50.
    confidence : float, default 0.95
        Coverage of the intervals, in (0, 1).

    Returns
    -------
    NewsmtscResult
        Macro-F1 and accuracy with intervals, plain VADER beside, and each class.

    Raises
    ------
    ReadError
        The file cannot be read.
    BadArgumentError
        For an unknown scorer, a number out of range, or a scorer that gives no tone at all.

    Notes
    -----
    Classes are cold below -0.25, warm above 0.25, else neutral. Marked persons of one
    sentence are resampled together.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "dev.jsonl"
    >>> _ = path.write_text('{"sentence_normalized": "We thank Ms. Kaya.", "targets": '
    ...     '[{"from": 9, "to": 17, "mention": "Ms. Kaya", "polarity": 6.0}]}')
    >>> validate_newsmtsc("vader", path).table[["measure", "estimate"]]
        measure  estimate
    0  macro_f1       1.0
    1  accuracy       1.0
    """
    options = Options(seed, n_boot, confidence)
    chosen = get_scorer(scorer)
    made = {chosen.name: chosen}
    if chosen.name != BASELINE:
        made[BASELINE] = get_scorer(BASELINE)
    frame = read_newsmtsc(path)
    texts, forms = frame["text"].tolist(), [(mention,) for mention in frame["mention"]]
    tones = {
        name: np.asarray(one.score(texts, forms), dtype=np.float64) for name, one in made.items()
    }
    has_tone = np.logical_and.reduce([np.isfinite(tone) for tone in tones.values()])
    if not has_tone.any():
        raise BadArgumentError(
            f"The scorer '{chosen.name}' gave no marked person of '{Path(path).name}' a tone.",
            remedy="Check the scorer.",
        )
    frame = frame[has_tone].reset_index(drop=True)
    places = [CLASSES.index(name) for name in frame["tone_class"]]
    gold = np.array(places, dtype=np.float64) - 1
    blocks = Blocks.of(frame["sentence"].to_numpy())
    counts = np.concatenate([blocks.whole, blocks.draws(options)])
    cells = {
        name: confusion(gold, tone[has_tone], np.ones(len(gold)), blocks, counts)
        for name, tone in tones.items()
    }
    values = {name: _measure(cell) for name, cell in cells.items()}

    def rows(scores: Floats, name: str) -> pd.DataFrame:
        lower, upper = interval_of(scores[1:], blocks.n_blocks, options.confidence)
        columns = {"measure": _MEASURES, name: scores[0], "lower": lower, "upper": upper}
        return pd.DataFrame({**columns, "n": len(gold)})

    table = pd.concat(
        [rows(value, "estimate").assign(scorer=name) for name, value in values.items()],
        ignore_index=True,
    )
    differences = rows(values[chosen.name] - values[BASELINE], "difference")
    differences.insert(0, "scorer", chosen.name)
    differences.insert(1, "baseline", BASELINE)
    if chosen.name == BASELINE:
        differences = differences.iloc[:0]
    own = cells[chosen.name][0]
    return NewsmtscResult(
        scorer_name=chosen.name,
        file=Path(path).name,
        table=table[["scorer", "measure", "estimate", "lower", "upper", "n"]],
        by_class=_by_class(own),
        confusion=pd.DataFrame(
            own.astype("int64"),
            index=pd.Index(CLASSES, name="labels"),
            columns=pd.Index(CLASSES, name="scorer"),
        ),
        differences=differences,
        n_sentences=blocks.n_blocks,
        n_without_tone=int((~has_tone).sum()),
        options=options,
    )


def _measure(cells: Floats) -> Floats:
    """Return macro-F1 and accuracy of each confusion table."""
    hits = np.trace(cells, axis1=1, axis2=2)
    return np.stack(
        [np.nanmean(confusion_f1(cells), axis=1), ratio(hits, cells.sum(axis=(1, 2)))], axis=1
    )


def _by_class(cells: Floats) -> pd.DataFrame:
    hits = np.diagonal(cells)
    return pd.DataFrame(
        {
            "tone_class": CLASSES,
            "precision": ratio(hits, cells.sum(axis=0)),
            "recall": ratio(hits, cells.sum(axis=1)),
            "f1": confusion_f1(cells),
            "n": cells.sum(axis=1).astype("int64"),
        }
    )
