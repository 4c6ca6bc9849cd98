"""Start a new study: a commented study.toml, example rows and their codebook."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from detente._files import staging
from detente.countries import Dyad, country_in_text, has_leaders
from detente.errors import StudyError
from detente.statements import COLUMNS
from detente.study.config import Study
from detente.study.example import EXAMPLE_EPISODES, example_events, example_statements
from detente.study.load import STUDY_FILE, load_study
from detente.tone.calibrated.corpus import MIN_STATEMENTS as MIN_TRAINING
from detente.validation.codebook import COLUMNS as CODING_COLUMNS
from detente.validation.standing import MIN_CLASS, MIN_STATEMENTS
from detente.wording import LANGUAGES, capital, listing

__all__ = ["init_study"]

_TOML = """\
# A study: one question to its data. Run it with:  detente run FOLDER
# Lines that begin with # are comments; keys that are commented out show their default.

[study]
title = {title}
# The two countries, as ISO 3166-1 alpha-3 codes. Both directions are measured.
dyad = [{a}, {b}]
# First and last month, both included. Without it: from the first to the last statement.
# period = {{ since = "2023-01", until = "2024-06" }}
# What gives each statement its tone: "vader" (the mood of the words, whomever they are
# about), "target" (lexicon and rules, toward the other country) or "calibrated" ("target" and
# what was learned from codings). Compare them with:  detente validate FOLDER
scorer = "calibrated"
# What the index of a month is: "state_space" (smoothed over all months, with an interval; needs
# twelve months with statements of each side, else monthly means are shown) or "means" (the
# month's own mean).
method = "state_space"
# What counts once in its month: "occasion" (a speaker, day and channel), "office" (column level),
# "day" or "none" (each statement).
weights = "occasion"
# Law of the smoothed index: "mean_reverting" (tone returns to a level) or "local_level".
model = "mean_reverting"
# Start of the random draws behind the intervals of the validation.
seed = 1
# Language of charts and report: {languages}. Your titles and labels stay as you wrote them.
# language = "en"

[files]
# Paths from this folder, or addresses. CSV, TSV, JSON Lines, Parquet and Excel are read.
statements = "statements.csv"
events = "events.csv"
# What readers judged of statements, from -3 to +3: columns id, coder, code, coder_type, and
# where a part was coded pi, the chance that a statement had of being drawn. See CODING.md.
codings = "codings.csv"
# Entries of your own for "target" and "calibrated": columns entry, valence, kind, note.
# lexicon = "lexicon.csv"
# The model for the scorer "calibrated" that `detente train FOLDER` wrote.
# model = "model"

# Further names by which your texts mention a country, as they are written there.
{leaders}[aliases]
# {bare} = ["the government there"]

# Your file calls its columns otherwise? Write: name here = "name there".
[columns.statements]
# date = "Day"
# text = "Quotation"

[columns.events]
# date = "Day"

[columns.codings]
# coder = "Reader"

# Headline episodes of the events and the labels that charts print. Choose them before you
# look at any result. Without entries here the events' own labels are printed.
[episodes]
{episodes}

# How charts look, where a command does not say otherwise: "paper", "slide" (8 by 4.5 inches, or
# by 6) or "dark" (light on dark); "page" (7.2 inches wide) or "column" (89 mm; no slides).
[figures]
style = "paper"
size = "page"

[about]
authors = []
# Licence of your data, such as "CC BY 4.0".
licence = ""
# The source line that charts carry.
source = ""
# What a reader must know of the data, a sentence each.
limits = []
# How to cite the study.
cite = ""
# What the report says only where you state it: that the headline episodes were chosen, and the
# direction expected of each judged, before any tone was known (the tests assume it); and that the
# statements were found by searching, not drawn from a list of all.
# chosen_before_tones = true
# rows_found = true
"""

_README = """\
# {title}

A study of what officials of {a} and {b} say about each other.

**All rows are invented.** They are there so that the study runs at once, and every output
carries EXAMPLE DATA while one of them remains: a row whose speaker begins with "Example ".
Replace the rows of `statements.csv` and `events.csv` with your own, then:

    detente check .
    detente run .

Run from this folder, charts come to `figures/` and the report to `reports/`.

## statements.csv

One row is one statement: one remark, on one day, by one official of one country about the
other. Needed columns: {needed}. The others may be left out.

{columns}

## events.csv

One row is one dated happening. `kind` is `act` (something done) or `contact` (a meeting,
letter or announcement); `expected` is `cooling`, `warming` or `ambiguous`, judged from the
event alone. Events with `headline` = `true` belong to an `episode`, the unit that charts
mark; events that no data could tell apart share one.

## codings.csv

What readers judge of statements: empty until you code some, as [CODING.md](CODING.md) says. The
study runs without; then nobody knows how far the scorer agrees with readers.

## study.toml

The question: countries, period, scorer, files, labels. Its comments explain each key.
"""


def init_study(folder: str | Path, dyad: Dyad | tuple[str, str] | str) -> Study:
    """Write a new study with example rows that runs at once.

    Parameters
    ----------
    folder : str or Path
        Where the study goes: a folder that does not exist or is empty.
    dyad : Dyad, tuple of str or str
        The two countries.

    Returns
    -------
    Study
        The new study, read back.

    Raises
    ------
    StudyError
        The folder is not empty, is a file, or cannot be looked into.
    DetenteError
        The folder cannot be made or written to.
    BadArgumentError
        A country is unknown.

    Notes
    -----
    The speakers are placeholders ("Example Minister"), never real persons with invented
    words. Outputs carry EXAMPLE DATA while a row of theirs remains.

    Examples
    --------
    >>> import tempfile
    >>> study = init_study(Path(tempfile.mkdtemp()) / "mine", ("IND", "PAK"))
    >>> study.name, study.dyad.slug
    ('mine', 'IND-PAK')
    """
    dyad = Dyad.parse(dyad)
    target = Path(folder).expanduser()
    try:
        is_file = target.exists() and not target.is_dir()
        is_used = target.is_dir() and any(target.iterdir())
    except OSError as error:
        raise StudyError(
            f"The folder {target} cannot be used: {error.strerror}.", remedy="Name a new folder."
        ) from error
    if is_file:
        raise StudyError(f"{target} is a file.", remedy="Name a new folder.")
    if is_used:
        raise StudyError(f"The folder {target} is not empty.", remedy="Name a new folder.")
    names = country_in_text(dyad.a), country_in_text(dyad.b)
    title = capital(listing(names))
    with staging(target) as staged:
        _write_csv(staged / "statements.csv", example_statements(dyad))
        _write_csv(staged / "events.csv", example_events(dyad))
        (staged / "codings.csv").write_text(
            ",".join(column.name for column in CODING_COLUMNS) + "\n", "utf-8", newline="\n"
        )
        guide = (files("detente.study") / "example_coding.md").read_text("utf-8")
        (staged / "CODING.md").write_text(
            guide.format(
                columns=_coding_columns(),
                a=names[0],
                b=names[1],
                n=MIN_STATEMENTS,
                n_class=MIN_CLASS,
                n_train=MIN_TRAINING,
            ),
            encoding="utf-8",
            newline="\n",
        )
        episodes = [f"{key} = {_quoted(label)}" for key, label in EXAMPLE_EPISODES.items()]
        (staged / STUDY_FILE).write_text(
            _TOML.format(
                title=_quoted(title),
                languages=", ".join(map(_quoted, LANGUAGES)),
                a=_quoted(dyad.a),
                bare=dyad.b,
                leaders="".join(map(_leaderless, (dyad.a, dyad.b))),
                b=_quoted(dyad.b),
                episodes="\n".join(episodes),
            ),
            encoding="utf-8",
            newline="\n",
        )
        needed = listing([f"`{column.name}`" for column in COLUMNS if column.is_required])
        (staged / "README.md").write_text(
            _README.format(title=title, a=names[0], b=names[1], needed=needed, columns=_codebook()),
            encoding="utf-8",
            newline="\n",
        )
    return load_study(target)


def _leaderless(code: str) -> str:
    """Return lines on a country of which no leader is known; none for another."""
    if has_leaders(code):
        return ""
    return (
        f"# No leader of {country_in_text(code)} is known to detente. Those whom your texts name "
        f'are added so:\n#   {code} = ["First Last", "Last"]\n'
    )


def _quoted(text: str) -> str:
    """Return a text as a TOML string; JSON writes the same form."""
    return json.dumps(text, ensure_ascii=False)


def _write_csv(path: Path, rows: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _coding_columns() -> str:
    """Return the columns of the codings as rows of a Markdown table."""
    return "\n".join(
        f"| `{column.name}` | {'yes' if column.is_required else 'no'} | {column.meaning} "
        f"{capital(column.values)}. |"
        for column in CODING_COLUMNS
    )


def _codebook() -> str:
    """Return the columns of the schema as a Markdown table."""
    lines = ["| column | needed | meaning | values | example |", "|---|---|---|---|---|"]
    for column in COLUMNS:
        cells = (
            f"`{column.name}`",
            "yes" if column.is_required else "no",
            column.meaning,
            column.values,
            column.example,
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)
