"""Runs the command as people do, and reads back what it wrote."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}


def command(*arguments: object) -> list[str]:
    """The command line."""
    return [sys.executable, "-m", "claimlint", "batch", *map(str, arguments)]


def batch(*arguments: object, cwd: Path | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
    """``claimlint batch`` with these arguments."""
    return subprocess.run(
        command(*arguments),
        check=False,
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        cwd=cwd,
        timeout=180,
        **more,
    )


def run(out: Path, *inputs: object, status: int = 0, **more: Any) -> subprocess.CompletedProcess[str]:
    """A whole run into ``out`` with one process and a fixed day."""
    done = batch(
        "run",
        *inputs,
        "--out",
        out,
        "--as-of",
        "2026-11-24",
        *([] if "--jobs" in inputs or "--dask" in inputs else ["--jobs", 1]),
        **more,
    )
    assert done.returncode == status, done.stderr
    return done


def table(out: Path, name: str) -> list[dict[str, Any]]:
    """All rows of a table, shard by shard."""
    rows: list[dict[str, Any]] = []
    for path in sorted((out / "shards").glob(f"[0-9]*[0-9]/{name}.parquet")):
        rows += pyarrow.parquet.read_table(path).to_pylist()
    return rows


def digests(out: Path) -> dict[str, str]:
    """Every file of the dataset with a digest of its bytes; what is left of the work does not count."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and "work" not in path.relative_to(out).parts
    }
