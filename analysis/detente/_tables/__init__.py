"""Tables of text: read from any format, checked against a schema, row by row."""

from detente._tables.days import as_day, last_possible_day
from detente._tables.grid import Bounds
from detente._tables.outcome import TableRead
from detente._tables.sheet import Sheet
from detente._tables.storage import FilePath, file_digest
from detente._tables.stream import Batch, read_batches
from detente._tables.table import Column, Table, as_table, read_table

__all__ = [
    "Batch",
    "Bounds",
    "Column",
    "FilePath",
    "Sheet",
    "Table",
    "TableRead",
    "as_day",
    "as_table",
    "file_digest",
    "last_possible_day",
    "read_batches",
    "read_table",
]
