"""Makes reports/ anew from examples/, and with --picture the picture of the HTML report in docs/.

The samples show newcomers what each report looks like and show reviewers what a change does to all of
them; tests/test_samples.py makes them again and compares every byte.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
AS_OF = "2026-11-24"
PICTURED = "examples/bad/joint-clinic.html"
LETTER = "examples/bad/clinic-letter.docx"

SAMPLES = {
    "check.txt": ("check", "examples"),
    "check.json": ("check", "--format", "json", "examples"),
    "check.sarif": ("check", "--format", "sarif", "examples"),
    "check.html": ("check", "--format", "html", "examples"),
    "check.md": ("check", "--format", "markdown", "examples"),
    "check.csv": ("check", "--format", "csv", "examples"),
    "check.junit.xml": ("check", "--format", "junit", "examples"),
    "check.github.txt": ("check", "--format", "github", "examples"),
    "reviewed.docx": ("check", "--format", "docx", LETTER),
    "one-page.html": ("check", "--format", "html", PICTURED),
    "regulator.txt": ("check", "--profile", "regulator", PICTURED),
    "suppressed.txt": ("check", "--show", "suppressed", "examples/mixed"),
    "claims.txt": ("claims", "examples"),
    "claims.json": ("claims", "--format", "json", "examples"),
    "claims.csv": ("claims", "--format", "csv", "examples"),
    "claims.html": ("claims", "--format", "html", "examples"),
    "credibility.txt": ("credibility", "examples"),
    "credibility.json": ("credibility", "--format", "json", "examples"),
}
"""Name of the file in reports/ -> the command that writes it, run from the root of the checkout."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def make(folder: Path) -> None:
    """Writes every sample into ``folder``. Raises RuntimeError where one can't be made."""
    from claimlint.cli import main

    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.chdir(ROOT):
        for name, (command, *rest) in SAMPLES.items():
            said = io.StringIO()
            arguments = [command, "--as-of", AS_OF, "--output", str((folder / name).resolve()), *rest]
            with contextlib.redirect_stderr(said):
                status = main(arguments)
            if status not in (0, 1):
                raise RuntimeError(f"{name}: claimlint {command} ended with {status}: {said.getvalue()}")


def picture(report: Path, target: Path) -> None:
    """Takes a picture of the top of an HTML report with a headless browser."""
    from shutil import which

    browser = next((found for name in BROWSERS if (found := which(name))), None)
    if browser is None:
        raise SystemExit(f"none of {', '.join(BROWSERS)} is installed: the picture stays as it is")
    with tempfile.TemporaryDirectory() as profile:
        flags = (
            "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking "
            "disable-component-update disable-sync hide-scrollbars window-size=1280,1250"
        )
        subprocess.run(
            [
                browser,
                *(f"--{flag}" for flag in flags.split()),
                f"--user-data-dir={profile}",
                f"--screenshot={target}",
                report.resolve().as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )


def run() -> None:
    """Makes the samples, removes files that no sample writes, and takes the picture where asked."""
    parser = argparse.ArgumentParser(description="Make reports/ anew from examples/.")
    parser.add_argument("--picture", action="store_true", help="take docs/report.png too (needs Chromium)")
    wanted = parser.parse_args()
    folder = ROOT / "reports"
    make(folder)
    for path in folder.iterdir():
        if path.name not in SAMPLES:
            path.unlink()
    if wanted.picture:
        picture(folder / "one-page.html", ROOT / "docs" / "report.png")
    print(f"{len(SAMPLES)} samples in {os.path.relpath(folder)}", file=sys.stderr)


if __name__ == "__main__":
    run()
