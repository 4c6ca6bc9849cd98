"""Versions and digests: what made a report, and from what."""

from __future__ import annotations

import hashlib
from typing import Any

import pandas as pd

from detente import wording
from detente.report.blocks import heading, prose, table
from detente.report.material import Material
from detente.report.parameters import parameters
from detente.report.versions import versions

__all__ = ["BOXES", "making_blocks"]

#: Where the sentence on boxed characters goes, once they are counted.
BOXES = "boxes"


def making_blocks(m: Material) -> list[dict[str, Any]]:
    """Return parameters, versions and digests.

    Parameters
    ----------
    m : Material
        What the report is made from.

    Returns
    -------
    list of dict
        Blocks; the last paragraph is named `BOXES` and told when all characters are counted.
    """
    digests = m.about.digests or {wording.say("Scored statements"): _digest(m.statements)}
    pairs = (
        (
            "tab-parameters",
            wording.say("Parameters of the index"),
            (wording.say("Parameter"), wording.say("Value")),
            parameters(m.index),
        ),
        (
            "tab-versions",
            wording.say("Software"),
            (wording.say("Software"), wording.say("Version")),
            m.about.versions or versions(),
        ),
        (
            "tab-digests",
            wording.say("Digests of the data"),
            (wording.say("Data"), "SHA-256"),
            digests,
        ),
    )
    blocks: list[dict[str, Any]] = [
        table(
            ref,
            caption,
            [(first, "l58"), (second, "l*")],
            [[str(name), str(value)] for name, value in named.items()],
        )
        for ref, caption, (first, second), named in pairs
    ]
    return [
        *blocks,
        heading(wording.say("Characters without a glyph")),
        prose("") | {"name": BOXES},
    ]


def _digest(statements: pd.DataFrame) -> str:
    return hashlib.sha256(statements.to_csv(index=False).encode("utf-8", "replace")).hexdigest()
