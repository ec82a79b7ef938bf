"""A run from its inputs to a whole dataset: index, plan, shards, and how it is taken up again where it stopped.

Only this process writes to the dataset. A shard's folder appears under its name in one step when all its files are on the disk, so what
has its name is finished and what is not finished does not count.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from claimlint import __version__
from claimlint.batch import plan
from claimlint.batch.engines import Crew, processors
from claimlint.batch.index import Index, index
from claimlint.batch.inputs import Source, sources
from claimlint.batch.progress import Progress
from claimlint.batch.schema import VERSION, arrow
from claimlint.batch.shards import Done, Work
from claimlint.batch.shards import run as run_shard
from claimlint.checking import Engines, Job
from claimlint.config import Settings
from claimlint.errors import ClaimlintError, UsageError
from claimlint.readers.decode import LARGEST
from claimlint.settings_search import Options

SHARD_PAGES = 200
SHARD_BYTES = 50_000_000
SECONDS = 30.0


class Asked(NamedTuple):
    """A run as asked for. ``seconds`` and ``largest`` (bytes) are the limits of one page."""

    inputs: tuple[str, ...]
    lists: tuple[str, ...]
    out: str
    options: Options
    jobs: int = 0
    dask: str | None = None
    seconds: float = SECONDS
    largest: int = LARGEST
    shard_pages: int = SHARD_PAGES


class Result(NamedTuple):
    """What a finished run says of itself: pages by state, and each source that could not be read to its end, with the reason."""

    out: str
    states: dict[str, int]
    problems: tuple[tuple[str, str], ...]
    skipped: int


def run(asked: Asked) -> Result:
    """Carries out a run, or the rest of one. Raises ClaimlintError where it can't be; what is finished by then stays finished."""
    found = sources(asked.inputs, asked.lists)
    settings = _settings(asked.options)
    binding = _binding(asked, found, settings)
    os.makedirs(os.path.join(asked.out, "work", "notes"), exist_ok=True)
    with _alone(asked.out), _room(asked.out):
        binding = _bind(asked.out, binding)
        job = _job(asked.options, binding)
        with Crew(asked.jobs or processors(), asked.dask) as crew:
            rows = _indexed(asked, found, crew)
            planned = _planned(asked.out, found)
            states = _judged(asked, found, settings, job, crew, planned)
        return _finish(asked.out, rows, states)


def _settings(options: Options) -> Settings:
    """The settings for all pages, every name in them known to mean something."""
    from claimlint.known import known_names
    from claimlint.settings_search import searcher

    settings_of, _ = searcher(options)
    settings = settings_of(os.getcwd())
    known_names([settings], options, Engines(_job(options, {"as_of": "2000-01-01"})))
    return settings


def _job(options: Options, binding: dict[str, Any]) -> Job:
    from datetime import date

    key = hashlib.sha256(json.dumps(binding, sort_keys=True).encode()).digest()[:8]
    return Job(
        date.fromisoformat(binding["as_of"]),
        isolated=True,
        cache=options.cache,
        run=key,
        graded=True,
        scorecards=True,
    )


def _binding(asked: Asked, found: Sequence[Source], settings: Settings) -> dict[str, Any]:
    """Everything that the content of the dataset depends on."""
    from datetime import UTC, datetime

    options = asked.options
    return {
        "schema": VERSION,
        "claimlint": __version__,
        "rules": rules_digest(settings),
        "settings": hashlib.sha256(repr(settings._replace(root="")).encode()).hexdigest()[:20],
        "profile": settings.profile or "team",
        "jurisdiction": settings.jurisdiction,
        "as_of": (options.as_of or datetime.now(UTC).date()).isoformat(),
        "seconds": asked.seconds,
        "largest": asked.largest,
        "shard_pages": asked.shard_pages,
        "inputs": [
            {
                "source": one.name,
                "member": one.member,
                "is": hashlib.sha256(one.stamp.encode()).hexdigest()[:20],
            }
            for one in found
        ],
        "dated": options.as_of is not None,
    }


_SAID = {
    "schema": "another version of claimlint",
    "claimlint": "another version of claimlint",
    "rules": "other rules or evidence",
    "settings": "other settings or options",
    "as_of": "another --as-of",
    "seconds": "another --seconds",
    "largest": "another --largest",
    "shard_pages": "another --shard-pages",
    "inputs": "other inputs (or they have changed since)",
}


def _bind(out: str, binding: dict[str, Any]) -> dict[str, Any]:
    """Notes what the dataset is bound to, or makes sure that this run is bound to the same. Raises UsageError."""
    path = os.path.join(out, "run.json")
    dated = binding.pop("dated")
    try:
        with open(path, encoding="utf-8") as file:
            known: dict[str, Any] = json.load(file)
    except FileNotFoundError:
        if os.path.isdir(os.path.join(out, "shards")):
            raise UsageError(f"{out}: holds shards but no run.json: name another folder for --out") from None
        put(path, json.dumps(binding, indent=2).encode() + b"\n")
        return binding
    except ValueError:
        raise UsageError(f"{path}: is no JSON: name another folder for --out") from None
    if not dated:
        binding["as_of"] = known.get("as_of")
    other = list(dict.fromkeys(said for key, said in _SAID.items() if known.get(key) != binding.get(key)))
    if other:
        raise UsageError(
            f"{out}: was begun with {', '.join(other)}; finish it with the same, or name another folder for --out"
        )
    return known


def rules_digest(settings: Settings) -> str:
    """A digest of every file of rules and evidence that can count: those that ship with claimlint and those that settings name."""
    from claimlint.rules.locate import data_path

    digest = hashlib.sha256()
    roots = [data_path("rulesets"), data_path("seeds")]
    roots += [name for name in (*settings.rulesets, *settings.evidence) if os.path.isabs(name)]
    for root in roots:
        files = [root] if os.path.isfile(root) else []
        for folder, folders, names in os.walk(root):
            folders.sort()
            files += [
                os.path.join(folder, name) for name in sorted(names) if name.endswith((".yaml", ".yml"))
            ]
        for file in files:
            with open(file, "rb") as opened:
                digest.update(f"{os.path.relpath(file, root)}\0".encode())
                digest.update(hashlib.sha256(opened.read()).digest())
    return digest.hexdigest()[:20]


def _indexed(asked: Asked, found: Sequence[Source], crew: Crew) -> list[dict[str, Any]]:
    """Indexes what isn't yet; the rows of ``sources``."""
    folder = os.path.join(asked.out, "work", "index")
    os.makedirs(folder, exist_ok=True)
    rows: dict[int, dict[str, Any]] = {}
    todo = []
    for number, source in enumerate(found):
        try:
            with open(os.path.join(folder, f"{number:05}.json"), encoding="utf-8") as file:
                rows[number] = json.load(file)
        except (FileNotFoundError, ValueError):
            todo.append((number, source))
    with Progress("indexing", len(found), done=len(rows), unit="source") as progress:
        for (number, _), made in crew.map(partial(_index, largest=asked.largest), todo):
            put(os.path.join(folder, f"{number:05}.parquet"), made.parquet)
            put(os.path.join(folder, f"{number:05}.json"), json.dumps(made.row).encode())
            rows[number] = made.row
            progress.add(1)
    return [rows[number] for number in range(len(found))]


def _index(numbered: tuple[int, Source], largest: int) -> Index:
    return index(*numbered, largest)


def _planned(out: str, found: Sequence[Source]) -> str:
    path = os.path.join(out, "work", "plan.parquet")
    if not os.path.exists(path):
        plan.make(
            [os.path.join(out, "work", "index", f"{number:05}.parquet") for number in range(len(found))], path
        )
    return path


def _judged(
    asked: Asked, found: Sequence[Source], settings: Settings, job: Job, crew: Crew, planned: str
) -> dict[str, int]:
    """Judges the shards that are not finished; how many pages there are in each state."""
    folder = os.path.join(asked.out, "shards")
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        if not name.isdigit():
            shutil.rmtree(os.path.join(folder, name))  # half-written
    states: dict[str, int] = {}
    lean = {number: source._replace(pages=(), stamp="") for number, source in enumerate(found)}

    def todo(progress: Progress) -> Iterator[Work]:
        for shard in plan.shards(planned, asked.shard_pages, SHARD_BYTES):
            if os.path.isdir(os.path.join(folder, f"{shard.number:05}")):
                _count(states, _states(os.path.join(folder, f"{shard.number:05}")))
                progress.skip(len(shard.pages))
                continue
            used = {page["source"] for page in shard.pages}
            notes = os.path.abspath(os.path.join(asked.out, "work", "notes", f"{shard.number:05}"))
            yield Work(
                shard,
                {number: lean[number] for number in used},
                settings,
                job,
                asked.seconds,
                asked.largest,
                notes,
            )

    with Progress("judging", plan.count(planned), unit="page") as progress:
        for work, done in crew.map(run_shard, todo(progress)):
            keep(folder, done)
            _count(states, done.states)
            progress.add(len(work.shard.pages))
    return states


def keep(folder: str, done: Done) -> None:
    """Puts a shard's files on the disk, whole or not at all."""
    name = os.path.join(folder, f"{done.number:05}")
    partial_name = name + ".partial"
    shutil.rmtree(partial_name, ignore_errors=True)
    os.mkdir(partial_name)
    for table, data in done.files:
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


def _states(shard: str) -> dict[str, int]:
    import pyarrow.parquet

    column = pyarrow.parquet.read_table(os.path.join(shard, "pages.parquet"), columns=["state"]).column(
        "state"
    )
    return {one["values"]: one["counts"] for one in column.value_counts().to_pylist()}


def _count(states: dict[str, int], more: dict[str, int]) -> None:
    for state, number in more.items():
        states[state] = states.get(state, 0) + number


def _finish(out: str, rows: list[dict[str, Any]], states: dict[str, int]) -> Result:
    import io

    import pyarrow
    import pyarrow.parquet

    buffer = io.BytesIO()
    pyarrow.parquet.write_table(
        pyarrow.Table.from_pylist(rows, schema=arrow("sources")), buffer, compression="zstd"
    )
    put(os.path.join(out, "sources.parquet"), buffer.getvalue())
    problems = tuple((row["member"] or row["source"], row["problem"]) for row in rows if row["problem"])
    summary = {"pages": dict(sorted(states.items())), "problems": len(problems)}
    put(os.path.join(out, "summary.json"), json.dumps(summary, indent=2).encode() + b"\n")
    shutil.rmtree(os.path.join(out, "work", "notes"), ignore_errors=True)
    skipped = sum(one["records"] for row in rows for one in row["skipped"])
    return Result(out, states, problems, skipped)


@contextmanager
def _room(out: str) -> Iterator[None]:
    """Says in one message what the disk would not take."""
    try:
        yield
    except OSError as error:
        where = f"{error.filename}: " if error.filename else f"{out}: "
        raise UsageError(
            f"{where}can't be written: {error.strerror or error}; what is finished is kept: make room, then run the same command again"
        ) from None


@contextmanager
def _alone(out: str) -> Iterator[None]:
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


def in_words(result: Result) -> str:
    """What a run came to, in a line."""
    from claimlint.reporters.view import count

    total = sum(result.states.values())
    parts = [
        f"{result.states[state]:,} {said}"
        for state, said in (
            ("checked", "checked"),
            ("duplicate", "copies of another"),
            ("not_checked", "not checked (language, status, empty)"),
            ("failed", "failed"),
        )
        if result.states.get(state)
    ]
    text = f"{count(total, 'page')} in {result.out}: {', '.join(parts) or 'none'}"
    if result.skipped:
        text += f"; {count(result.skipped, 'record')} that are no pages were passed over"
    return text
