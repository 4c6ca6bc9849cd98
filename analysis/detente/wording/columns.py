"""A table as lines of text whose columns line up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from textwrap import wrap

__all__ = ["lined"]

#: Least width of a last column that goes on below itself.
_LEAST = 24


def lined(
    table: Sequence[Sequence[str]], *, right: Collection[str] = (), width: int | None = None
) -> Iterator[str]:
    r"""Give the lines of a table.

    Parameters
    ----------
    table : sequence of sequences of str
        The names of the columns, then the rows.
    right : collection of str
        Columns whose cells end in line; the others begin in line.
    width : int, optional
        Characters in a line: what the last column has beyond that goes on below it, in at
        least 24 characters. None: no bound.

    Yields
    ------
    str
        A line, without white space at its end.

    Examples
    --------
    >>> print("\n".join(lined([["Word", "Valence"], ["thank", "+3.0"]], right=["Valence"])))
    Word   Valence
    thank     +3.0
    """
    head = table[0]
    sizes = [max(len(row[i]) for row in table) for i in range(len(head))]
    indent = sum(sizes[:-1]) + 2 * (len(sizes) - 1)
    room = sizes[-1] if width is None else max(width - indent, _LEAST)
    for row in table:
        cells = [
            cell.rjust(size) if name in right else cell.ljust(size)
            for cell, size, name in zip(row, sizes, head, strict=True)
        ]
        if len(row[-1]) <= room:
            yield "  ".join(cells).rstrip()
            continue
        first, *others = wrap(row[-1], room, break_long_words=False)
        yield "  ".join([*cells[:-1], first])
        yield from (" " * indent + line for line in others)
