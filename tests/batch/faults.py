"""Kills a run or its workers at a chosen moment, as a power cut or the system's memory guard does, and finishes it again."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from tests.batch.running import ENVIRONMENT, command


def started(*arguments: object) -> subprocess.Popen[bytes]:
    """A run that is left to itself."""
    return subprocess.Popen(
        command(*arguments), env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def workers(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The worker processes of a run."""
    try:
        found = psutil.Process(process.pid).children()
        return [child for child in found if any("spawn_main" in word for word in child.cmdline())]
    except psutil.Error:
        return []


def kill_coordinator(process: subprocess.Popen[bytes], rng: random.Random) -> None:
    """The process that people started."""
    process.kill()


def kill_worker(process: subprocess.Popen[bytes], rng: random.Random) -> None:
    """One of those that it started."""
    found = workers(process)
    if found:
        victim = rng.choice(found)
        try:
            victim.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            return


def finished(out: Path) -> int:
    """How many shards of a run are finished."""
    folder = out / "shards"
    return sum(name.name.isdigit() for name in folder.iterdir()) if folder.is_dir() else 0


def disturbed(
    arguments: list[object],
    kill: Callable[[subprocess.Popen[bytes], random.Random], None],
    when: Callable[[], bool],
    rng: random.Random,
) -> bool:
    """Starts a run, kills as soon as ``when`` says so, and waits for what comes of it; whether anything was there to kill.

    A run whose coordinator was killed leaves no worker behind.
    """
    process = started(*arguments)
    while process.poll() is None and not when():
        time.sleep(0.002)
    alive = process.poll() is None
    helpers = workers(process)
    if alive:
        kill(process, rng)
    process.wait(300)
    psutil.wait_procs(helpers, timeout=20)
    left = [one for one in helpers if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    assert not left, f"workers outlived their run: {left}"
    return alive


def length(arguments: list[object], out: Path) -> float:
    """How long an undisturbed run into ``out`` takes, in seconds."""
    begun = time.monotonic()
    process = started(*arguments, "--out", out)
    assert process.wait(600) == 0
    return time.monotonic() - begun
