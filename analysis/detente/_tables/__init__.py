"""Tables of text: read from any format, checked against a schema, row by row."""

from detente._tables.days import as_day, last_possible_day
from detente._tables.outcome import TableRead
from detente._tables.sheet import Sheet
from detente._tables.storage import FilePath
from detente._tables.table import Column, Table, as_table, read_table

__all__ = [
    "Column",
    "FilePath",
    "Sheet",
    "Table",
    "TableRead",
    "as_day",
    "as_table",
    "last_possible_day",
    "read_table",
]
