"""Asks pip-audit whether a pinned package has a known vulnerability, and says of each package that it could not ask about.

pip-audit passes over what it cannot look up and ends with status 0. Here such a package is named and the status is 2: not audited
is not the same as nothing found. Status 1 means that all were audited and a vulnerability is known. It needs the network.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "locks" / "dev.txt"
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", re.MULTILINE)


def pinned(lock: str) -> set[tuple[str, str]]:
    """The packages of a lock file as (name, version); a package can be pinned twice, for two versions of Python."""
    return {(name.lower(), version) for name, version in PIN.findall(lock)}


def judge(report: Mapping[str, Any], wanted: Iterable[tuple[str, str]]) -> tuple[int, list[str]]:
    """Exit status and lines to print for a report of ``pip-audit --format json`` on the packages ``wanted``.

    A package that the report skips, or doesn't mention, was not audited.
    """
    bad, skipped, seen = [], {}, set()
    for entry in report.get("dependencies", ()):
        name = str(entry["name"]).lower()
        if "skip_reason" in entry:
            skipped[name] = str(entry["skip_reason"])
            continue
        seen.add((name, str(entry["version"])))
        for found in entry.get("vulns", ()):
            fixed = ", ".join(found.get("fix_versions", ())) or "no version"
            bad.append(f"vulnerable: {name} {entry['version']}: {found['id']}, mended in {fixed}")
    missing = sorted(set(wanted) - seen)
    lines = sorted(bad)
    lines += [
        f"not audited: {name} {version}: {skipped.get(name, 'not in the report')}"
        for name, version in missing
    ]
    lines.append(
        f"{len(seen)} packages audited, {len(bad)} vulnerabilities, {len(missing)} packages not audited"
    )
    return (2 if missing else 1 if bad else 0), lines


def rounds(pins: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The pins as lines of requirements files, each package at most once a file, for all platforms alike."""
    files: list[dict[str, str]] = []
    for name, version in sorted(pins):
        place = next((one for one in files if name not in one), None)
        if place is None:
            files.append(place := {})
        place[name] = f"{name}=={version}\n"
    return [list(one.values()) for one in files]


def ask(lines: Iterable[str]) -> list[Any]:
    """What pip-audit says of these pins; empty, with its words on standard error, where it gives no report."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pins.txt"
        path.write_text("".join(lines), encoding="utf-8")
        options = ["--format", "json", "--progress-spinner", "off", "--no-deps", "--disable-pip"]
        command = [sys.executable, "-m", "pip_audit", *options, "--requirement", str(path)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    try:
        return list(json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        print(done.stderr.strip(), file=sys.stderr)
        return []


def run() -> int:
    """Audits the lock file of the development environment, which holds every other."""
    wanted = pinned(LOCK.read_text(encoding="utf-8"))
    report = {"dependencies": [entry for lines in rounds(wanted) for entry in ask(lines)]}
    status, lines = judge(report, wanted)
    print("\n".join(lines))
    return status


if __name__ == "__main__":
    sys.exit(run())
