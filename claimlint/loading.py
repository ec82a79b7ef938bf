"""A file's bytes and the document in them, once it is known which file.

What is under review may change, or turn into a pipe, between the moment it is found and the moment it is read: that is told here.
"""

import os
import stat
from collections.abc import Mapping
from typing import Any

from claimlint import readers
from claimlint.config import Settings
from claimlint.discovery import Target, why
from claimlint.errors import ReadError
from claimlint.model import Document
from claimlint.readers.decode import LARGEST


def read(target: Target, settings: Settings, extra: Mapping[str, Any] | None = None) -> Document:
    """The document in a file; ``extra`` are the readers of plugins, by suffix. Raises ReadError."""
    data = target.data if target.data is not None else read_file(target)
    return readers.read(
        target.path,
        data,
        encoding=settings.encoding,
        name=target.file if target.path != "-" else None,
        extra=extra,
    )


def read_file(target: Target) -> bytes:
    """The bytes of a plain file that stayed the same while it was read. Raises ReadError."""
    try:
        handle = os.open(target.file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:
            before = os.fstat(handle)
            if not stat.S_ISREG(before.st_mode):
                raise ReadError("refused: it isn't a plain file any more", target.path)
            data = file.read(LARGEST + 1)
            after = os.fstat(handle)
    except (OSError, ValueError) as error:
        raise ReadError(why(error), target.path) from None
    if len(data) > LARGEST:
        raise ReadError(
            f"is too large: {after.st_size:,} bytes, and the limit is {LARGEST:,}; split it or exclude it",
            target.path,
        )
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        data
    ) != after.st_size:
        raise ReadError("changed while it was read; run claimlint again when it is at rest", target.path)
    return data
