"""Files that are whole or not there: written under another name, then moved into place."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from detente.errors import DetenteError

__all__ = ["locked", "publish", "replacing", "staging", "write_durably"]

#: What a file system says when it will not have a file; any other error keeps its own text.
_REFUSALS = frozenset(
    (
        errno.EACCES,
        errno.EDQUOT,
        errno.EEXIST,
        errno.EFBIG,
        errno.EISDIR,
        errno.ENAMETOOLONG,
        errno.ENOSPC,
        errno.ENOTDIR,
        errno.EPERM,
        errno.EROFS,
    )
)

_REMEDY = "Choose another place, or make room or rights there."


@contextmanager
def replacing(path: str | Path, *, remedy: str = _REMEDY) -> Iterator[Path]:
    """Give a temporary name to write to; it becomes `path` when the block ends well.

    The temporary file lies in the same folder, so that the move is one step of the file
    system, and has the same suffix, so that a writer that goes by the suffix writes the
    right format. After any exception, Ctrl-C included, it is removed and an older `path`
    stays as it was.

    Parameters
    ----------
    path : str or Path
        The file to write. A missing folder is made.
    remedy : str, optional
        What the error says where the place cannot be written to.

    Yields
    ------
    Path
        Where to write.

    Raises
    ------
    DetenteError
        The folder cannot be made or written to.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with replacing(folder / "a.txt") as part:
    ...     n_written = part.write_text("warm", encoding="utf-8")
    >>> [found.name for found in folder.iterdir()]
    ['a.txt']
    """
    target = Path(path)
    part = target.with_name(f".{target.stem}.{secrets.token_hex(4)}{target.suffix}")
    with _told(target, remedy, is_start=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    try:
        with _told(target, remedy):
            yield part
            # A block that wrote nothing leaves nothing, and an older file as it was.
            if part.exists():
                part.replace(target)
    finally:
        # A file system that takes nothing refuses this too; the error above says it better.
        with suppress(OSError):
            part.unlink(missing_ok=True)


def write_durably(path: Path, content: bytes, *, remedy: str = _REMEDY) -> None:
    """Write a file that is whole or not there, also where the machine stops.

    Parameters
    ----------
    path : Path
        The file.
    content : bytes
        All of it.
    remedy : str, optional
        What the error says where the place cannot be written to.

    Raises
    ------
    DetenteError
        The place cannot be written to; an older file stays as it was.
    """
    with replacing(path, remedy=remedy) as part, part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder while the block lasts.

    Parameters
    ----------
    folder : Path
        A folder that is there.

    Yields
    ------
    None
        The lock ends with the block, or with the process however that ends.

    Raises
    ------
    DetenteError
        Another run holds it.

    Notes
    -----
    Systems without `fcntl`, and file systems that know no locks, are not guarded.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DetenteError(
                    f"Another run is writing to '{folder}'.",
                    remedy="Wait for it, or choose another folder with --output.",
                ) from None
        yield
    finally:
        os.close(handle)


@contextmanager
def staging(
    folder: str | Path, *, remove: Iterable[str] = (), remedy: str = _REMEDY
) -> Iterator[Path]:
    """Give a hidden folder to write a whole run to; its files move out when the run succeeds.

    Parameters
    ----------
    folder : str or Path
        Where the files belong in the end; made where missing.
    remove : iterable of str, optional
        Files below `folder` (relative names) of an earlier run that have to go when this
        run has not written them anew.
    remedy : str, optional
        What the error says where the folder cannot be written to.

    Yields
    ------
    Path
        The hidden folder, inside `folder`; `staged / "reports" / "a.csv"` becomes
        `folder / "reports" / "a.csv"`.

    Raises
    ------
    DetenteError
        The folder cannot be made or written to; or, as in `publish`, older files could not
        be put back.

    Notes
    -----
    After any exception, Ctrl-C included, the folder is as it was before.
    """
    target = Path(folder)
    staged = target / f".detente-{secrets.token_hex(4)}"
    made: list[Path] = []
    is_done = False
    try:
        with _told(target, remedy, is_start=True):
            made = _make(target)
            staged.mkdir()
        with _told(target, remedy):
            yield staged
            publish(staged, target, remove=remove)
        is_done = True
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        if not is_done:
            _unmake(made)


def publish(staged: Path, folder: Path, *, remove: Iterable[str] = ()) -> tuple[Path, ...]:
    """Move every file of `staged` to the same relative place below `folder`.

    Parameters
    ----------
    staged : Path
        A folder on the same file system as `folder`.
    folder : Path
        Where the files go; files of the same name are replaced.
    remove : iterable of str, optional
        Relative names that are deleted below `folder` unless `staged` has them.

    Returns
    -------
    tuple of Path
        The files as they lie now, sorted.

    Raises
    ------
    DetenteError
        A move failed, and then putting the older files back failed too (a second Ctrl-C, a
        full disk): the message names the folder that keeps them.

    Notes
    -----
    Old files are put by first and put back when a later move fails, so the folder shows
    the old run or the new one.
    """
    fresh = sorted(found.relative_to(staged) for found in staged.rglob("*") if found.is_file())
    stale = [Path(name) for name in remove if Path(name) not in fresh]
    kept = staged.with_name(f"{staged.name}-old")
    moves: list[tuple[Path, Path]] = []
    made: list[Path] = []
    try:
        for name in [*stale, *fresh]:
            target = folder / name
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
            if target.is_file() or target.is_symlink():
                _move(target, kept / name, moves)
            if name in fresh:
                made += _make(target.parent)
                _move(staged / name, target, moves)
    except BaseException as stop:
        try:
            _move_back(moves)
            _unmake(made)
        except BaseException as error:
            raise DetenteError(
                f"Stopped ({_reason(stop)}), and stopped again ({_reason(error)}) while the "
                f"older files were put back. Those not yet back in {folder} are in {kept}.",
                remedy="Move them back by hand, or run again and delete that folder.",
            ) from stop
        shutil.rmtree(kept, ignore_errors=True)
        raise
    # Only now: until all files lie in their places these are the only older ones.
    shutil.rmtree(kept, ignore_errors=True)
    return tuple(folder / name for name in fresh)


def _move(origin: Path, place: Path, moves: list[tuple[Path, Path]]) -> None:
    """Move a file to a free place, also onto another disk, and note the move."""
    place.parent.mkdir(parents=True, exist_ok=True)
    moves.append((origin, place))
    shutil.move(origin, place)


def _move_back(moves: list[tuple[Path, Path]]) -> None:
    """Undo moves, the last one first."""
    for origin, place in reversed(moves):
        # A move is noted before it is made: where the origin is still there it has not
        # happened, or has left half a copy on another disk.
        if os.path.lexists(origin):
            place.unlink(missing_ok=True)
        else:
            shutil.move(place, origin)


def _reason(stop: BaseException) -> str:
    return "Ctrl-C" if isinstance(stop, KeyboardInterrupt) else str(stop) or type(stop).__name__


def _make(folder: Path) -> list[Path]:
    """Make a folder and return those that were not there before, outermost first."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()][::-1]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        _unmake(missing)
        raise
    return missing


def _unmake(folders: list[Path]) -> None:
    """Remove folders that this run made, as far as they are empty."""
    for folder in reversed(folders):
        with suppress(OSError):
            folder.rmdir()


@contextmanager
def _told(target: Path, remedy: str, *, is_start: bool = False) -> Iterator[None]:
    """Turn a refusal of the file system about `target` into an error with a way out.

    At the start, where folders are made, every error is such a refusal.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        # A refusal of some other file (one that was read, say) keeps its own text.
        is_ours = error.filename is None or Path(error.filename).absolute().is_relative_to(
            target.absolute().parent
        )
        if not is_start and (error.errno not in _REFUSALS or not is_ours):
            raise
        reason = os.strerror(error.errno).lower() if error.errno else str(error)
        raise DetenteError(f"Cannot write to {target}: {reason}.", remedy=remedy) from error
