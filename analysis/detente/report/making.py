"""Versions and digests: what made a report, and from what."""

from __future__ import annotations

import hashlib
from typing import Any

import pandas as pd

from detente.report.blocks import heading, prose, table
from detente.report.material import Material
from detente.report.method import parameters
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
    digests = m.about.digests or {"Scored statements": _digest(m.statements)}
    pairs = (
        ("tab-parameters", "Parameters of the index", ("Parameter", "Value"), parameters(m.index)),
        ("tab-versions", "Software", ("Software", "Version"), m.about.versions or versions()),
        ("tab-digests", "Digests of the data", ("Data", "SHA-256"), digests),
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
    return [*blocks, heading("Characters without a glyph"), prose("") | {"name": BOXES}]


def _digest(statements: pd.DataFrame) -> str:
    return hashlib.sha256(statements.to_csv(index=False).encode("utf-8", "replace")).hexdigest()
