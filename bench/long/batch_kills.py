"""Kills a batch run at ten random moments, coordinator and workers in turn, and compares the files with those of an undisturbed run.

Run: python bench/long/batch_kills.py [seed]. Each of five runs loses its coordinator, is started again, loses a worker and must finish. The
moments are drawn by how far the run is, for seconds mean little on a busy machine. Prints what was killed when; exits 1 where a file
differs or a kill came too late.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.batch import archives, faults
from tests.batch.running import digests

PAGES = 600


class _Moment:
    """When so many shards are finished, and a little later."""

    def __init__(self, out: Path, shards: int, delay: float) -> None:
        self.shards, self.delay = shards, delay
        self._out = out
        self._due: float | None = None

    def come(self) -> bool:
        if self._due is None and (self._out / "work").is_dir() and faults.finished(self._out) >= self.shards:
            self._due = time.monotonic() + self.delay
        return self._due is not None and time.monotonic() >= self._due


def main(seed: str = "1") -> int:
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = archives.warc(folder / "a.warc.gz", archives.sites(PAGES, words=80))
        arguments: list[object] = ["run", archive, "--as-of", "2026-11-24", "--jobs", 2, "--shard-pages", 20]
        faults.length(arguments, folder / "whole")
        whole = digests(folder / "whole")
        shards = faults.finished(folder / "whole")
        print(f"undisturbed: {shards} shards, {len(whole)} files")
        differing = kills = 0
        for number in range(5):
            out = folder / f"out-{number}"
            for kill, part in ((faults.kill_coordinator, (0.0, 0.5)), (faults.kill_worker, (0.5, 0.9))):
                moment = _Moment(out, round(rng.uniform(*part) * shards), rng.uniform(0, 0.4))
                alive = faults.disturbed([*arguments, "--out", out], kill, moment.come, rng)
                kills += alive
                print(
                    f"run {number}: {kill.__name__} at {moment.shards} of {shards} shards and {moment.delay:.2f} s"
                )
            faults.length(arguments, out)
            same = digests(out) == whole
            differing += not same
            print(f"run {number}: {'the same files' if same else 'OTHER FILES'}")
    print(f"{kills} kills, {differing} runs with other files")
    return 1 if differing or kills < 10 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
