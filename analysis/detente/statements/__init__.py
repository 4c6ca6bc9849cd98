"""Statements: what a row holds, how files are read, and what can be wrong with them."""

from detente.statements.check import check_statements
from detente.statements.language import language_of
from detente.statements.read import (
    EXAMPLE_DATA,
    SET_ASIDE,
    StatementsRead,
    is_example,
    load_statements,
    read_statements,
)
from detente.statements.schema import COLUMNS, Column
from detente.statements.stream import (
    Bounds,
    load_batch,
    statement_batches,
    stream_statements,
)

__all__ = [
    "COLUMNS",
    "EXAMPLE_DATA",
    "SET_ASIDE",
    "Bounds",
    "Column",
    "StatementsRead",
    "check_statements",
    "is_example",
    "language_of",
    "load_batch",
    "load_statements",
    "read_statements",
    "statement_batches",
    "stream_statements",
]
