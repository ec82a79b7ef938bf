"""Writes the lock files: every package that an install can bring in, with its version and the hashes of its files.

`pyproject.toml` says what is needed at least; a lock says what was tested. `locks/all.txt` holds what somebody gets who installs
claimlint with the extra `all`, `locks/dev.txt` besides what tests, documentation and a release need, `locks/build.txt` what builds
a wheel. All hold for Linux, macOS and Windows and every Python from 3.11 on.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {
    "dev": ("--all-extras", "pyproject.toml"),
    "all": ("--extra", "all", "--constraint", "locks/dev.txt", "pyproject.toml"),
    "build": ("--constraint", "locks/dev.txt", "-"),
}
"""Name of the lock -> what is resolved for it; all may only hold versions of the first."""
HEAD = "# Written by bench/lock.py from pyproject.toml; do not edit.\n"


def run(upgrade: bool) -> None:
    """Writes the files; with ``upgrade`` to the newest versions, else with as few changes as pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for name, chosen in LOCKS.items():
        path = ROOT / "locks" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        command = [
            "uv",
            "pip",
            "compile",
            "--quiet",
            "--universal",
            "--python-version",
            "3.11",
            "--generate-hashes",
        ]
        command += ["--no-header", "--no-annotate", "--output-file", f"locks/{name}.txt", *chosen]
        command += ["--upgrade"] if upgrade else []
        needed = "\n".join(project["build-system"]["requires"])
        subprocess.run(command, check=True, cwd=ROOT, input=needed, text=True, stdout=subprocess.DEVNULL)
        body = path.read_text(encoding="utf-8").removeprefix(HEAD)
        path.write_text(HEAD + body, encoding="utf-8")
        print(
            f"locks/{name}.txt: {sum(line[0].isalnum() for line in body.splitlines())} packages",
            file=sys.stderr,
        )


if __name__ == "__main__":
    run("--upgrade" in sys.argv[1:])
