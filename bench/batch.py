"""What a batch run costs: pages per second and core against a floor, two processes against one, and a worker's memory.

    python bench/batch.py                 rates over 400 pages of about 100 KB, medians of three rounds
    python bench/batch.py memory          peak memory of a worker over archives of 50, 200 and 800 MB
    python bench/batch.py memory 2000     the same over 2 GB, which takes long

The floor is reading the same WARC with warcio and extracting plain text with selectolax (lexbor), alone, in the same round and the same
sort of time (processor time, so that other work on the machine does not count). The pipeline is everything from WARC to Parquet. The pages
are invented; batch_pages.py says how they are made.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

import psutil
from batch_pages import write_warc

ROUNDS = 3
PAGES = 400


def floor(path: Path) -> float:
    """Pages per second of processor time."""
    from selectolax.lexbor import LexborHTMLParser
    from warcio.archiveiterator import ArchiveIterator

    begun, pages = time.process_time(), 0
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            if record.rec_type == "response":
                LexborHTMLParser(record.content_stream().read()).text()
                pages += 1
    return pages / (time.process_time() - begun)


def pipeline(path: Path, folder: Path) -> tuple[float, dict[str, float]]:
    """Pages per second of processor time from WARC to Parquet, warm, and the share of each part."""
    from claimlint.batch import binding, disk, inputs, plan, shards
    from claimlint.batch import run as batches
    from claimlint.batch.index import index
    from claimlint.settings_search import Options

    options = Options(isolated=True, as_of=date(2026, 11, 24))
    settings = binding.settings_of(options)
    job = binding.job(options, {"as_of": "2026-11-24"})
    (source,) = inputs.sources([str(path)])

    def once(most: int) -> tuple[int, float, float]:
        begun = time.process_time()
        made = index(0, source, 10_000_000)
        (folder / "index.parquet").write_bytes(made.parquet)
        plan.make([str(folder / "index.parquet")], str(folder / "plan.parquet"))
        indexed = time.process_time()
        pages = 0
        for shard in plan.shards(str(folder / "plan.parquet"), binding.SHARD_PAGES, batches.SHARD_BYTES):
            work = shards.Work(
                shard, {0: source}, settings, job, binding.SECONDS, 10_000_000, str(folder / "note")
            )
            shutil.rmtree(folder / "shards", ignore_errors=True)
            (folder / "shards").mkdir()
            done = shards.run(work)
            disk.keep(str(folder / "shards"), done.number, done.files)
            pages += len(shard.pages)
            if pages >= most:
                break
        return pages, indexed - begun, time.process_time() - indexed

    once(1)  # rules, tables and the automaton are made once a worker
    pages, index_time, judge_time = once(1 << 30)
    return pages / (index_time + judge_time), {"index and plan": index_time / (index_time + judge_time)}


def whole(path: Path, out: Path, jobs: int) -> tuple[float, float]:
    """(seconds, peak megabytes of a worker) of a run as people start it."""
    shutil.rmtree(out, ignore_errors=True)
    process = subprocess.Popen(
        [
            sys.executable, "-m", "claimlint", "batch", "run", str(path), "--out", str(out), "--jobs", str(jobs), "--as-of", "2026-11-24",
        ],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    peak = [0]
    watcher = threading.Thread(target=_watch, args=(process, peak))
    begun = time.perf_counter()
    watcher.start()
    if process.wait() != 0:
        raise SystemExit("the run failed")
    taken = time.perf_counter() - begun
    watcher.join()
    return taken, peak[0] / 1e6


def _watch(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    while process.poll() is None:
        try:
            for child in psutil.Process(process.pid).children():
                if any("spawn_main" in word for word in child.cmdline()):
                    peak[0] = max(peak[0], child.memory_info().rss)
        except psutil.Error:
            pass
        time.sleep(0.2)


def rates(folder: Path) -> None:
    """Prints floor, pipeline, their ratio, and two processes against one."""
    path = folder / "pages.warc.gz"
    write_warc(path, PAGES, per_site=50)
    print(f"{PAGES} pages, {path.stat().st_size / PAGES / 1000:.0f} KB each in the archive")
    ratios = []
    for _ in range(ROUNDS):
        low = floor(path)
        rate, parts = pipeline(path, folder)
        ratios.append(rate / low)
        shares = ", ".join(f"{name} {share:.0%}" for name, share in parts.items())
        print(
            f"floor {low:8.0f} pages/s   pipeline {rate:7.1f} pages/s and core ({shares})   ratio {ratios[-1]:.3f}"
        )
    print(f"ratio, median: {statistics.median(ratios):.3f} (at least 0.12)")
    gains = []
    for _ in range(ROUNDS):
        one, _ = whole(path, folder / "out", 1)
        two, _ = whole(path, folder / "out", 2)
        gains.append(one / two)
        print(f"one process {one:6.1f} s   two {two:6.1f} s   {gains[-1]:.2f} times")
    print(f"two processes, median: {statistics.median(gains):.2f} times (at least 1.6)")


def memory(folder: Path, sizes: list[int]) -> None:
    """Prints a worker's peak over archives of so many megabytes (not compressed, so that they are as large as they say)."""
    for size in sizes:
        path = folder / "pages.warc"
        write_warc(path, size * 10, per_site=200)
        taken, peak = whole(path, folder / "out", 2)
        print(
            f"{path.stat().st_size / 1e6:6.0f} MB, {size * 10} pages: {peak:4.0f} MB at most in a worker ({taken:.0f} s)"
        )
        path.unlink()


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        if arguments[:1] == ["memory"]:
            memory(Path(name), [int(one) for one in arguments[1:]] or [50, 200, 800])
        else:
            rates(Path(name))


if __name__ == "__main__":
    main(sys.argv[1:])
