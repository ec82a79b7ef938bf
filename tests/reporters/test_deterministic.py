"""The same input gives the same bytes in every format, whatever the order in which a process hashes its strings."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.readers.word import docx, p, pdf

ROOT = Path(__file__).parents[2]
MAKE = """
import sys
from claimlint.cli import main
for name in sys.argv[1].split():
    page = f"page.{name}" if name in ("docx", "pdf") else "site"
    more = ["--template", "own.j2"] if name == "template" else []
    main(["check", "--as-of", "2026-11-24", "--format", name, "--output", f"{sys.argv[2]}-{name}", *more, page])
for name in ("table", "json", "csv", "html"):
    main(["claims", "--as-of", "2026-11-24", "--format", name, "--output", f"{sys.argv[2]}-claims-{name}", "site"])
"""
FORMATS = "text json sarif html github csv markdown junit docx pdf template"


def test_the_same_bytes(tmp_path: Path) -> None:
    """Three processes with different hash seeds write the same files."""
    pytest.importorskip("docx")
    pytest.importorskip("pypdf")
    pytest.importorskip("pypdfium2")
    words = "Our drops cure multiple sclerosis and have no side effects."
    (tmp_path / "page.docx").write_bytes(docx(p(words)))
    (tmp_path / "page.pdf").write_bytes(pdf(words))
    (tmp_path / "own.j2").write_text("{{ findings }} {{ documents }} {{ summary }}", encoding="utf-8")
    (tmp_path / "site").symlink_to(ROOT / "examples" / "bad", target_is_directory=True)
    for seed in ("0", "1", "77"):
        subprocess.run(
            [sys.executable, "-c", MAKE, FORMATS, seed],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
            timeout=300,
        )
    made = {
        seed: {
            path.name.partition("-")[2]: sha256(path.read_bytes()).hexdigest()
            for path in sorted(tmp_path.glob(f"{seed}-*"))
        }
        for seed in ("0", "1", "77")
    }
    assert len(made["0"]) == len(FORMATS.split()) + 4
    assert made["0"] == made["1"] == made["77"]
