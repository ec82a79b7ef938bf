"""Builds what a release consists of and tries it: wheel and sdist, each installed in an environment of its own, and the SBOM.

What works in a checkout can fail in an archive. The other packages come from an index, in the versions of
``locks/all.txt``; nothing is published. The same commit gives the same bytes, so the digests that are printed can be compared.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EPOCH = "1580601600"
"""What archives give as the time of every file: 2 February 2020, the default of hatchling."""


def build(out: Path, source: Path = ROOT) -> list[Path]:
    """The wheel and the sdist of a checkout, written to ``out`` with the build tools of this environment."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), "--wheel", "--sdist"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    subprocess.run([*command, str(source)], check=True, env=environment, stdout=subprocess.DEVNULL)
    return sorted(path for path in out.iterdir() if path.name.endswith((".whl", ".tar.gz")))


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def attempt(archive: Path, folder: Path) -> None:
    """Installs an archive with the pinned core packages in a fresh environment, and checks the example pages with it."""
    venv.create(folder, with_pip=True)
    binaries = folder / ("Scripts" if os.name == "nt" else "bin")
    python = str(binaries / "python")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["CLAIMLINT_CACHE_DIR"] = str(folder / "cache")
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pins = folder / "pins.txt"
    pins.write_text(core_pins(), encoding="utf-8")
    subprocess.run([*install, "--constraint", str(pins), str(archive)], check=True, env=environment)
    claimlint = str(binaries / "claimlint")
    for arguments in (["--version"], ["check", "--fail-on", "never", str(ROOT / "examples")]):
        subprocess.run(
            [claimlint, *arguments], check=True, cwd=folder, env=environment, stdout=subprocess.DEVNULL
        )


def core_pins() -> str:
    """The pins of ``locks/all.txt`` without their hashes, as constraints: pip takes no hashes for an archive of one's own."""
    lines = (ROOT / "locks" / "all.txt").read_text(encoding="utf-8").splitlines()
    return "".join(line.removesuffix("\\").strip() + "\n" for line in lines if line[:1].isalnum())


def run(out: Path) -> None:
    """Builds into ``out``, tries both archives and prints the digest of each file."""
    import sbom

    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise SystemExit(f"{out} is not empty: give a new folder")
    made = build(out)
    for archive in made:
        with tempfile.TemporaryDirectory() as folder:
            attempt(archive, Path(folder) / "venv")
    sbom.run(out / "claimlint.cdx.json")
    for path in sorted(out.iterdir()):
        print(f"{digest(path)}  {path.name}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python bench/release.py FOLDER")
    run(Path(sys.argv[1]))
