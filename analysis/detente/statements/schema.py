"""The one definition of what a row of statements holds.

Codebooks, templates and checks are drawn from here.
"""

from __future__ import annotations

from detente import wording
from detente._tables import Column

__all__ = ["CHANNELS", "COLUMNS", "LEVELS", "Column"]

#: Offices, from the top of the state down.
LEVELS = (
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "minister",
    "ministry",
    "ambassador",
    "spokesperson",
    "parliament",
    "military",
    "other_official",
)

#: Ways in which a statement reached the public.
CHANNELS = (
    "press_remarks",
    "press_conference",
    "interview",
    "speech",
    "written_statement",
    "joint_statement",
    "social_media",
    "letter",
    "phone_call",
    "meeting",
)

COLUMNS: tuple[Column, ...] = (
    Column(
        "id",
        False,
        wording.mark("Name of the row, the same in every version of the data."),
        "any text, each once; made from the place in the file where absent",
        "2015-11-24-rus-putin-1",
    ),
    Column(
        "date",
        True,
        wording.mark("Day on which the statement was made (not the day it was printed)."),
        "year-month-day; not in the future",
        "2015-11-24",
    ),
    Column(
        "dating",
        False,
        wording.mark(
            "How the day is known: stated by the page, or inferred from weekday and occasion."
        ),
        "stated, inferred",
        "stated",
        ("stated", "inferred"),
    ),
    Column("wave", False, wording.mark("Which search brought the row."), "a number from 1", "1"),
    Column(
        "source",
        True,
        wording.mark("Country that speaks."),
        "ISO 3166-1 alpha-3 code, capital letters",
        "RUS",
    ),
    Column(
        "target",
        True,
        wording.mark("Country that is spoken of."),
        "ISO 3166-1 alpha-3 code, capital letters; not the source",
        "TUR",
    ),
    Column(
        "speaker",
        True,
        wording.mark("Person or body that made the statement, always written the same way."),
        "a name",
        "Vladimir Putin",
    ),
    Column(
        "role",
        False,
        wording.mark("Office of the speaker, in words."),
        "any text",
        "President of Russia",
    ),
    Column(
        "level",
        False,
        wording.mark("Office of the speaker, in classes."),
        ", ".join(LEVELS),
        LEVELS[0],
        LEVELS,
    ),
    Column(
        "channel",
        False,
        wording.mark(
            "How the statement was made; speaker, day and channel together are one occasion."
        ),
        ", ".join(CHANNELS),
        CHANNELS[1],
        CHANNELS,
    ),
    Column("topic", False, wording.mark("What the statement is about."), "one word", "syria"),
    Column(
        "text",
        True,
        wording.mark(
            "What was said, in English: the words, or a paraphrase as strong as they were."
        ),
        "one to a few sentences",
        "Putin called the downing of the jet a stab in the back.",
    ),
    Column(
        "original_language",
        False,
        wording.mark("Language in which the statement was made."),
        "ISO 639-1 code, or und where unknown",
        "ru",
    ),
    Column("outlet", False, wording.mark("Who printed the statement."), "a name", "Kremlin"),
    Column(
        "url",
        False,
        wording.mark("Link to the page that gives speaker, day and content."),
        "an address",
        "https://example.org/2015/11/24",
    ),
)
