"""Writes the software bill of materials of a release: every package of ``locks/all.txt``, as CycloneDX.

The list comes from the lock and not from an environment, so that it names the packages of every platform with the hashes
of their files, and is the same wherever it is made.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run(out: Path, *, validate: bool = True) -> None:
    """Writes the list to ``out`` as JSON without a clock; ``validate`` holds it against the schema of CycloneDX 1.6 first."""
    command = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "requirements",
        "locks/all.txt",
        "--pyproject",
        "pyproject.toml",
    ]
    command += ["--mc-type", "application", "--output-reproducible", "--spec-version", "1.6", "--of", "JSON"]
    command += ["--validate" if validate else "--no-validate"]
    subprocess.run([*command, "--output-file", str(out.resolve())], check=True, cwd=ROOT)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python bench/sbom.py FILE")
    run(Path(sys.argv[1]))
