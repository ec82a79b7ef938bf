"""Whatever is killed, and whenever: nothing is lost, nothing counted twice, and the files are those of an undisturbed run."""

from __future__ import annotations

import operator
import os
import random
import signal
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from claimlint.batch.engines import Crew, Lost
from claimlint.batch.shards import DEATHS, Note
from tests.batch import archives, faults
from tests.batch.running import digests, run, table


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough pages that a run can be met in the middle."""
    return archives.warc(tmp_path_factory.mktemp("archive") / "a.warc.gz", archives.sites(400, words=60))


@pytest.fixture(scope="module")
def whole(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of an undisturbed run."""
    out = tmp_path_factory.mktemp("whole") / "out"
    run(out, archive, "--shard-pages", 25, "--jobs", 2)
    return digests(out)


@pytest.mark.parametrize(
    ("kill", "shards"),
    [(faults.kill_coordinator, 0), (faults.kill_coordinator, 7), (faults.kill_worker, 3)],
    ids=["coordinator early", "coordinator late", "worker"],
)
def test_a_killed_run_comes_to_the_same_files(
    kill, shards: int, archive: Path, whole, tmp_path: Path
) -> None:
    """kill -9 of the coordinator or of a worker when so many shards of 16 are finished, then the same command once more."""
    files = whole
    out = tmp_path / "out"
    arguments = ["run", archive, "--as-of", "2026-11-24", "--jobs", 2, "--shard-pages", 25, "--out", out]

    def when() -> bool:
        return (out / "shards").is_dir() and faults.finished(out) >= shards

    assert faults.disturbed(arguments, kill, when, random.Random(shards))
    run(out, archive, "--shard-pages", 25, "--jobs", 2)
    assert digests(out) == files


def test_a_page_that_kills_its_worker_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    """Three deaths at one page, and the run goes on without it; the other pages of its shard are judged."""
    path = archives.warc(tmp_path / "a.warc.gz", archives.sites(6))
    notes = tmp_path / "out" / "work" / "notes"
    notes.mkdir(parents=True)
    (notes / "00000").write_bytes(b"%11d\n" % 2 * DEATHS)
    run(tmp_path / "out", path)
    states = [one["state"] for one in table(tmp_path / "out", "pages")]
    assert states == ["checked", "checked", "failed", "checked", "checked", "checked"]
    assert "the worker died each time" in table(tmp_path / "out", "pages")[2]["reason"]


def test_a_note_counts_a_death_where_it_was_not_cleared(tmp_path: Path) -> None:
    """The last page noted is the one that the worker died at; those before it were survived."""
    path = str(tmp_path / "note")
    for _ in range(2):
        note = Note(path)
        note.at(1)
        note.at(7)
        note.abandon()
    note = Note(path)
    assert (note.deaths(1), note.deaths(7)) == (0, 2)
    note.close()
    assert not os.path.exists(path)


def test_workers_that_always_die_end_the_run_with_a_message() -> None:
    """Not a run for ever."""
    with Crew(1) as crew, pytest.raises(Lost, match="what is finished is kept"):
        list(crew.map(os._exit, [1]))
    with Crew(2) as crew:
        assert sorted(crew.map(operator.neg, range(20))) == [(n, -n) for n in range(20)]


@pytest.mark.dask
def test_a_dask_cluster_gives_the_same_files_and_survives_a_killed_worker(
    archive: Path, whole, tmp_path: Path
) -> None:
    """Workers of a real local cluster, one of them killed in the middle: byte for byte what the processes gave."""
    files = whole
    scheduler, helpers, address = cluster(tmp_path, 2)
    try:
        killer = threading.Thread(target=_kill_when_busy, args=(tmp_path / "out", helpers[0]))
        killer.start()
        run(tmp_path / "out", archive, "--shard-pages", 25, "--dask", address)
        killer.join()
        assert helpers[0].poll() == -signal.SIGKILL
        assert digests(tmp_path / "out") == files
    finally:
        for process in (*helpers, scheduler):
            process.kill()
            process.wait()


@pytest.mark.dask
def test_a_cluster_that_is_not_there_is_said(tmp_path: Path) -> None:
    """With the next step."""
    path = archives.warc(tmp_path / "a.warc.gz", archives.sites(2))
    done = run(tmp_path / "out", path, "--dask", "tcp://127.0.0.1:9", status=2)
    assert "no scheduler answers there" in done.stderr.strip().splitlines()[-1]


def cluster(folder: Path, count: int):
    """A scheduler and workers as processes of their own, on loopback: (scheduler, workers, address)."""
    import subprocess

    from tests.batch.running import ENVIRONMENT, ROOT

    environment = {**ENVIRONMENT, "DASK_DISTRIBUTED__WORKER__DAEMON": "False", "PYTHONPATH": str(ROOT)}
    place = folder / "scheduler.json"
    scheduler = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(place)],
        env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    for _ in range(300):
        if place.exists() and place.stat().st_size:
            break
        time.sleep(0.1)
    import json

    address = json.loads(place.read_text())["address"]
    helpers = [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder / f"w{n}")],
            env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for n in range(count)
    ]  # fmt: skip
    return scheduler, helpers, address


def _kill_when_busy(out: Path, worker) -> None:
    """Kills a worker once the first shard is finished."""
    for _ in range(600):
        if (out / "shards").is_dir() and any(name.name.isdigit() for name in (out / "shards").iterdir()):
            break
        time.sleep(0.05)
    psutil.Process(worker.pid).kill()
