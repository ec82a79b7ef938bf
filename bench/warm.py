"""How long a run over 500 files takes that have not changed since the last, and how long it took when all were new."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from bench.cold_start import pages


def main() -> int:
    """Prints the times; exit status 1 where --limit (seconds) is given and the median of the warm runs exceeds it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--limit", type=float)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "site")
        folder.mkdir()
        texts = [Path(path).read_text("utf-8") for path in pages(Path(name))]
        for number in range(options.files):
            text = texts[number % len(texts)].replace("the Lumora clinic", f"the Lumora clinic, no. {number}")
            (folder / f"page{number}.md").write_text(text, "utf-8")
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"CLAIMLINT_CACHE_DIR": f"{name}/cache", "PYTHONPYCACHEPREFIX": f"{name}/bytecode"}
        installed = Path(sys.executable).with_name("claimlint")
        program = [str(installed)] if installed.exists() else [sys.executable, "-m", "claimlint"]

        def run(*more: str) -> tuple[float, bytes]:
            start = time.perf_counter()
            command = [*program, "check", "--as-of", "2030-01-01", *more, "site"]
            done = subprocess.run(command, capture_output=True, check=False, cwd=name, env=environment)
            return time.perf_counter() - start, done.stdout

        run("--isolated", "--no-cache")  # compiles the modules
        first, shown = run()
        times = []
        for _ in range(options.runs):
            seconds, again = run()
            assert again == shown, "a warm run says something else"
            times.append(seconds)
        print(f"{options.files} files, all new: {first:.2f} s")
        print(
            f"unchanged: median {statistics.median(times):.2f} s, from {min(times):.2f} to {max(times):.2f}"
        )
    return int(options.limit is not None and statistics.median(times) > options.limit)


if __name__ == "__main__":
    sys.exit(main())
