"""What is learned from: coded statements as named texts, gold tones and blocks."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from detente.countries import surface_forms
from detente.errors import BadArgumentError
from detente.tone.calibrated.naming import NamedText, name_all, role_digest, text_digest
from detente.tone.calibrated.quality import classes
from detente.tone.calibrated.rules import Bools, Floats, Ints

__all__ = ["Corpus", "make_corpus", "reasons_against"]

#: The rule of `reasons_against`.
MIN_STATEMENTS, MIN_YEARS, MIN_A_YEAR, MIN_A_CLASS, MIN_TOPICS = 150, 3, 10, 15, 2

_STATEMENT_COLUMNS = ("id", "date", "source", "target", "text")
_CODING_COLUMNS = ("id", "code")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Coded statements, one at each position.

    Attributes
    ----------
    named : tuple of NamedText
        Texts with both countries renamed.
    text_digest, role_digest : tuple of str
        Digests of the text as given, and of the renamed one.
    gold : ndarray of float
        Mean code divided by 3, in [-1, 1].
    is_dated : ndarray of bool
        False for a constructed statement, which nobody made on any day.
    block, month : ndarray of int
        What is left out together, and what is drawn together: calendar year, and months since
        the year 0. The constructed statements of a dyad are one block and one month, a number
        below 0.
    topic, dyad : ndarray of int
        Numbers of the topic and of the dyad (both directions one dyad).
    dyads : tuple of str
        Name of each dyad, such as "RUS-TUR"; "GRC-TUR constructed" for constructed statements.
    pair : ndarray of int
        Number of the two countries, the same for dated and constructed statements.
    has_topics : bool
        Whether the statements carry topics.
    day : ndarray of datetime64[D]
        Day of the statement, on its own clock; NaT for a constructed one.
    """

    named: tuple[NamedText, ...]
    text_digest: tuple[str, ...]
    role_digest: tuple[str, ...]
    gold: Floats
    is_dated: Bools
    block: Ints
    month: Ints
    topic: Ints
    dyad: Ints
    dyads: tuple[str, ...]
    pair: Ints
    has_topics: bool
    day: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.gold)

    def take(self, rows: Ints) -> Corpus:
        """Return some of the statements, in the order given; they keep their numbers."""
        chosen = rows.tolist()
        return replace(
            self,
            named=tuple(self.named[i] for i in chosen),
            text_digest=tuple(self.text_digest[i] for i in chosen),
            role_digest=tuple(self.role_digest[i] for i in chosen),
            gold=self.gold[rows],
            is_dated=self.is_dated[rows],
            block=self.block[rows],
            month=self.month[rows],
            topic=self.topic[rows],
            dyad=self.dyad[rows],
            pair=self.pair[rows],
            day=self.day[rows],
        )

    @property
    def digest(self) -> str:
        """Digest of everything learned from, whatever the order of the rows."""
        rows = sorted(
            f"{role} {gold:.6f} {month} {topic}"
            for role, gold, month, topic in zip(
                self.role_digest, self.gold, self.month, self.topic, strict=True
            )
        )
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def make_corpus(
    statements: pd.DataFrame,
    codings: pd.DataFrame,
    aliases: Mapping[str, Sequence[str]] | None = None,
) -> Corpus:
    """Join statements with their codings.

    Parameters
    ----------
    statements : DataFrame
        One statement a row, with id, date, source, target, text and, if known, topic; ids
        unique. A row without a date is a constructed statement: nobody made it, and it enters no
        figure of the studies; beside dated ones of the same two countries it carries the number
        of its collection in a column `set`.
    codings : DataFrame
        One coder's code a row, with id and code (-3 to 3). Several codes of a statement are
        averaged.
    aliases : mapping of str to sequence of str, optional
        Further forms by which texts mention a country, by its code; as in scoring.

    Returns
    -------
    Corpus
        The statements that are coded, sorted by date and id, constructed ones last.

    Raises
    ------
    BadArgumentError
        If a column is missing, an id occurs twice, a code lies outside -3 to 3, no coding
        belongs to a statement, or a row of a dyad with dated ones has neither date nor set.
    """
    for what, frame, needed in (
        ("statements", statements, _STATEMENT_COLUMNS),
        ("codings", codings, _CODING_COLUMNS),
    ):
        missing = [column for column in needed if column not in frame.columns]
        if missing:
            raise BadArgumentError(
                f"The {what} lack the column(s) {', '.join(missing)}.",
                remedy=f"Give {', '.join(needed)}.",
            )
    twice = statements.loc[statements["id"].duplicated(), "id"]
    if len(twice):
        raise BadArgumentError(
            f"The id {twice.iloc[0]!r} occurs twice in the statements.",
            remedy="Make ids unique; where studies are put together, put the study before the id.",
        )
    code = pd.to_numeric(codings["code"], errors="coerce")
    outside = ~code.between(-3, 3)
    if outside.any():
        raise BadArgumentError(
            f"A code lies outside -3 to 3 (received {codings.loc[outside, 'code'].iloc[0]!r}).",
            remedy="Code by the codebook: -3 hostile to 3 cordial.",
        )
    gold = (code.groupby(codings["id"]).mean() / 3).rename("gold")
    coded = statements.merge(gold, left_on="id", right_index=True).assign(
        date=lambda frame: pd.to_datetime(frame["date"])
    )
    if coded.empty:
        raise BadArgumentError(
            "No coding belongs to a statement.", remedy="Give both the same ids."
        )
    coded = coded.sort_values(["date", "id"], kind="stable")
    extra = {code: tuple(forms) for code, forms in (aliases or {}).items()}
    is_dated = coded["date"].notna().to_numpy(bool)
    days = coded["date"].astype(object).where(is_dated, None)
    forms = {
        side: [
            surface_forms(code, on=day, extra=extra.get(code, ()))
            for code, day in zip(coded[side], days, strict=True)
        ]
        for side in ("target", "source")
    }
    named = tuple(name_all(coded["text"].tolist(), forms["target"], forms["source"]))
    pair = ["-".join(sorted(two)) for two in zip(coded["source"], coded["target"], strict=True)]
    # A statement that has lost its date must not pass for an invented one.
    is_marked = coded["set"].notna() if "set" in coded.columns else np.zeros(len(coded), dtype=bool)
    real = {name for name, dated in zip(pair, is_dated, strict=True) if dated}
    for name, known, row in zip(pair, is_dated | is_marked, coded["id"], strict=True):
        if name in real and not known:
            raise BadArgumentError(
                f"The statement {row!r} has no date, though others of {name} have one.",
                remedy="Give it its date, or leave it out. Constructed statements go without; "
                "beside dated ones of the same two countries they carry a number in column set.",
            )
    pairs = [
        name + ("" if dated else " constructed") for name, dated in zip(pair, is_dated, strict=True)
    ]
    dyads, dyad = np.unique(pairs, return_inverse=True)
    has_topics = "topic" in coded.columns and bool(coded["topic"].notna().any())
    topic = coded["topic"].fillna("").astype(str) if has_topics else ["?"] * len(coded)
    year = coded["date"].dt.year.fillna(0).to_numpy(np.int64)
    month = year * 12 + coded["date"].dt.month.fillna(0).to_numpy(np.int64) - 1
    return Corpus(
        named=named,
        text_digest=tuple(map(text_digest, coded["text"])),
        role_digest=tuple(map(role_digest, named)),
        gold=coded["gold"].to_numpy(np.float64),
        is_dated=is_dated,
        block=np.where(is_dated, year, -1 - dyad),
        month=np.where(is_dated, month, -1 - dyad),
        topic=np.unique(topic, return_inverse=True)[1],
        dyad=dyad,
        dyads=tuple(map(str, dyads)),
        pair=np.unique(pair, return_inverse=True)[1],
        has_topics=has_topics,
        day=coded["date"].dt.tz_localize(None).to_numpy("datetime64[D]"),
    )


def reasons_against(corpus: Corpus) -> list[str]:
    """Return why the codings do not suffice to learn from; empty where they do.

    Asked for: 150 statements; three years with ten each; fifteen statements in each of the
    classes cold, neutral and warm; two topics, where topics are given. Constructed statements
    do not count.

    Parameters
    ----------
    corpus : Corpus
        The coded statements.

    Returns
    -------
    list of str
        One reason for each thing that is short, with the number found and the number needed;
        each class is a reason of its own.
    """
    own = corpus.is_dated
    n_years = int(np.sum(np.unique(corpus.block[own], return_counts=True)[1] >= MIN_A_YEAR))
    given = classes(corpus.gold[own])
    found = [
        ("coded statements", int(np.sum(own)), MIN_STATEMENTS),
        (f"years with {MIN_A_YEAR} coded statements or more", n_years, MIN_YEARS),
        *(
            (f"statements coded {name}", int(np.sum(given == value)), MIN_A_CLASS)
            for value, name in ((-1, "cold"), (0, "neutral"), (1, "warm"))
        ),
    ]
    if corpus.has_topics:
        found.append(("topics", len(np.unique(corpus.topic[own])), MIN_TOPICS))
    return [f"{what}: {n} found, {least} needed" for what, n, least in found if n < least]
