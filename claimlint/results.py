"""Keeps what came of a file, so that a file that has not changed need not be checked again.

An entry counts only for the same bytes, path, settings, rules, evidence, day and code; whatever is wrong with it, the
file is checked. Files whose outcome rests on more than that (a footer elsewhere, a plugin, a law that the page tells,
another library) are never kept.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from claimlint import includes, readers
from claimlint.rules import cache

if TYPE_CHECKING:
    from claimlint.checking import Engines, Item, Job, Outcome

_MOST, _AFTER = 6_000, 4_500
"""Entries before and after the oldest are thrown away; one has about 5 KB."""
_SUFFIX = ".result"
_LIBRARIES = (".pdf",)
"""Suffixes that another library reads, whose version is not known here."""
_OURS = frozenset({"claimlint.model", "claimlint.checking"})


class Kept:
    """The outcomes of earlier runs for one job. Use ``get``, and ``put`` where it gave nothing."""

    def __init__(self, job: Job, engines: Engines) -> None:
        self._engines = engines
        base = cache.folder()
        self._folder = os.path.join(base, "results") if base else None
        told = (job.as_of, job.isolated, sorted(job.accepted), job.graded, job.scorecards, job.dismissed)
        self._job = cache.digest([cache.INTERPRETER, *_code(), repr(told).encode("utf-8", "surrogatepass")])
        self._settings: dict[int, tuple[Any, bytes]] = {}

    def get(self, item: Item, data: bytes) -> Outcome | None:
        """What came of the same file before; None where that is not known for certain."""
        path = self._path(item, data)
        if path is None:
            return None
        packed = cache.read_bytes(path)
        if not packed:
            return None
        try:
            return _unpacked(packed)
        except Exception:  # damaged, or of another time: there is no list of what unpacking may raise
            return None

    def put(self, item: Item, data: bytes, outcome: Outcome) -> None:
        """Keeps an outcome; does nothing where it is none that may be kept, or where there is no place for it."""
        path = self._path(item, data)
        if path is None or outcome.failure is not None:
            return
        try:
            _write(path, _packed(outcome))
        except Exception:  # a read-only or full disk; something in it that can't be packed
            return

    def _path(self, item: Item, data: bytes) -> str | None:
        """Where the outcome stands: the name is the key."""
        if (
            self._folder is None
            or item.target.data is not None
            or item.target.file.lower().endswith(_LIBRARIES)
        ):
            return None
        path = item.settings.relative(item.target.file)
        settings = item.settings.for_path(path)
        if settings.provided or settings.jurisdiction == "auto" or any(settings.plugins.values()):
            return None
        if path.lower().endswith(readers.INCLUDING) and includes.names(data.decode("latin-1")):
            return None  # what it includes may change
        place = (item.target.path, path, item.target.named, item.distrusted)
        parts = [self._job, self._stamp(settings), repr(place).encode("utf-8", "surrogatepass"), data]
        return os.path.join(self._folder, cache.digest(parts).hex()[:40] + _SUFFIX)

    def _stamp(self, settings: Any) -> bytes:
        """What stands for settings, rules and evidence."""
        known = self._settings.get(id(settings))
        if known is None or known[0] is not settings:
            from claimlint.rules.locate import data_path

            seeds = data_path("seeds")
            files = (f"{seeds}/tiers.yaml", f"{seeds}/evidence.yaml", *settings.evidence)
            rules = self._engines.ruleset(settings).fingerprint
            told = repr((rules, *settings)).encode("utf-8", "surrogatepass")
            known = (settings, cache.digest([told, *map(cache.read_bytes, files)]))
            self._settings[id(settings)] = known
        return known[1]


def prune() -> None:
    """Throws the oldest entries away where there are too many."""
    base = cache.folder()
    try:
        with os.scandir(os.path.join(base or "", "results")) as entries:
            found = [entry for entry in entries if entry.name.endswith(_SUFFIX)]
        if len(found) > _MOST:
            for entry in sorted(found, key=lambda one: one.stat().st_mtime_ns)[:-_AFTER]:
                os.unlink(entry.path)
    except OSError:  # another run does the same
        return


def _code() -> list[bytes]:
    """Time and size of every module of the program."""
    top = os.path.dirname(os.path.abspath(__file__))
    stamps = []
    for folder, below, names in os.walk(top):
        below[:] = sorted(name for name in below if name not in ("__pycache__", "rulesets", "seeds"))
        for name in sorted(names):
            stat = os.stat(os.path.join(folder, name))
            stamps.append(f"{folder[len(top) :]}/{name} {stat.st_mtime_ns} {stat.st_size}".encode())
    return stamps


def _packed(outcome: Outcome) -> bytes:
    from pickle import dumps
    from zlib import compress, crc32

    payload = compress(dumps(outcome, 5), 1)
    return crc32(payload).to_bytes(4, "little") + payload


def _unpacked(packed: bytes) -> Outcome:
    """Raises whatever it may for anything but an entry: nothing else than our own records is ever made of it."""
    from io import BytesIO
    from pickle import Unpickler, UnpicklingError
    from zlib import crc32, decompress

    class Records(Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            if module in _OURS or (module, name) == ("builtins", "frozenset"):
                return super().find_class(module, name)
            raise UnpicklingError(f"{module}.{name} has no place in a result")

    payload = packed[4:]
    if crc32(payload).to_bytes(4, "little") != packed[:4]:
        raise UnpicklingError("damaged")
    outcome: Outcome = Records(BytesIO(decompress(payload))).load()
    return outcome


def _write(path: str, packed: bytes) -> None:
    """Writes beside ``path`` and renames, so that nobody ever reads half an entry."""
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "wb") as file:
        file.write(packed)
    os.replace(temporary, path)


def hits(items: Sequence[Item], kept: Kept, read: Any) -> dict[int, Outcome]:
    """Position -> outcome of the items that have not changed. ``read`` gives the bytes of a target or raises ReadError."""
    from claimlint.errors import ReadError

    found: dict[int, Outcome] = {}
    for number, item in enumerate(items):
        try:
            outcome = kept.get(item, read(item.target))
        except ReadError:  # who checks the file will say so
            continue
        if outcome is not None:
            found[number] = outcome
    return found
