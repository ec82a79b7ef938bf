"""The rules and the evidence are found wherever claimlint was installed from."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

import claimlint

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist of the present checkout, built without a network."""
    out = tmp_path_factory.mktemp("dist")
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
        str(out),
        "--wheel",
        "--sdist",
        str(ROOT),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def wheel(built: Path) -> zipfile.ZipFile:
    """The built wheel."""
    (path,) = built.glob("*.whl")
    return zipfile.ZipFile(path)


def sdist(built: Path) -> tarfile.TarFile:
    """The built source distribution."""
    (path,) = built.glob("*.tar.gz")
    return tarfile.open(path)


def run(place: Path, away: Path, *arguments: str) -> str:
    """Standard output of the command of the claimlint that lies in ``place``, run from another folder."""
    environment = {**os.environ, "PYTHONPATH": str(place), "CLAIMLINT_CACHE_DIR": str(away / "cache")}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "claimlint", *arguments],
        cwd=away,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


FIND = (
    "import claimlint.rules.locate as l; print(l.data_folder('rulesets'), l.data_folder('seeds'), sep='\\n')"
)


def found(place: Path, away: Path) -> list[Path]:
    """The data folders that the claimlint in ``place`` finds."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", FIND],
        cwd=away,
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [Path(line) for line in done.stdout.splitlines()]


def test_wheel_works_by_itself(built: Path, tmp_path: Path) -> None:
    """Unpacked alone, the wheel finds its own packs and evidence and lists the rules."""
    with wheel(built) as archive:
        archive.extractall(tmp_path / "site")
    place, away = tmp_path / "site", tmp_path / "away"
    away.mkdir()
    assert found(place, away) == [place / "claimlint" / "rulesets", place / "claimlint" / "seeds"]
    assert "0.1.0" in run(place, away, "--version")
    assert "core/" in run(place, away, "rules", "list")


def test_sdist_works_by_itself(built: Path, tmp_path: Path) -> None:
    """In an unpacked sdist, as in a checkout, the data stand beside the package."""
    with sdist(built) as archive:
        archive.extractall(tmp_path, filter="data")
    (place,) = tmp_path.glob("claimlint-*")
    away = tmp_path / "away"
    away.mkdir()
    assert found(place, away) == [place / "rulesets", place / "seeds"]
    assert "core/" in run(place, away, "rules", "list")


def test_checkout_finds_its_own_data(tmp_path: Path) -> None:
    """An editable install uses the checkout's data, so that an edited rule counts at once."""
    assert found(ROOT, tmp_path) == [ROOT / "rulesets", ROOT / "seeds"]


def test_wheel_and_sdist_hold_the_same_data(built: Path) -> None:
    """No rule, lexicon, evidence file or schema of the checkout is left out of either."""
    wanted = {
        path.relative_to(ROOT).as_posix()
        for folder in ("rulesets", "seeds")
        for path in (ROOT / folder).rglob("*.yaml")
    }
    assert wanted
    with wheel(built) as archive:
        in_wheel = set(archive.namelist())
    with sdist(built) as tar:
        in_sdist = {name.partition("/")[2] for name in tar.getnames()}
    assert {f"claimlint/{name}" for name in wanted} - in_wheel == set()
    assert wanted - in_sdist == set()
    schemas = {path.relative_to(ROOT).as_posix() for path in (ROOT / "claimlint").rglob("*.schema.json")}
    assert schemas
    assert schemas - in_wheel == set()


def test_samples_stay_out_of_the_wheel(built: Path) -> None:
    """Reports, examples, tests and benchmarks travel in the sdist only."""
    with wheel(built) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"claimlint"}
    with sdist(built) as tar:
        tops = {name.split("/")[1] for name in tar.getnames() if name.count("/")}
    samples = {name for name in ("reports", "examples") if any((ROOT / name).glob("*"))}
    assert {"tests", "bench", "LICENSE", "CHANGELOG.md"} | samples <= tops


def test_metadata(built: Path) -> None:
    """The wheel names its licence, its command and the Python that it needs."""
    with wheel(built) as archive:
        names = archive.namelist()
        metadata = archive.read(next(name for name in names if name.endswith("/METADATA"))).decode()
        commands = archive.read(next(name for name in names if name.endswith("/entry_points.txt"))).decode()
        assert any(name.endswith("licenses/LICENSE") for name in names)
    assert "Requires-Python: >=3.11" in metadata
    assert "License-Expression: MIT" in metadata
    assert "claimlint = claimlint.start:run" in commands


def test_the_version_is_the_same_everywhere() -> None:
    """Package, project, citation and, once there is a release, the newest heading of the changelog name one version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert project["version"] == claimlint.__version__ == str(citation["version"])
    assert citation["license"] == project["license"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?$", changelog, re.MULTILINE)
    assert headings[0] == ("Unreleased", "")
    released = headings[1:]
    assert all(day for _, day in released)
    if released:
        assert released[0][0] == claimlint.__version__


def test_the_image_is_built_from_what_is_there() -> None:
    """Each file that the Dockerfile copies exists and isn't kept out; packages come by their hashes; it doesn't run as root."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    let_in = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = [
        name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for name in line.split()
    ]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists() or name.split("/")[0] not in let_in] == []
    installs = re.findall(r"pip install [^&\n]+", text)
    assert installs
    assert all("--require-hashes" in one or "--no-deps" in one for one in installs)
    assert re.search(r"^USER [1-9]\d*$", text, re.MULTILINE)
