"""Bytes of a file, from a folder of this machine or from any place fsspec knows."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from os import PathLike, fspath
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final
from urllib.parse import unquote, urlsplit

from detente.errors import MissingExtraError, ReadError, did_you_mean

__all__ = [
    "DAMAGE",
    "FilePath",
    "file_digest",
    "file_name",
    "open_stored",
    "read_bytes",
    "split_suffixes",
    "unpacked",
]

FilePath = str | PathLike[str]


def _unzstd(content: bytes) -> bytes:
    import pyarrow as pa

    # Python has a Zstandard of its own from 3.14 on.
    with pa.CompressedInputStream(pa.BufferReader(content), "zstd") as stream:
        return bytes(stream.read())


_UNPACK: Final[dict[str, Callable[[bytes], bytes]]] = {
    ".gz": gzip.decompress,
    ".bz2": bz2.decompress,
    ".xz": lzma.decompress,
    ".zst": _unzstd,
}


def _is_url(path: str) -> bool:
    return "://" in path


def file_name(path: FilePath) -> str:
    """Return the last part of a path or URL, without query.

    Examples
    --------
    >>> file_name("https://example.org/data/statements.csv?version=2")
    'statements.csv'
    """
    text = fspath(path)
    return unquote(PurePosixPath(urlsplit(text).path).name) if _is_url(text) else Path(text).name


def read_bytes(path: FilePath) -> bytes:
    """Return the bytes of a file as they are stored.

    Parameters
    ----------
    path : str or path-like
        Path on this machine ("~" is the home folder) or a URL of any protocol that fsspec
        knows.

    Returns
    -------
    bytes
        The content, not unpacked.

    Raises
    ------
    ReadError
        There is no such file (with the nearest name beside it), or it cannot be opened.
    MissingExtraError
        Reading from the network needs an optional part.
    """
    text = fspath(path)
    if _is_url(text):
        return _read_url(text)
    local = Path(text).expanduser()
    with _opening(text, local):
        return local.read_bytes()


@contextmanager
def _opening(text: str, local: Path) -> Iterator[None]:
    """Say of a file that cannot be opened why it cannot."""
    try:
        yield
    except FileNotFoundError as error:
        folder = local.parent
        beside = [item.name for item in folder.iterdir()] if folder.is_dir() else []
        where = "" if folder.is_dir() else f"There is no folder '{folder}' either."
        raise _missing(text, local.name, beside, where) from error
    except IsADirectoryError as error:
        raise ReadError(
            f"'{text}' is a folder.", file=text, remedy="Name the file inside it."
        ) from error
    except (OSError, ValueError) as error:  # no permission, not a file, impossible name
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"The file '{text}' cannot be opened: {reason}.", file=text) from error


@contextmanager
def open_stored(path: FilePath) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """Open a file of this machine to be read from its start, a piece at a time.

    Parameters
    ----------
    path : str or path-like
        The file; the suffixes `.gz`, `.bz2`, `.xz` and `.zst` are unpacked on the way.

    Yields
    ------
    tuple of two binary streams
        The unpacked content, and the stored file, which tells how far it was read.

    Raises
    ------
    ReadError
        There is no such file, it cannot be opened, or it is on the network.
    """
    text = fspath(path)
    if _is_url(text):
        raise ReadError(
            f"'{text}' is on the network, and only files of this machine are read in batches.",
            file=text,
            remedy="Download it, and name the file.",
        )
    local = Path(text).expanduser()
    with ExitStack() as stack:
        with _opening(text, local):
            stored: BinaryIO = stack.enter_context(local.open("rb"))
        yield stack.enter_context(_UNPACKING[split_suffixes(path)[1]](stored)), stored


def _zstd_stream(stored: BinaryIO) -> BinaryIO:
    import pyarrow as pa

    return pa.CompressedInputStream(stored, "zstd")  # type: ignore[no-any-return]


#: Each takes a stream of stored bytes and gives one of the content.
_UNPACKING: Final[dict[str, Callable[[BinaryIO], Any]]] = {
    "": lambda stored: stored,
    ".gz": lambda stored: gzip.GzipFile(fileobj=stored),
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
    ".zst": _zstd_stream,
}

#: What a damaged or truncated packed file raises when it is read.
DAMAGE: Final = (OSError, EOFError, lzma.LZMAError, zlib.error, ValueError)


#: Bytes that are read at once for a digest.
_BLOCK = 2**23


def file_digest(path: FilePath, progress: Callable[[float], None] | None = None) -> str:
    """Return the SHA-256 of a file of this machine, hexadecimal, without holding the file.

    Parameters
    ----------
    path : str or path-like
        The file.
    progress : callable, optional
        Called with the share of the file that was read, in [0, 1].

    Returns
    -------
    str
        64 digits.

    Raises
    ------
    ReadError
        The file cannot be opened or read.
    """
    text = fspath(path)
    local = Path(text).expanduser()
    with _opening(text, local), local.open("rb") as stored:
        digest, size, n_read = hashlib.sha256(), max(1, os.fstat(stored.fileno()).st_size), 0
        while block := stored.read(_BLOCK):
            digest.update(block)
            n_read += len(block)
            if progress is not None:
                progress(min(1.0, n_read / size))
        return digest.hexdigest()


def _missing(path: str, name: str, beside: list[str], otherwise: str = "") -> ReadError:
    remedy = did_you_mean(name, beside) or otherwise or "Check the name and the folder."
    return ReadError(f"There is no file '{path}'.", file=path, remedy=remedy)


def _read_url(url: str) -> bytes:
    # fsspec is imported here: a local file must not pay for it.
    from fsspec.core import url_to_fs

    try:
        system, place = url_to_fs(url)
    except ImportError as error:
        if url.startswith(("http://", "https://")):
            raise MissingExtraError("http", "Reading over the network") from error
        raise ReadError(f"'{url}' cannot be opened.", file=url, remedy=f"{error}.") from error
    except ValueError as error:
        raise ReadError(f"'{url}' cannot be opened: {error}.", file=url) from error
    try:
        content: bytes = system.cat_file(place)
    except FileNotFoundError as error:
        raise _missing(url, file_name(url), _beside(system, place)) from error
    except Exception as error:  # each protocol raises its own kinds
        raise ReadError(
            f"'{url}' cannot be read: {error or type(error).__name__}.",
            file=url,
            remedy="Check the address, or download the file and name it instead.",
        ) from error
    return content


def _beside(system: object, place: str) -> list[str]:
    """Return names of the files in the same folder, as far as the protocol can list."""
    try:
        listed = system.ls(place.rpartition("/")[0], detail=False)  # type: ignore[attr-defined]
    except Exception:  # a help for the message must not hide it
        return []
    return [str(item).rpartition("/")[2] for item in listed]


def split_suffixes(path: FilePath) -> tuple[str, str]:
    """Return the suffix that tells the format, and the one that tells the packing.

    Examples
    --------
    >>> split_suffixes("statements.CSV.gz"), split_suffixes("statements.csv")
    (('.csv', '.gz'), ('.csv', ''))
    """
    name = PurePosixPath(file_name(path).lower())
    if name.suffix in _UNPACK:
        return PurePosixPath(name.stem).suffix, name.suffix
    return name.suffix, ""


def unpacked(content: bytes, packing: str, file: str) -> bytes:
    """Unpack the bytes of a `.gz`, `.bz2`, `.xz` or `.zst` file; others stay as they are.

    Parameters
    ----------
    content : bytes
        The stored bytes.
    packing : str
        Suffix that tells the packing; "" for none.
    file : str
        The file as the user named it, for the message.

    Returns
    -------
    bytes
        The content.

    Raises
    ------
    ReadError
        The file is damaged or cut off.

    Examples
    --------
    >>> unpacked(gzip.compress(b"date"), ".gz", "statements.csv.gz")
    b'date'
    """
    if not packing:
        return content
    try:
        return _UNPACK[packing](content)
    except DAMAGE as error:
        raise ReadError(
            f"'{file}' is no whole {packing} file; it is damaged or cut off.",
            file=file,
            remedy="Copy or download it again.",
        ) from error
