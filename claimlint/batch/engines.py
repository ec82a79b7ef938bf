"""Where work is carried out: one seam, ``concurrent.futures.Executor``, whatever stands behind it.

By default that is a pool of processes on this machine, with ``--dask`` a cluster. Workers may die; what they were at is asked for again.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import suppress
from typing import Any, TypeVar

from claimlint.errors import ClaimlintError, MissingExtra, UsageError

T = TypeVar("T")
R = TypeVar("R")

PATIENCE = 12
"""So many times in a row the workers may be lost with nothing done in between."""


class Lost(ClaimlintError):
    """The workers die whatever is done."""


class Crew:
    """Carries out tasks with an executor that it makes, and makes anew when its workers are lost."""

    def __init__(self, jobs: int, dask: str | None = None) -> None:
        self.jobs = jobs
        self._dask = dask
        self._client: Any = None
        self._executor: Executor | None = None

    def __enter__(self) -> Crew:
        self._make()
        return self

    def __exit__(self, *_: object) -> None:
        self._drop()

    def map(self, task: Callable[[T], R], items: Iterable[T]) -> Iterator[tuple[T, R]]:
        """Each item with its result, in the order in which they are done; few more than there are workers wait at a time.

        Raises what the task raises, and Lost.
        """
        queue = iter(items)
        waiting: dict[Future[R], T] = {}
        again: list[T] = []
        losses = 0
        more = True
        while True:
            while len(waiting) < self.jobs + 2 and (again or more):
                item = again.pop() if again else next(queue, None)
                if item is None:
                    more = False
                    break
                try:
                    waiting[self._submit(task, item)] = item
                except _lost() as error:
                    again.append(item)
                    losses = self._renew(losses, error)
            if not waiting:
                if again or more:
                    continue
                return
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            lost: BaseException | None = None
            for future in done:
                item = waiting.pop(future)
                try:
                    result = future.result()
                except _lost() as error:
                    again.append(item)
                    lost = error
                else:
                    losses = 0
                    yield item, result
            if lost is not None:
                again += waiting.values()
                waiting.clear()
                losses = self._renew(losses, lost)

    def _submit(self, task: Callable[[T], R], item: T) -> Future[R]:
        if self._executor is None:
            raise CancelledError
        return self._executor.submit(task, item)

    def _renew(self, losses: int, error: BaseException) -> int:
        if losses >= PATIENCE:
            raise Lost(
                f"the workers are lost each time ({type(error).__name__}: {error}); what is finished is kept: see why they die, then run the "
                "same command again"
            )
        self._drop()
        self._make()
        return losses + 1

    def _make(self) -> None:
        if self._dask is not None:
            self._executor = self._cluster(self._dask)
            return
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        # Never forked: this process has threads of Arrow and DuckDB.
        self._executor = ProcessPoolExecutor(
            self.jobs, mp_context=multiprocessing.get_context("spawn"), initializer=follow
        )

    def _cluster(self, address: str) -> Executor:
        try:
            from distributed import Client
        except ImportError:
            raise MissingExtra("--dask", "dask") from None
        try:
            self._client = Client(address, timeout="20s", set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise UsageError(
                f"--dask {address}: no scheduler answers there ({error}); start one, then run again"
            ) from None
        self.jobs = max(1, sum(self._client.nthreads().values()))
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def _drop(self) -> None:
        executor, self._executor = self._executor, None
        client, self._client = self._client, None
        if executor is not None:
            with suppress(Exception):
                executor.shutdown(wait=self._dask is None, cancel_futures=True)
        if client is not None:
            with suppress(Exception):
                client.close(timeout=5)


def processors() -> int:
    """How many processes this machine can run side by side."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _lost() -> tuple[type[BaseException], ...]:
    """The errors that say that workers are gone, not that a task failed."""
    from concurrent.futures.process import BrokenProcessPool

    kinds: tuple[type[BaseException], ...] = (BrokenProcessPool, CancelledError)
    try:
        from distributed import CancelledError as Cancelled
        from distributed import KilledWorker
        from distributed.comm import CommClosedError
    except ImportError:
        return kinds
    return (*kinds, Cancelled, KilledWorker, CommClosedError)


def follow() -> None:
    """Ends this worker when the process that started it is gone, however it went."""
    import multiprocessing
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the coordinator stops its workers itself
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait_for_end() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait_for_end, daemon=True).start()
