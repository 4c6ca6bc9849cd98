"""detente lexicon: the entries of the scorer "target", with VADER's beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.console import complain, say, tell_rows
from detente.cli.options import OtherStudy
from detente.cli.tables import check_suffix, write_result

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from detente.tone.target import Entry

__all__ = ["EXAMPLES", "lexicon"]

#: Printed below the help.
EXAMPLES = """\
Examples:

\b
  detente lexicon
  detente lexicon summoned
  detente lexicon "stab in the back"
  detente lexicon welcome --all
  detente lexicon --study my-study -o lexicon.csv
"""

#: What the marks of an entry mean.
_MARKS = {
    "@v": "@v: all forms of the verb",
    "@n": "@n: also the plural",
    "not@": "not@x: any negator, then x",
}
#: Longer entries shown that begin with the words asked for, and that hold them.
_N_LONGER = 15


def lexicon(
    entry: Annotated[
        str | None,
        typer.Argument(
            metavar="ENTRY",
            help="A word or phrase, in any form. Default: a summary.",
            show_default=False,
        ),
    ] = None,
    study: OtherStudy = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the entries (all, or those found) as CSV, JSON Lines or Parquet; - is "
            "the screen.",
        ),
    ] = None,
    is_full: Annotated[
        bool, typer.Option("--all", help="Show all longer entries, however many.")
    ] = False,
) -> None:
    """Show entries of the lexicon, with VADER's beside them.

    An entry is one wording with its forms. The words' own entry comes first, then longer ones
    that begin with them, then those that hold them: fifteen of each, all with --all. Valences
    run from -4 (hostile) to +4 (cordial). Where codings of constructed statements moved one,
    the valence set by hand stands beside the one in force. A study's own entries, and what they
    take the place of, are shown with --study. The exit status is 1 where no entry is found.
    """
    if output is not None:
        check_suffix(output)
    from detente.errors import BadArgumentError
    from detente.tone.lexicon import lexicon_table
    from detente.tone.lookup import find_entries

    own = _entries_of(study)
    if entry is None:
        if output is not None:
            _write(lexicon_table(own), output)
        elif study is None:
            _tell_summary(own)
        else:
            _tell_own(own, study)
        return
    try:
        found = find_entries(entry, own)
    except BadArgumentError as error:
        raise typer.BadParameter(str(error)) from error
    if found.empty:
        _tell_absent(entry, own)
        raise typer.Exit(1)
    if output is not None:
        _write(found, output)
    else:
        _tell_found(entry, found, is_full=is_full)


def _entries_of(study: str | None) -> Sequence[Entry]:
    if study is None:
        return ()
    from detente.errors import StudyError
    from detente.study import load_study
    from detente.study.lexicon import sound_entries

    loaded = load_study(study)
    path = loaded.path("lexicon")
    if path is None:
        raise StudyError(
            f"The study {loaded.name} has no lexicon of its own.",
            remedy="Write entries to a file (columns entry, valence, kind), and name it in "
            'study.toml, below [files]: lexicon = "lexicon.csv".',
        )
    return sound_entries(path)


def _write(table: pd.DataFrame, output: str) -> None:
    write_result(table, output, digits=2)
    if output != "-":
        from detente import wording

        n = len(table)
        say(f"Wrote {output}: {wording.number(n)} {'entry' if n == 1 else 'entries'}.")


def _tell_found(text: str, found: pd.DataFrame, *, is_full: bool) -> None:
    from detente.tone.lookup import no_entry_since

    exact, forms = (found[found["match"] == match] for match in ("entry", "form"))
    if exact.empty:
        say(no_entry_since(text) or f"No entry is {text!r} itself.")
    else:
        _tell_entries(exact, with_vader=True)
    if len(forms):
        say()
        say("Also a form of what follows, which gives way to the entry above:")
        _tell_entries(forms)
    shown = [exact, forms]
    for match, one, many in (
        ("begins", "begins with these words", "begin with these words"),
        ("contains", "holds these words", "hold these words"),
    ):
        longer = found[found["match"] == match]
        if len(longer):
            shown.append(longer if is_full else longer.head(_N_LONGER))
            _tell_longer(longer, shown[-1], one if len(longer) == 1 else many)
    marks = [
        meaning
        for mark, meaning in _MARKS.items()
        if any(table["entry"].str.contains(mark).any() for table in shown)
    ]
    if marks:
        say()
        say("; ".join(marks))


def _tell_longer(longer: pd.DataFrame, shown: pd.DataFrame, what: str) -> None:
    from detente import wording

    say()
    n, n_more = len(longer), len(longer) - len(shown)
    noun = "entry" if n == 1 else "entries"
    say(f"{wording.number(n)} longer {noun} {what}; where one is found, it counts in their place:")
    _tell_entries(shown)
    if n_more:
        say(f"... and {wording.number(n_more)} more; all of them: --all, or -o FILE")


def _tell_entries(table: pd.DataFrame, *, with_vader: bool = False) -> None:
    """Print entries as a reader sees them; columns in which nothing stands are left out."""
    from detente.tone.lexicon import KIND_MEANINGS, VADER_ORIGIN

    rows = []
    for row in table.to_dict("records"):
        is_ours = row["origin"] == "detente"
        beside = "not in VADER" if row["vader"] != row["vader"] else _signed(row["vader"])
        beside += f"; its words: {row['vader_words']}" if row["vader_words"] else ""
        origin = "VADER's" if row["origin"] == VADER_ORIGIN else row["origin"]
        rows.append(
            [
                row["entry"],
                _signed(row["valence"]),
                _signed(row["valence"] - row["move"]) if row["move"] else "",
                row["kind"],
                "" if is_ours else origin,
                beside if with_vader else "",
                row["overrides"],
                row["note"] or (KIND_MEANINGS.get(row["kind"], "") if with_vader else ""),
            ]
        )
    head = ["Entry", "Valence", "By hand", "Kind", "Origin", "VADER", "In place of", "What it is"]
    keep = [i for i in range(len(head)) if any(row[i] for row in rows)]
    tell_rows(
        [head[i] for i in keep],
        [[row[i] for i in keep] for row in rows],
        right=("Valence", "By hand"),
    )


def _signed(valence: float) -> str:
    from detente import wording

    return wording.degrees(valence, 1)


def _tell_summary(own: Sequence[Entry]) -> None:
    from detente import wording
    from detente.tone.lexicon import VADER_ORIGIN, lexicon_folder, lexicon_table, summarise_lexicon
    from detente.tone.target.lexicon import n_rows

    table, number = lexicon_table(own), wording.number
    head = ["Kind", "Entries", "Phrases", "Valence", "In VADER", "What it is"]
    tell_rows(
        head,
        [
            [
                row["kind"],
                number(row["n"]),
                number(row["n_phrases"]),
                f"{_signed(row['lowest'])} to {_signed(row['highest'])}",
                number(row["n_in_vader"]),
                f"{row['meaning']}{', from VADER' if row['origin'] == VADER_ORIGIN else ''}",
            ]
            for row in summarise_lexicon(own).to_dict("records")
        ],
        right=("Entries", "Phrases", "In VADER"),
    )
    n_vader = int((table["origin"] == VADER_ORIGIN).sum())
    n_moved = int((table["move"] != 0).sum())
    say()
    say(f"{number(len(table))} entries in force:")
    say(
        f"  {number(len(table) - n_vader)} of detente's own, from {number(n_rows())} rows of "
        "diplomatic.csv (a row may stand for several wordings, each an entry);"
    )
    say(f"  {number(n_vader)} single words of VADER's lexicon, where detente has no entry.")
    say(f"Codings of constructed statements moved the valences of {number(n_moved)}.")
    say(f"The data: {lexicon_folder()}")
    say('One entry: detente lexicon "stab in the back"')


def _tell_own(own: Sequence[Entry], study: str) -> None:
    from detente import wording
    from detente.tone.lexicon import lexicon_table

    table = lexicon_table(own)
    mine = table[table["origin"] == "study"]
    n_replaced = int(mine["overrides"].ne("").sum())
    _tell_entries(mine)
    say()
    noun = "entry" if len(mine) == 1 else "entries"
    say(
        f"{wording.number(len(mine))} {noun} of {study}'s own; {wording.number(n_replaced)} in "
        "place of others."
    )


def _tell_absent(text: str, own: Sequence[Entry]) -> None:
    from detente.tone.lookup import entries_within, near_entries, no_entry_since

    if why := no_entry_since(text):
        complain(why)
        return
    hints = []
    if within := entries_within(text, own):
        told = (f"{words!r} ({one.entry} {_signed(one.valence)})" for words, one in within.items())
        hints.append(f"Within it are found: {', '.join(told)}.")
    if near := near_entries(text, own):
        hints.append(f"Did you mean {' or '.join(repr(name) for name in near)}?")
    complain(f"The lexicon has no entry for {text!r}, and VADER's has none.", "\n".join(hints))
