"""The lines of a text file of any size, with the place of whatever is wrong."""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Iterator
from typing import BinaryIO

from detente._tables.encoding import not_utf8, refuse_wide
from detente._tables.grid import Bounds
from detente._tables.storage import DAMAGE, open_stored, split_suffixes
from detente.errors import ReadError

__all__ = ["BLOCK", "Lines"]

#: Bytes read from a file at once.
BLOCK = 2**18


class Lines:
    """The lines of a text file.

    `line` is the number of the line at hand, `n_last` its length, `length` that of the row so
    far, which its reader sets back.
    """

    def __init__(self, file: str, bounds: Bounds) -> None:
        self.file, self.longest = file, bounds.size
        self.line = self.length = self.n_last = 0
        self._n_ends = 0
        self._is_begun = False
        # Shares of the file before and after the lines at hand, the first of them, and how many.
        self._at_hand = (0.0, 0.0, 0, 1)

    @property
    def share_read(self) -> float:
        """How much of the stored file the lines that were given out are, in [0, 1]."""
        before, after, first, n = self._at_hand
        return before + (after - before) * min(1.0, (self.line - first) / n)

    def __iter__(self) -> Iterator[str]:
        rest = ""
        with open_stored(self.file) as (content, stored):
            size = max(1, os.fstat(stored.fileno()).st_size)
            for text in self._texts(content):
                lines = io.StringIO(rest + text, newline="").readlines()
                # The last one may go on, and a "\r" at its end be half of a "\r\n".
                rest = lines.pop() if lines and not lines[-1].endswith("\n") else ""
                after = min(1.0, stored.tell() / size)
                self._at_hand = (self._at_hand[1], after, self.line, max(1, len(lines)))
                yield from map(self._counted, lines)
                if len(rest) + self.length > self.longest:
                    raise self._too_long()
        if rest:
            yield self._counted(rest)
        self._at_hand = (1.0, 1.0, 0, 1)

    def _counted(self, line: str) -> str:
        self.line += 1
        self.n_last = len(line)
        self.length += self.n_last
        if self.length > self.longest:
            self.line -= 1
            raise self._too_long()
        return line

    def _texts(self, content: BinaryIO) -> Iterator[str]:
        """Yield pieces of the content as text."""
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        is_first = True
        while True:
            block = self._block(content)
            if is_first:
                refuse_wide(block, self.file)
                is_first = False
            try:
                text = decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                raise not_utf8(
                    error.object, error.start, self.file, n_before=self._n_ends
                ) from error
            self._n_ends += text.count("\n")
            if text:
                yield text
            if not block:
                return

    def _block(self, content: BinaryIO) -> bytes:
        try:
            block = content.read(BLOCK)
        except DAMAGE as error:
            if not self._is_begun:
                packing = split_suffixes(self.file)[1]
                raise ReadError(
                    f"'{self.file}' is no {packing} file, or one that is damaged or cut off at its "
                    f"start: {error}.",
                    file=self.file,
                    remedy=f"Take {packing} out of its name if it is not packed; else copy or "
                    "download it again.",
                ) from error
            raise ReadError(
                f"'{self.file}' is damaged or cut off after line {self._n_ends}: {error}.",
                file=self.file,
                row=self._n_ends,
                remedy="Copy or download it again.",
            ) from error
        self._is_begun = True
        return block

    def _too_long(self) -> ReadError:
        return ReadError(
            f"Line {self.line + 1} of '{self.file}' belongs to a row of more than "
            f"{self.longest:,} characters.",
            file=self.file,
            row=self.line + 1,
            remedy="Cut that text into statements; or close a quotation mark that was opened "
            "before it and never closed.",
        )
