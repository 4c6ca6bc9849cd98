"""A result as a notebook shows it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from detente.wording.numbers import number

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["shown"]


def shown(
    sentence: str, table: pd.DataFrame, digits: int = 2, *, title: str = "", has_index: bool = False
) -> str:
    """Return a sentence over a table as HTML.

    Parameters
    ----------
    sentence : str
        What the table says.
    table : DataFrame
        Any table; what is missing stays empty.
    digits : int, default 2
        Digits after the point of its numbers; whole ones have none.
    title : str, default ""
        Put before the sentence.
    has_index : bool, default False
        Whether the index of the table is shown.

    Returns
    -------
    str
        HTML in which no text of the data acts as markup; numbers as in every sentence.

    Examples
    --------
    >>> import pandas as pd
    >>> print(shown("A & B.", pd.DataFrame({"change": [-0.04]}), 1, title="Changes"))
    <p><strong>Changes</strong>. A &amp; B.</p><table class="dataframe">
      <thead>
        <tr style="text-align: right;">
          <th>change</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>0.0</td>
        </tr>
      </tbody>
    </table>
    """
    from pandas.api.types import is_integer_dtype

    table = table.copy()
    for name in table.columns:
        # Years are names of stretches of time: 2015, not 2,015.
        if name != "year" and is_integer_dtype(table[name].dtype):
            told = table[name].map(number, na_action="ignore").astype(object)
            table[name] = told.where(told.notna(), "")
    head = f"<strong>{escape(title)}</strong>. " if title else ""
    html = table.to_html(
        index=has_index,
        na_rep="",
        border=0,
        escape=True,
        float_format=lambda value: number(value, digits),
    )
    return f"<p>{head}{escape(sentence)}</p>{html}"
