"""A run from its inputs to a whole dataset: index, plan, shards, and how it is taken up again where it stopped.

Only this process writes to the dataset. A shard's folder appears under its name in one step when all its files are on the disk, so what
has its name is finished and what is not finished does not count.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from claimlint.batch import binding, plan
from claimlint.batch.binding import Asked
from claimlint.batch.disk import alone, keep, put, room
from claimlint.batch.engines import Crew, processors
from claimlint.batch.index import Index, index
from claimlint.batch.inputs import Source, sources
from claimlint.batch.progress import Progress
from claimlint.batch.schema import arrow
from claimlint.batch.shards import Work
from claimlint.batch.shards import run as run_shard
from claimlint.checking import Job
from claimlint.config import Settings

SHARD_BYTES = 50_000_000


class Result(NamedTuple):
    """What a finished run says of itself: pages by state, and each source that could not be read to its end, with the reason."""

    out: str
    states: dict[str, int]
    problems: tuple[tuple[str, str], ...]
    skipped: int


def run(asked: Asked) -> Result:
    """Carries out a run, or the rest of one. Raises ClaimlintError where it can't be; what is finished by then stays finished."""
    found = sources(asked.inputs, asked.lists)
    settings = binding.settings_of(asked.options)
    bound = binding.of(asked, found, settings)
    os.makedirs(os.path.join(asked.out, "work", "notes"), exist_ok=True)
    with alone(asked.out), room(asked.out):
        bound = binding.bind(asked.out, bound)
        job = binding.job(asked.options, bound)
        with Crew(asked.jobs or processors(), asked.dask) as crew:
            rows = _indexed(asked, found, crew)
            planned = _planned(asked.out, found)
            states = _judged(asked, found, settings, job, crew, planned)
        return _finish(asked.out, rows, states)


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
            keep(folder, done.number, done.files)
            _count(states, done.states)
            progress.add(len(work.shard.pages))
    return states


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
