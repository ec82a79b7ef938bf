"""Writes results: a report to standard output or, whole or not at all, to a file.

Nothing else in claimlint writes to a stream, so that standard output carries the report alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from claimlint.errors import UsageError

_PATIENCE, _PAUSE = 1.0, 0.1
"""Seconds before progress is shown, and between two looks at it."""


def replace_file(path: str, data: bytes) -> None:
    """Puts ``data`` in the place of ``path`` in one step; UsageError where that can't be done."""
    import tempfile

    folder = os.path.dirname(os.path.abspath(path))
    temporary = ""
    try:
        if os.path.exists(path) and not os.path.isfile(path):  # a pipe or /dev/stdout can't be replaced
            with open(path, "wb") as file:
                file.write(data)
            return
        handle, temporary = tempfile.mkstemp(prefix=".claimlint-", dir=folder)
        with open(handle, "wb") as file:
            file.write(data)
        mode = os.stat(path).st_mode & 0o777 if os.path.exists(path) else 0o666 & ~_umask()
        os.chmod(temporary, mode)
        os.replace(temporary, os.path.realpath(path))
    except OSError as error:
        if temporary and os.path.exists(temporary):
            os.unlink(temporary)
        raise UsageError(f"{path}: can't be written: {error.strerror or error}") from None


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def emit(text: str, path: str | None) -> None:
    """Writes a report to ``path``, or to standard output where that is None or ``-``; UTF-8 always."""
    data = text.encode("utf-8", "backslashreplace")
    if path is not None and path != "-":
        replace_file(path, data)
        return
    stream = getattr(sys.stdout, "buffer", None)
    try:
        if stream is None:
            sys.stdout.write(text)
        else:
            sys.stdout.flush()
            stream.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the report has seen enough: not an error, and Python must not try again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise UsageError(
            f"the report can't be written to standard output: {error.strerror or error}"
        ) from None


def say(message: str) -> None:
    """One line for people, on standard error."""
    print(_printable(message), file=sys.stderr)


def progress() -> Callable[[int, int], None] | None:
    """A function that keeps one line of standard error up to date in a run of more than a second.

    None where standard error is no terminal: nothing that is piped or logged ever holds progress.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return None
    from time import monotonic

    began = last = monotonic()

    def show(done: int, of: int) -> None:
        nonlocal last
        now = monotonic()
        if done == of:
            if last > began:
                sys.stderr.write("\r\x1b[K")
                sys.stderr.flush()
        elif now - began > _PATIENCE and now - last > _PAUSE:
            last = now
            sys.stderr.write(f"\rclaimlint: {done:,} of {of:,} files\x1b[K")
            sys.stderr.flush()

    return show


def _printable(message: str) -> str:
    """``message`` without control characters that a hostile file name might send to a terminal."""
    return "".join(char if char.isprintable() or char in "\n\t" else "\ufffd" for char in message)


def colour() -> bool:
    """Whether standard output is a terminal that wants colour (NO_COLOR and TERM=dumb say no)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
