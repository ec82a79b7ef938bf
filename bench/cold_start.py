"""How long one cold run takes, against what Python and the libraries cost by themselves.

Each command is run in turn, many times over, so that a machine that drifts slows all of them alike.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PARAGRAPH = (
    "Our clinic in Exampleville was opened in 2011 by two nurses and a pharmacist. Visits start with a talk "
    "about what you hope for, and what a laser can and cannot do for your skin. Some people notice less redness "
    "after a few weeks; others see no change. Please ask your doctor before you stop any medicine.\n\n"
)


def pages(folder: Path) -> list[str]:
    """Five Markdown files of about 5 KB each."""
    paths = []
    for number in range(5):
        text = f"# Page {number}\n\n" + "".join(
            (f"## Part {part}\n\n" if part % 4 == 0 else "") + PARAGRAPH for part in range(17)
        )
        path = folder / f"page{number}.md"
        path.write_text(text + "This serum cures eczema.\n", encoding="utf-8")
        paths.append(str(path))
    return paths


def main() -> int:
    """Prints the medians; exit status 1 where --limit is given and exceeded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument(
        "--limit", type=float, help="fail where check takes more than this many times the imports"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        files = pages(Path(name))
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "import click": [sys.executable, "-c", "import click"],
            "import click, regex, yaml": [sys.executable, "-c", "import click, regex, yaml"],
            "claimlint --version": [sys.executable, "-m", "claimlint", "--version"],
            "claimlint check, 5 files": [
                sys.executable,
                "-m",
                "claimlint",
                "check",
                "--as-of",
                "2030-01-01",
                *files,
            ],
        }
        times: dict[str, list[float]] = {label: [] for label in commands}
        for turn in range(options.runs + 2):  # the first two turns warm caches and don't count
            for label, command in commands.items():
                start = time.perf_counter()
                subprocess.run(command, capture_output=True, check=False, cwd=name)
                if turn >= 2:
                    times[label].append((time.perf_counter() - start) * 1000)
    base = statistics.median(times["import click, regex, yaml"])
    print(f"{'command':<28}  median ms  min ms  times the imports")
    for label, found in times.items():
        median = statistics.median(found)
        print(f"{label:<28}  {median:9.1f}  {min(found):6.1f}  {median / base:17.2f}")
    ratio = statistics.median(times["claimlint check, 5 files"]) / base
    return int(options.limit is not None and ratio > options.limit)


if __name__ == "__main__":
    sys.exit(main())
