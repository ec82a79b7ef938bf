"""How results get onto the disk: whole or not at all, outliving a power cut, with one message where there is no room.

Nothing else in ``batch`` writes to a dataset.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from claimlint.errors import UsageError


def keep(folder: str, number: int, files: Iterable[tuple[str, bytes]]) -> None:
    """Puts a shard's files on the disk, whole or not at all."""
    name = os.path.join(folder, f"{number:05}")
    partial_name = name + ".partial"
    shutil.rmtree(partial_name, ignore_errors=True)
    os.mkdir(partial_name)
    for table, data in files:
        _write(os.path.join(partial_name, f"{table}.parquet"), data)
    _sync(partial_name)
    os.rename(partial_name, name)
    _sync(folder)


def put(path: str, data: bytes) -> None:
    """Puts a file on the disk, whole or not at all."""
    _write(path + ".partial", data)
    os.replace(path + ".partial", path)
    _sync(os.path.dirname(path))


def _write(path: str, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: str) -> None:
    """Makes the names in a folder outlive a power cut, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def room(out: str) -> Iterator[None]:
    """Says in one message what the disk would not take."""
    try:
        yield
    except OSError as error:
        where = f"{error.filename}: " if error.filename else f"{out}: "
        raise UsageError(
            f"{where}can't be written: {error.strerror or error}; what is finished is kept: make room, then run the same command again"
        ) from None


@contextmanager
def alone(out: str) -> Iterator[None]:
    """Keeps a second run out of the folder while this one is at work, where the system has locks that end with their process."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with open(os.path.join(out, "work", "lock"), "wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(f"{out}: another run is at work in this folder") from None
        yield
