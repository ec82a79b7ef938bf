"""How many lines of claimlint/ the tests reach, in every process that they start (the command, workers, crawls, language servers).

Run: python bench/long/coverage.py [least percent, default 95]. It takes twice as long as the tests alone, which is why CI doesn't count.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

_NOT_UNDER_COVERAGE = (
    "tests/batch/test_run.py::test_a_full_disk_ends_the_run_with_one_message_and_is_made_good",
    "tests/batch/test_faults.py::test_workers_that_always_die_end_the_run_with_a_message",
    "tests/test_api.py::test_importing_and_asking_for_the_version_load_nothing_heavy",
)
"""Tests of how a process ends, what it writes and what it imports: counting changes all three."""
ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Exit status 1 where the share is under the least, or a test fails."""
    least = float(sys.argv[1]) if len(sys.argv) > 1 else 95.0
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "COVERAGE_FILE": str(Path(folder) / "coverage")}
        tests = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadfile", "--cov", "--cov-report="]
        tests += [word for name in _NOT_UNDER_COVERAGE for word in ("--deselect", name)]
        failed = subprocess.run(tests, cwd=ROOT, env=environment, check=False).returncode
        written = Path(folder) / "figures.json"
        subprocess.run(
            [sys.executable, "-m", "coverage", "json", "-q", "-o", str(written)],
            cwd=ROOT,
            env=environment,
            check=True,
        )
        figures = json.loads(written.read_text("utf-8"))
    worst = sorted(figures["files"].items(), key=lambda item: -item[1]["summary"]["missing_lines"])
    for path, told in worst[:20]:
        summary = told["summary"]
        if summary["missing_lines"]:
            print(f"{summary['missing_lines']:5} of {summary['num_statements']:5} lines not reached  {path}")
    totals = figures["totals"]
    share = 100 * totals["covered_lines"] / totals["num_statements"]
    print(f"{share:.1f}% of {totals['num_statements']} lines (at least {least:g}%)")
    return 1 if failed or share < least else 0


if __name__ == "__main__":
    sys.exit(main())
