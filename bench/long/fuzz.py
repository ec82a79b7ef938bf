"""Feeds made-up and broken input to everything that reads: is any of it a crash, a hang or a glutton?

Every format's reader, the loaders of rules, lexicons, provisions, packs, evidence and settings, and the whole check with its
claims ledger get mutated copies of sound files. Only errors that claimlint raises on purpose are allowed, each case has a limit of
processor time, and the process a limit of memory. A case is a pure function of (target, seed, number), so that it can be had again.

Run: python bench/long/fuzz.py [minutes, default 10] [--seed N] [--only TARGET ...] [--keep FOLDER]. Exit status 1 where
anything was found; the inputs are written to FOLDER then (default: fuzz-found).
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bench.long import fuzz_targets
from bench.long.mutate import mutated
from claimlint.errors import ClaimlintError

SECONDS = 4.0
"""Processor time that one case may take; the largest are about 300,000 characters."""
MEMORY = 2_500_000_000
"""Bytes of address space that the process may take."""


class TooSlowError(BaseException):
    """A case that reached its limit of time; no handler for ordinary errors must swallow it."""


class Found(NamedTuple):
    """A case that must not happen: ``what`` names it, ``where`` are the innermost places in the code, one is told once."""

    target: str
    number: int
    what: str
    where: str
    data: bytes


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raises TooSlowError in the block after so many seconds of processor time."""

    def stop(_signal: int, _frame: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def tried(name: str, number: int, run: Callable[[bytes], None], data: bytes) -> Found | None:
    """What came of one case; None where all is as it should be."""
    try:
        with limited(SECONDS):
            run(data)
    except ClaimlintError as error:
        return None if str(error).strip() else Found(name, number, "an error without a message", "", data)
    except TooSlowError:
        return Found(name, number, f"more than {SECONDS:g} s", f"{name} too slow", data)
    except Exception as error:
        return Found(name, number, f"{type(error).__name__}: {error}"[:200], _where(error, name), data)
    return None


def _where(error: Exception, name: str) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    if isinstance(error, AssertionError):  # the test's own frames say what, but not which reader
        frames = frames[-2:]
        return " < ".join([name, *(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))])
    return " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))


def case(target: fuzz_targets.Target, seed: int, number: int) -> bytes:
    """The input of one case; the first are the sound files themselves and those that once failed."""
    if number < len(target.seeds):
        return target.seeds[number]
    rng = random.Random(f"{target.name} {seed} {number}")
    return mutated(rng, rng.choice(target.seeds), target.pieces, rng.choice(target.seeds), target.zipped)


def fuzz(
    names: list[str] | None, seed: int, seconds: float, cases: int | None = None
) -> Iterator[Found | str]:
    """Takes the targets in turn until the time is up or each has had ``cases``; at the end a line for each target."""
    targets = [one for one in fuzz_targets.targets(ROOT) if not names or one.name in names]
    until = time.monotonic() + seconds
    known: set[str] = set()
    slowest = dict.fromkeys((one.name for one in targets), 0.0)
    number = 0
    while time.monotonic() < until and (cases is None or number < cases):
        for target in targets:
            data = case(target, seed, number)
            began = time.process_time()
            found = tried(target.name, number, target.run, data)
            slowest[target.name] = max(slowest[target.name], time.process_time() - began)
            if found is not None and found.where not in known:
                known.add(found.where)
                yield found
        number += 1
    for name, worst in slowest.items():
        yield f"{name:14}{number:8,} cases   slowest {worst:.2f} s"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("minutes", nargs="?", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", metavar="TARGET")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-found"), metavar="FOLDER")
    given = parser.parse_args()
    try:
        import resource
    except ImportError:  # Windows
        print("memory is not limited here")
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    count = 0
    for found in fuzz(given.only, given.seed, 60 * given.minutes):
        if isinstance(found, str):
            print(found)
            continue
        count += 1
        given.keep.mkdir(parents=True, exist_ok=True)
        file = given.keep / f"{found.target.lstrip('.')}-{given.seed}-{found.number}"
        file.write_bytes(found.data)
        print(
            f"FOUND {found.target} case {found.number} of seed {given.seed}: {found.what}\n    {found.where}",
            flush=True,
        )
    print(f"{count} found")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
