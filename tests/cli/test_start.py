"""The command as a process: what it keeps between runs changes nothing but the time that a start takes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from claimlint import start

PAGE = "# Lumora\n\nOur drops cure arthritis. See [the *trial*](https://example.org/a).\n"


def run(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, with a cache below ``folder``."""
    (folder / "page.md").write_text(PAGE, "utf-8")
    environment = {**os.environ, "CLAIMLINT_CACHE_DIR": str(folder / "cache"), **more}
    command = [
        sys.executable,
        "-m",
        "claimlint",
        *(arguments or ("check", "--as-of", "2030-01-01", "page.md")),
    ]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)


def test_the_second_start_says_the_same(tmp_path):
    """Cold or with everything kept: the same bytes and the same status."""
    cold, warm = run(tmp_path), run(tmp_path)
    assert (warm.returncode, warm.stdout, warm.stderr) == (cold.returncode, cold.stdout, cold.stderr)
    assert cold.returncode == 1
    assert cold.stdout
    assert list((tmp_path / "cache").glob("expressions-*.bin"))


@pytest.mark.parametrize("spoilt", [b"", b"nonsense", None])
def test_spoilt_expressions_change_nothing(tmp_path, spoilt):
    """What is kept of expressions is trusted only whole."""
    cold = run(tmp_path)
    (kept,) = (tmp_path / "cache").glob("expressions-*.bin")
    data = kept.read_bytes()
    kept.write_bytes(data[:-1] + bytes([data[-1] ^ 1]) if spoilt is None else spoilt)
    again = run(tmp_path)
    assert (again.returncode, again.stdout, again.stderr) == (cold.returncode, cold.stdout, cold.stderr)


def test_a_cache_out_of_reach_changes_nothing(tmp_path):
    """Where nothing can be kept, every start compiles."""
    assert run(tmp_path, CLAIMLINT_CACHE_DIR="/dev/null/nowhere").stdout == run(tmp_path).stdout


def test_statuses_leave_the_process(tmp_path):
    """0, 1 and 2 reach the caller, and a full report goes through a pipe."""
    assert run(tmp_path, "--version").returncode == 0
    assert run(tmp_path).returncode == 1
    assert run(tmp_path, "check", "nowhere.md").returncode == 2
    (tmp_path / "long.txt").write_text("Our drops cure arthritis.\n\n" * 3_000, "utf-8")
    done = run(tmp_path, "check", "--format", "json", "long.txt")
    assert done.stdout.rstrip().endswith(b"}")
    assert len(done.stdout) > 1_000_000


def test_a_reader_that_goes_away_is_no_crash(tmp_path):
    """`claimlint check ... | head -1` ends without a traceback."""
    (tmp_path / "long.txt").write_text("Our drops cure arthritis.\n\n" * 3_000, "utf-8")
    done = subprocess.run(
        f"'{sys.executable}' -m claimlint check long.txt | head -1",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.stdout.startswith(b"long.txt:1:")
    assert b"Traceback" not in done.stderr


def test_kept_expressions_are_those_of_the_source(tmp_path, monkeypatch):
    """An expression that is taken from the cache matches what its source does, groups, names and flags included."""
    monkeypatch.setenv("CLAIMLINT_CACHE_DIR", str(tmp_path))
    cases = [
        (r"(?P<a>[à-ü]+)-(b)?", re.I, "X ÉÀ-b é-"),
        (r"^\s*(\d{2,4})$", re.M, "12\n 1999\nx"),
        (r"(?i:cure)(?=\s|\Z)|a.*+c", 0, "CURE abc"),
        (rb"[\x00-\x1f]|(?P<z>z)", 0, b"\x01z"),
    ]
    re.purge()
    for source, flags, _ in cases:
        re.compile(source, flags)
    start._remember(frozenset())
    expected = [[m.span() for m in re.finditer(s, t, f)] for s, f, t in cases]
    groups = [[(m.groups(), m.groupdict()) for m in re.finditer(s, t, f)] for s, f, t in cases]
    re.purge()
    known = start._recall()
    assert {(s, int(f)) for s, f, _ in cases} <= known
    for (source, flags, text), spans, found in zip(cases, expected, groups, strict=True):
        kept = re._cache[type(source), source, int(flags)]  # type: ignore[attr-defined]
        assert kept == re._compiler.compile(source, flags)  # type: ignore[attr-defined]
        assert [m.span() for m in kept.finditer(text)] == spans
        assert [(m.groups(), m.groupdict()) for m in kept.finditer(text)] == found
