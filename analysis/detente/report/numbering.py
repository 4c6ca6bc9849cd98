"""Numbers of chapters, figures and tables on the web page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["numbered"]


def numbered(content: Mapping[str, Any]) -> dict[str, str]:
    """Return what chapters, figures and tables are called, as the PDF numbers them.

    Parameters
    ----------
    content : mapping
        What `report_content` returns.

    Returns
    -------
    dict of str to str
        Name of each place -> such as "Table 3" or "Appendix B".
    """
    words = content["words"]
    names: dict[str, str] = {}
    own = content["brief"]
    counts = {"figure": 0, "table": 0}
    if own and own["figure"]:
        counts["figure"] = 1
        names[own["figure"]["ref"]] = f"{words['figure']} 1"
    n_chapters = n_appendices = 0
    for chapter in (content["reading"], *content["chapters"]):
        if chapter is not content["reading"]:
            if chapter["is_appendix"]:
                n_appendices += 1
                names[chapter["ref"]] = f"{words['appendix']} {chr(64 + n_appendices)}"
            else:
                n_chapters += 1
                names[chapter["ref"]] = f"{words['chapter']} {n_chapters}"
        for block in chapter["blocks"]:
            kind = block["kind"]
            if kind in counts and block.get("ref"):
                counts[kind] += 1
                names[block["ref"]] = f"{words[kind]} {counts[kind]}"
    return names
