"""What a worker does: one shard to its Parquet files, as a function of the shard and the job alone.

It writes nothing but the note of which page it is at. So a worker may be killed at any time; a page that kills its worker three times is
set aside, with that as its reason.
"""

from __future__ import annotations

import ctypes
import gc
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any, NamedTuple

from claimlint.batch import judge
from claimlint.batch.index import content
from claimlint.batch.inputs import Source, filesystem, place
from claimlint.batch.plan import Shard
from claimlint.checking import Job, engines_for
from claimlint.config import Settings

DEATHS = 3
"""So often a worker may die at the same page before that page is set aside."""
_ONE = threading.Lock()  # engines are made for one thread at a time; a Dask worker may have several


class Work(NamedTuple):
    """All that a worker needs for a shard; ``notes`` is the path of its note, ``sources`` are without their lists of pages."""

    shard: Shard
    sources: dict[int, Source]
    settings: Settings
    job: Job
    seconds: float
    largest: int
    notes: str


class Done(NamedTuple):
    """A shard's tables as Parquet, and how many of its pages there are in each state."""

    number: int
    files: list[tuple[str, bytes]]
    states: dict[str, int]


class TooLong(BaseException):
    """A page took longer than it may. No ``except Exception`` on the way may swallow it."""


def run(work: Work) -> Done:
    """Judges a shard."""
    with _ONE, _rarely_collected():
        return _run(work)


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Rules and tables live as long as the worker; to look through them for garbage every few pages costs a tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _run(work: Work) -> Done:
    engines = engines_for(work.job)
    engines.engine(work.settings)
    gc.freeze()
    sheet = judge.Sheet()
    note = Note(work.notes)
    states: dict[str, int] = {}
    with Watch(work.seconds) as watch:
        for number, planned in enumerate(work.shard.pages):
            page = _page(planned, work.sources)
            if planned["state"] == "checked" and note.deaths(number) >= DEATHS:
                page = _failed(page, "the worker died each time it judged this page")
            elif planned["state"] == "checked":
                note.at(number)
            try:
                with watch.page():
                    rows = judge.judge(
                        page, partial(_content, planned, work), work.settings, work.job, engines
                    )
            except TooLong:
                page = _failed(page, f"took longer than {work.seconds:g} seconds")
                rows = judge.judge(page, bytes, work.settings, work.job, engines)
            sheet.add(rows)
            state = str(rows["pages"][0]["state"])
            states[state] = states.get(state, 0) + 1
    files = list(judge.tables(sheet.rows))
    note.close()
    return Done(work.shard.number, files, states)


_KNOWN = (
    "page_id", "site", "url", "state", "reason", "duplicate_of", "member", "offset", "length", "record_id", "payload_digest", "sha256",
    "status", "content_type", "bytes",
)  # fmt: skip


def _page(planned: dict[str, Any], sources: dict[int, Source]) -> judge.Page:
    known = {name: planned[name] for name in _KNOWN}
    known["source"] = sources[planned["source"]].name
    known["fetched"] = planned["fetched"]
    return judge.Page(known, planned["reader"], planned["charset"])


def _failed(page: judge.Page, reason: str) -> judge.Page:
    return page._replace(known={**page.known, "state": "failed", "reason": reason})


def _content(planned: dict[str, Any], work: Work) -> bytes:
    """The bytes of a page, read from where the index found it."""
    source = work.sources[planned["source"]]
    offset, length = planned["offset"], planned["length"]
    if source.kind in ("folder", "list", "file"):
        fs, path = place(source, planned["member"])
        data: bytes = fs.cat_file(path, 0, work.largest + 1)
        return data
    fs, path = filesystem(source.address)
    start = source.base + offset
    return content(fs.cat_file(path, start, start + length), work.largest)


class Note:
    """Which page of a shard is being judged, kept in a file so that it outlives the worker: one line a death.

    Where the folder can't be written (a cluster without a shared disk) nothing is noted and nothing set aside.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._dead: dict[int, int] = {}
        self._file: int | None = None
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            lines = os.read(self._file, 1 << 20).split()
            for line in lines:
                if line.isdigit():
                    self._dead[int(line)] = self._dead.get(int(line), 0) + 1
            # What a worker wrote and did not clear away was its last page.
            self._end = os.lseek(self._file, 0, os.SEEK_END)
        except OSError:
            self._file = None

    def deaths(self, number: int) -> int:
        """How many workers died at a page."""
        return self._dead.get(number, 0)

    def at(self, number: int) -> None:
        """Notes the page that is judged from now on."""
        if self._file is not None:
            os.lseek(self._file, self._end, os.SEEK_SET)
            os.write(self._file, b"%11d\n" % number)

    def close(self) -> None:
        """Nobody died."""
        self.abandon()
        with suppress(OSError):
            os.unlink(self._path)

    def abandon(self) -> None:
        """Leaves the note as it stands."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class Watch:
    """Stops the judging of a page that takes too long, in any thread and on any system.

    A second thread raises TooLong in the first. It can't interrupt a single call into C; those are linear in the size of a page, which is
    limited.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._turn = 0
        self._busy = False
        self._fired = False
        self._stop = threading.Event()
        self._begun = threading.Event()
        self._thread = threading.get_ident()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watch:
        self._watcher.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._begun.set()
        self._watcher.join()

    def page(self) -> _Turn:
        """A context in which one page is judged. Raises TooLong."""
        return _Turn(self)

    def begin(self) -> None:
        """A page begins."""
        with self._lock:
            self._turn += 1
            self._busy = True
            self._fired = False

    def end(self) -> None:
        """A page has ended; what was fired at it hits nothing else."""
        with self._lock:
            self._busy = False
            fired = self._fired
        if fired:
            for _ in range(1_000):  # the exception arrives here at the latest: between two calls
                time.sleep(0.001)

    def _watch(self) -> None:
        turn, waited, step = -1, 0.0, min(0.05, self._seconds / 4)
        while not self._stop.wait(step):
            with self._lock:
                if not self._busy or self._fired:
                    waited = 0.0
                    continue
                if self._turn != turn:
                    turn, waited = self._turn, 0.0
                waited += step
                if waited > self._seconds:
                    self._fired = True
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(
                        ctypes.c_ulong(self._thread), ctypes.py_object(TooLong)
                    )


class _Turn:
    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def __enter__(self) -> None:
        self._watch.begin()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not TooLong:
            self._watch.end()
