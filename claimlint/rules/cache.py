"""Keeps compiled data between runs, because reading YAML would cost more than checking the copy.

An entry is trusted only if it was made from exactly the same sources by the same code and is whole;
whatever is wrong with the cache, the data is built anew and the run goes on.
"""

from __future__ import annotations

import gc
import marshal
import os
import sys
from binascii import crc32
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from claimlint import __version__

try:  # hashlib loads OpenSSL, which costs more than everything else here
    from _blake2 import blake2b
except ImportError:  # pragma: no cover
    from hashlib import blake2b

T = TypeVar("T")

_MAGIC = b"claimlint-cache\n"
_DIGEST = 32
_SUM = 4
_HEAD = len(_MAGIC) + _DIGEST + _SUM
_MAX_BYTES = 64_000_000
_KEPT = 100
"""Entries that stay in the folder; the oldest beyond them go when one is written. Judging pages by their own places takes some 45."""


def cached(
    name: str,
    sources: Sequence[str],
    build: Callable[[], T],
    *,
    key: str = "",
    code: Sequence[str] = (),
    enabled: bool = True,
) -> T:
    """What ``build()`` returns, from the cache where nothing that it depends on has changed.

    The result must consist of builtins that marshal can write (no sets of mixed order are compared:
    equal sources give equal data). It depends on the contents of ``sources``, on ``key`` (such as a
    ruleset's fingerprint), on the code beside ``build``, in this package and beside the modules named in
    ``code``, and on the versions of claimlint and Python. Errors of ``build`` pass through; errors of the cache never do.
    """
    if not enabled:
        return build()
    parts = [key.encode()]
    for source in sources:
        parts += [os.fsencode(source), read_bytes(source)]
    return through(name, "\n".join((name, key, *map(os.fspath, sources))), parts, build, code)


def through(
    name: str, variant: str, parts: Iterable[bytes], build: Callable[[], T], code: Sequence[str] = ()
) -> T:
    """As `cached`, for sources that are read already; each ``variant`` has a file of its own."""
    key = digest([*_stamps(build.__module__, *code), *parts])
    path = _path(name, variant)
    if path is None:
        return build()
    entry = _read(path, key)
    if entry is not None:
        value: T = entry[0]
        return value
    value = build()
    _write(path, key, value)
    return value


def kept(name: str, parts: Iterable[bytes]) -> Any:
    """What `keep` was last given under this name for the same ``parts``; None where there is nothing to be trusted."""
    path = _path(name, "")
    entry = _read(path, digest([INTERPRETER, *parts])) if path else None
    return entry[0] if entry is not None else None


def keep(name: str, parts: Iterable[bytes], value: Any) -> None:
    """Keeps ``value`` (builtins only) for `kept`; does nothing where there is nowhere to keep it."""
    path = _path(name, "")
    if path:
        _write(path, digest([INTERPRETER, *parts]), value)


def read_bytes(path: str) -> bytes:
    """The file's bytes; a file that can't be read counts as empty (who builds will say so)."""
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except OSError:
        return b""


def digest(parts: Iterable[bytes]) -> bytes:
    """A hash of ``parts`` that tells where each ends."""
    state = blake2b(digest_size=_DIGEST)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.digest()


def folder() -> str | None:
    """The folder of the cache, which need not exist; None where the user has no home."""
    set_by_user = os.environ.get("CLAIMLINT_CACHE_DIR")
    if set_by_user:
        return set_by_user
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
        return rf"{base}\claimlint\cache" if base else None
    base = os.environ.get("XDG_CACHE_HOME", "")
    if base.startswith("/"):
        return f"{base}/claimlint"
    home = os.path.expanduser("~")
    if not home.startswith("/"):
        return None
    return f"{home}/Library/Caches/claimlint" if sys.platform == "darwin" else f"{home}/.cache/claimlint"


def _path(name: str, variant: str) -> str | None:
    base = folder()
    python = f"{sys.implementation.cache_tag}-{sys.hexversion:x}"
    mark = digest([variant.encode("utf-8", "surrogatepass"), _HERE.encode("utf-8", "surrogatepass")]).hex()[
        :16
    ]
    return os.path.join(base, f"{name}-{python}-{mark}.bin") if base else None


_HERE = os.path.dirname(os.path.abspath(__file__))
INTERPRETER = f"{__version__} {sys.version} {sys.byteorder} {marshal.version}".encode()


def _stamps(*modules: str) -> list[bytes]:
    """What stands for the code: versions, and time and size of what lies beside these modules."""
    stamps = [INTERPRETER]
    files = [getattr(sys.modules.get(name), "__file__", None) for name in modules]
    folders = {_HERE, *(os.path.dirname(file) for file in files if file)}
    for base in sorted(folders):
        try:
            with os.scandir(base) as entries:
                for entry in sorted(entries, key=lambda item: item.name):
                    if entry.name.endswith((".py", ".json")):
                        stat = entry.stat()
                        stamps.append(f"{entry.name} {stat.st_mtime_ns} {stat.st_size}".encode())
        except OSError:  # from a zip archive: the version has to do
            continue
    return stamps


def _read(path: str, key: bytes) -> tuple[Any] | None:
    data = read_bytes(path)
    if len(data) <= _HEAD or len(data) > _MAX_BYTES or not data.startswith(_MAGIC):
        return None
    middle = len(_MAGIC) + _DIGEST
    payload = memoryview(data)[_HEAD:]
    if data[len(_MAGIC) : middle] != key or data[middle:_HEAD] != _sum(payload):
        return None
    collecting = gc.isenabled()
    gc.disable()  # tens of thousands of tuples that hold no cycle: collecting costs half as much again
    try:
        return (marshal.loads(payload),)
    except (ValueError, EOFError, TypeError):
        return None
    finally:
        if collecting:
            gc.enable()


def _sum(payload: Any) -> bytes:
    """Tells a whole entry from a damaged one; whoever could forge it could change the program too."""
    return crc32(payload).to_bytes(_SUM, "little")


def _write(path: str, key: bytes, value: Any) -> None:
    """Writes beside ``path`` and renames, so that nobody ever reads half an entry."""
    import contextlib
    import tempfile

    try:
        payload = marshal.dumps(value)
        base = os.path.dirname(path)
        os.makedirs(base, mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=base, prefix=".new-")
    except (OSError, ValueError):  # a read-only or full disk; a value that marshal can't write
        return
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + key + _sum(payload) + payload)
        os.replace(temporary, path)
        _prune(base)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)


def _prune(base: str) -> None:
    """Removes the oldest entries beyond `_KEPT`: each variant has its file, and variants come and go.

    A file that doesn't begin as an entry does is somebody else's and stays.
    """
    with os.scandir(base) as entries:
        found = sorted(
            (entry.stat().st_mtime_ns, entry.path) for entry in entries if entry.name[-4:] == ".bin"
        )
    for _, path in found[:-_KEPT]:
        with open(path, "rb") as file:
            ours = file.read(len(_MAGIC)) == _MAGIC
        if ours:
            os.unlink(path)
