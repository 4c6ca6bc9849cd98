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
  detente lexicon --study my-study -o lexicon.csv
"""

#: Longer entries shown that hold the words asked for.
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
) -> None:
    """Show entries of the lexicon, with VADER's beside them.

    Valences run from -4 (hostile) to +4 (cordial). Where codings of constructed statements
    moved one, the valence set by hand stands beside the one in force. A study's own
    entries, and what they take the place of, are shown with --study. The exit status is 1
    where no entry is found.
    """
    if output is not None:
        check_suffix(output)
    from detente.errors import BadArgumentError
    from detente.tone.lexicon import find_entries, lexicon_table

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
        _tell_found(entry, found)


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


def _tell_found(text: str, found: pd.DataFrame) -> None:
    exact = found[found["match"] == "entry"]
    longer = found[found["match"] == "contains"]
    if exact.empty:
        say(f"No entry is {text!r} itself.")
    else:
        tell_rows(*_shown(exact))
    if len(longer):
        from detente import wording

        say()
        held = (
            "1 entry holds" if len(longer) == 1 else f"{wording.number(len(longer))} entries hold"
        )
        say(f"{held} these words; where one is found, it counts in their place:")
        tell_rows(*_shown(longer.head(_N_LONGER)))
        if len(longer) > _N_LONGER:
            say(f"... and {len(longer) - _N_LONGER:,} more; all of them: -o FILE")


def _shown(table: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    """Return the head and the cells of entries as a reader sees them."""
    from detente import wording
    from detente.tone.lexicon import VADER_ORIGIN

    rows = []
    for row in table.to_dict("records"):
        if row["vader"] == row["vader"]:
            beside = wording.degrees(row["vader"], 1)
            if row["origin"] != VADER_ORIGIN:
                beside += f" (difference {wording.degrees(row['valence'] - row['vader'], 1)})"
        else:
            beside = "not in VADER"
            beside += f"; its words: {row['vader_words']}" if row["vader_words"] else ""
        rows.append(
            [
                row["entry"],
                wording.degrees(row["valence"], 1),
                row["kind"],
                beside,
                row["origin"],
                wording.degrees(row["valence"] - row["move"], 1) if row["move"] else "",
                row["note"],
                row["overrides"],
            ]
        )
    head = ["Entry", "Valence", "Kind", "VADER", "Origin", "By hand", "Note", "In place of"]
    # Columns in which nothing stands are left out.
    keep = [i for i in range(len(head)) if i < 5 or any(row[i] for row in rows)]
    return [head[i] for i in keep], [[row[i] for i in keep] for row in rows]


def _tell_summary(own: Sequence[Entry]) -> None:
    from detente import wording
    from detente.tone.lexicon import lexicon_folder, summarise_lexicon

    summary = summarise_lexicon(own)
    head = ["Kind", "Origin", "Entries", "Phrases", "Valence", "In VADER", "What it is"]
    tell_rows(
        head,
        [
            [
                row["kind"],
                row["origin"],
                wording.number(row["n"]),
                wording.number(row["n_phrases"]),
                f"{wording.degrees(row['lowest'], 1)} to {wording.degrees(row['highest'], 1)}",
                wording.number(row["n_in_vader"]),
                row["meaning"],
            ]
            for row in summary.to_dict("records")
        ],
        right=("Entries", "Phrases", "In VADER"),
    )
    say()
    say(f"{wording.number(int(summary['n'].sum()))} entries in force. The data: {lexicon_folder()}")
    say('One entry: detente lexicon "stab in the back"')


def _tell_own(own: Sequence[Entry], study: str) -> None:
    from detente import wording
    from detente.tone.lexicon import lexicon_table

    table = lexicon_table(own)
    mine = table[table["origin"] == "study"]
    n_replaced = int(mine["overrides"].ne("").sum())
    tell_rows(*_shown(mine))
    say()
    noun = "entry" if len(mine) == 1 else "entries"
    say(
        f"{wording.number(len(mine))} {noun} of {study}'s own; {wording.number(n_replaced)} in "
        "place of others."
    )


def _tell_absent(text: str, own: Sequence[Entry]) -> None:
    from detente.tone.lexicon import near_entries

    near = near_entries(text, own)
    hint = f"Did you mean {' or '.join(repr(name) for name in near)}?" if near else ""
    complain(f"The lexicon has no entry for {text!r}, and VADER's has none.", hint)
