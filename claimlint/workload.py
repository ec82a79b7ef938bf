"""Decides how the files of a run are worked off: known from an earlier run, one after the other, or side by side.

The outcomes are the same whichever way is taken, and come in the order of the files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from claimlint.checking import Engines, Item, Job, Outcome, check_batch, defect
from claimlint.errors import ClaimlintError
from claimlint.loading import read_file
from claimlint.model import Failure

FEW_FILES = 20
"""Runs of fewer files keep no outcomes: to check them costs less than to look and to write."""
MANY_FILES = 60
MUCH_TEXT = 2_000_000
"""Above either, more than one process pays for its start."""


def outcomes_of(items: Sequence[Item], job: Job, engines: Engines, jobs: int) -> Iterator[Outcome]:
    """The outcome of each item in order: what is known from earlier runs, and what has to be checked."""
    if len(items) < FEW_FILES or not job.cache or job.debug:
        yield from _fresh(items, job, engines, jobs)
        return
    from claimlint import results

    known = results.hits(items, engines.kept(), read_file)
    rest = [item for number, item in enumerate(items) if number not in known]
    fresh = _fresh(rest, job, engines, jobs, keep=True) if rest else iter(())
    for number in range(len(items)):
        yield known[number] if number in known else next(fresh)
    if rest:
        results.prune()


def _fresh(
    items: Sequence[Item], job: Job, engines: Engines, jobs: int, keep: bool = False
) -> Iterator[Outcome]:
    workers = min(jobs or _processors(), len(items))
    if workers < 2 or (jobs == 0 and not _pays(items)):
        for item in items:
            yield from check_batch([item], job, keep)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    size = max(1, min(200, -(-len(items) // (workers * 4))))
    batches = [items[at : at + size] for at in range(0, len(items), size)]
    # A child that is forked starts in milliseconds with the rules in memory; elsewhere it is spawned.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context(
        "fork" if "fork" in methods and os.uname().sysname == "Linux" else "spawn"
    )
    for settings in {id(item.settings): item.settings for item in items}.values():
        engines.engine(settings)
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        futures = [pool.submit(check_batch, batch, job, keep) for batch in batches]
        for batch, future in zip(batches, futures, strict=True):
            try:
                yield from future.result()
            except ClaimlintError:
                raise
            except (BrokenProcessPool, Exception) as error:
                for item in batch:
                    yield Outcome(failure=Failure(item.target.path, defect(error)))


def _pays(items: Sequence[Item]) -> bool:
    if len(items) > MANY_FILES:
        return True
    total = 0
    for item in items:
        try:
            total += os.stat(item.target.file).st_size if item.target.data is None else len(item.target.data)
        except OSError:
            continue
    return total > MUCH_TEXT and len(items) > 1


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
