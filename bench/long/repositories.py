"""Checks every file below a folder of checkouts: does any crash the program, take long, or go unread without a word?

Each file that has a reader is checked by itself and by name, so that nothing a walk leaves out is left out here; then
each checkout is walked as a user would, and every file must be accounted for.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import NamedTuple

from claimlint import readers
from claimlint.checking import Item, Job, check, engines_for
from claimlint.config import Settings
from claimlint.discovery import Target, find

LIMIT = 2.0
"""Seconds that one file may take."""
_JOB = Job(date(2026, 11, 24), isolated=True, run=b"repositories")


class Timed(NamedTuple):
    """What became of one file: ``reason`` is empty where it was checked."""

    path: str
    size: int
    seconds: float
    findings: int
    reason: str
    unread: int


def checked(path: str) -> Timed:
    """One file, checked by name as the command would; the clock is that of the processor, which others can't stop."""
    engines = engines_for(_JOB)
    item = Item(Target(path, path), Settings(root=str(Path(path).parent)))
    engines.engine(item.settings)
    began = time.process_time()
    outcome = check(item, _JOB, engines)
    seconds = time.process_time() - began
    found = outcome.checked.findings if outcome.checked else ()
    unread = len(outcome.checked.document.unread) if outcome.checked else 0
    reason = outcome.failure.reason if outcome.failure else ""
    return Timed(path, Path(path).stat().st_size, seconds, len(found), reason, unread)


def walked(folder: str) -> tuple[int, int, Counter[str]]:
    """(files there are, files accounted for, what became of them) when the folder is walked as a user would.

    What lies in folders that a walk doesn't enter or that .gitignore leaves out is counted by folder only, and a file
    that links lead to once.
    """
    there = sum(len(names) for _, _, names in os.walk(folder))
    found = find([folder], settings_of=lambda _: Settings(root=folder), known=readers.known, isolated=True)
    kinds = Counter(
        {
            "read": len(found.targets),
            "failed": len(found.failures),
            "no reader, or part of a program": found.skipped,
            ".gitignore": found.ignored,
            "claimlint's own": found.own,
            "folders not entered": found.vendored,
        }
    )
    return there, sum(kinds.values()) - found.vendored, kinds


def _plain(reason: str) -> str:
    """A reason without what differs from file to file."""
    words = ["N" if any(char.isdigit() for char in word) else word for word in reason.split()]
    return " ".join(words)[:110]


def main() -> int:
    """Prints the tables; exit status 1 where a file crashed the program or took longer than the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds one folder for each checkout")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--slowest", type=int, default=15)
    options = parser.parse_args()
    checkouts = sorted(str(path) for path in options.folder.iterdir() if path.is_dir())
    files = [
        str(path)
        for checkout in checkouts
        for path in sorted(Path(checkout).rglob("*"))
        if readers.known(path.name) and path.is_file()
    ]
    checked(files[0])
    with ProcessPoolExecutor(options.jobs) as pool:
        timed = list(pool.map(checked, files, chunksize=16))
    read = [item for item in timed if not item.reason]
    crashed = [item for item in timed if "defect of claimlint" in item.reason]
    slow = [item for item in timed if item.seconds > LIMIT]
    times = [item.seconds for item in timed]
    print(
        f"{len(checkouts)} checkouts, {len(timed)} files with a reader, {sum(i.size for i in timed):,} bytes"
    )
    print(f"checked {len(read)}, not checked and reported {len(timed) - len(read)}, crashed {len(crashed)}")
    print(f"in part only, with a note that says so: {sum(1 for item in read if item.unread)}")
    print(
        f"longer than {LIMIT} s: {len(slow)}; median {statistics.median(times) * 1000:.1f} ms, longest {max(times):.2f} s"
    )
    print("\nslowest files\nseconds  bytes      findings  path")
    for item in sorted(timed, key=lambda item: -item.seconds)[: options.slowest]:
        shown = os.path.relpath(item.path, options.folder)
        print(f"{item.seconds:7.2f}  {item.size:9,}  {item.findings:8}  {shown}")
    print("\nwhy files were not checked")
    for reason, count in Counter(_plain(item.reason) for item in timed if item.reason).most_common(25):
        print(f"{count:6}  {reason}")
    for item in crashed:
        print(f"CRASHED {os.path.relpath(item.path, options.folder)}: {item.reason}")
    print("\na walk accounts for\nfiles   accounted  checkout")
    for checkout in checkouts:
        there, told, kinds = walked(checkout)
        detail = ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
        print(f"{there:6}  {told:9}  {Path(checkout).name}: {detail}")
    return int(bool(crashed or slow))


if __name__ == "__main__":
    sys.exit(main())
