"""What is installed is known, pinned and explained; what is built can be built again; nothing is asked of the network."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]

REFUSE = """
import os, sys

def hook(event, details):
    if event.startswith("socket.") and event not in ("socket.gethostname", "socket.__new__"):
        if event in ("socket.connect", "socket.sendto", "socket.bind") and isinstance(details[1], (str, bytes)):
            return  # a socket of this machine's own, between two of its processes
        with open(os.environ["REFUSED"], "a") as out:
            out.write(f"{event} {details}\\n")
        raise ConnectionError(f"refused: {event}")

sys.addaudithook(hook)
"""
"""A sitecustomize, so that workers are held to it as well: an audit hook can't be taken out again."""


@pytest.fixture
def offline(tmp_path: Path) -> dict[str, str]:
    """An environment in which every connection and every look-up of a name fails and is written down."""
    folder = tmp_path / "offline"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(REFUSE, encoding="utf-8")
    return {
        **os.environ,
        "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
        "REFUSED": str(tmp_path / "refused.txt"),
        "CLAIMLINT_CACHE_DIR": str(tmp_path / "cache"),
    }


@pytest.mark.parametrize(
    "call",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('clinic.example', 443)",
        "__import__('urllib.request').request.urlopen('http://127.0.0.1:9/')",
    ],
)
def test_the_refusal_refuses(call: str, offline: dict[str, str]) -> None:
    """A program that does reach out is stopped and noticed, so that the next test can fail."""
    done = subprocess.run(
        [sys.executable, "-c", f"import socket; {call}"],
        env=offline,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "refused: socket." in done.stderr
    assert Path(offline["REFUSED"]).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--fail-on", "never", "--jobs", "1"),
        ("check", "--fail-on", "never", "--jobs", "2", "--format", "html"),
        ("claims", "--format", "json"),
        ("credibility",),
    ],
    ids=" ".join,
)
def test_checking_needs_no_network(
    arguments: tuple[str, ...], offline: dict[str, str], tmp_path: Path
) -> None:
    """The example pages, and one that names addresses, are judged with the network refused, and none is tried."""
    page = tmp_path / "page.html"
    page.write_text(
        '<!DOCTYPE html><html lang="en"><head><link rel="stylesheet" href="https://clinic.example/a.css">'
        '<script src="http://127.0.0.1:9/a.js"></script></head><body><img src="https://clinic.example/a.png" alt="Us">'
        "<p>Our drops cure gout and have no side effects, as we wrote on our page in May.</p></body></html>",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "claimlint", *arguments, str(page), str(ROOT / "examples")]
    done = subprocess.run(command, env=offline, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "page.html" in done.stdout
    refused = Path(offline["REFUSED"])
    assert not refused.exists(), refused.read_text(encoding="utf-8")


def script(name: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A module of bench/, imported as the scripts there import each other."""
    import importlib

    monkeypatch.syspath_prepend(str(ROOT / "bench"))
    return importlib.import_module(name)


def test_a_package_that_was_not_audited_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Skipped, or left out of the report without a word: both are said, and the status is 2."""
    audit = script("audit", monkeypatch)
    clean = {"name": "Glow", "version": "1.0", "vulns": []}
    skipped = {"name": "lumora", "skip_reason": "it could not be found"}
    wanted = {("glow", "1.0"), ("lumora", "2.0"), ("serum", "3.0")}
    status, lines = audit.judge({"dependencies": [clean, skipped]}, wanted)
    assert status == 2
    assert "not audited: lumora 2.0: it could not be found" in lines
    assert "not audited: serum 3.0: not in the report" in lines
    assert lines[-1] == "1 packages audited, 0 vulnerabilities, 2 packages not audited"


def test_a_vulnerability_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With all packages audited the status is 1 for a vulnerability and 0 for none; another version doesn't count."""
    judge = script("audit", monkeypatch).judge
    found = {"name": "glow", "version": "1.0", "vulns": [{"id": "MADE-UP-1", "fix_versions": ["1.1"]}]}
    status, lines = judge({"dependencies": [found]}, {("glow", "1.0")})
    assert (status, lines[0]) == (1, "vulnerable: glow 1.0: MADE-UP-1, mended in 1.1")
    clean = {"name": "glow", "version": "1.0", "vulns": []}
    assert judge({"dependencies": [clean]}, {("glow", "1.0")})[0] == 0
    assert judge({"dependencies": [clean]}, {("glow", "2.0")})[0] == 2
    assert judge({}, {("glow", "2.0")})[0] == 2


def test_the_audit_asks_about_every_pin(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that is pinned in two versions, or for another platform only, is asked about too."""
    audit = script("audit", monkeypatch)
    lock = "glow==1.0 ; python_full_version < '3.12' \\\n    --hash=sha256:00\nglow==2.0 ; sys_platform == 'win32'\nserum==3\n"
    pins = audit.pinned(lock)
    assert pins == {("glow", "1.0"), ("glow", "2.0"), ("serum", "3")}
    assert audit.rounds(pins) == [["glow==1.0\n", "serum==3\n"], ["glow==2.0\n"]]


def pins(name: str) -> dict[str, list[str]]:
    """Package -> its pinned versions."""
    found: dict[str, list[str]] = {}
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    for package, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.MULTILINE):
        found.setdefault(package.lower(), []).append(version)
    return found


@pytest.mark.parametrize("name", ["dev", "all"])
def test_locks_satisfy_the_project(name: str) -> None:
    """Each package that pyproject.toml asks for is pinned, in a version that it accepts; else run bench/lock.py."""
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    parts = set(extras) if name == "dev" else set(Requirement(extras["all"][0]).extras)
    asked = [Requirement(line) for part in parts for line in extras[part]]
    asked += [Requirement(line) for line in project["dependencies"]]
    locked = pins(name)
    missing = [
        str(one)
        for one in asked
        if one.name != project["name"]
        and not any(one.specifier.contains(version) for version in locked.get(one.name.lower(), []))
    ]
    assert missing == [], "run: python bench/lock.py"
    assert "hatchling" in pins("build")


@pytest.mark.parametrize("name", ["dev", "all", "build"])
def test_every_pin_has_a_hash(name: str) -> None:
    """No package of a lock could be swapped for another file of the same version."""
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w])", text, flags=re.MULTILINE)[1:]
    assert len(entries) >= (2 if name == "build" else 20)
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert not re.search(r"https?:|--index|--find-links", text)


def test_the_locks_agree() -> None:
    """What users get is what was tested: each pin of one lock stands in the other."""
    tested = pins("dev")
    assert {
        package: versions for package, versions in pins("all").items() if tested.get(package) != versions
    } == {}


def test_every_dependency_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    """bench/dependencies.yaml names the packages of pyproject.toml, and docs/dependencies.md is made from it."""
    made = script("dependencies", monkeypatch)
    packages = made.known()["packages"]
    assert sorted(one["name"] for one in packages) == sorted(made.needed())
    assert (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8") == made.current(), (
        "run: python bench/dependencies.py"
    )


def test_runtime_licences_are_permissive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a user installs comes under terms that would reach into their own work."""
    made = script("dependencies", monkeypatch)
    permissive = {"MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "CNRI-Python"}
    where = made.needed()
    for one in made.known()["packages"]:
        if set(where[one["name"]]) - {"dev", "docs", "release"}:
            assert set(re.split(r" and | or ", one["licence"])) <= permissive, one


def test_the_bill_of_materials_lists_the_lock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each pinned package with its version and digests, claimlint at the root, the same bytes twice."""
    pytest.importorskip("cyclonedx_py")
    sbom = script("sbom", monkeypatch)
    sbom.run(tmp_path / "one.json")
    sbom.run(tmp_path / "two.json", validate=False)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    bill = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "claimlint")
    listed: dict[str, list[str]] = {}
    for component in bill["components"]:
        listed.setdefault(component["name"].lower(), []).append(component["version"])
        assert component["externalReferences"][0]["hashes"]
    assert {name: sorted(versions) for name, versions in listed.items()} == {
        name: sorted(versions) for name, versions in pins("all").items()
    }


def test_archives_are_reproducible(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Built from two folders, whose files differ in age and in who may read them, wheel and sdist are the same."""
    release = script("release", monkeypatch)
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    digests = []
    for place, age, mode in (("here", 1_000_000_000, 0o644), ("elsewhere/deeper", 1_700_000_000, 0o600)):
        source = tmp_path / place / "claimlint"
        for name in filter(None, names.split("\0")):
            if (ROOT / name).is_file():
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, source / name)
                (source / name).chmod(mode)
                os.utime(source / name, (age, age))
        out = tmp_path / place / "out"
        digests.append({path.name: release.digest(path) for path in release.build(out, source)})
    assert len(digests[0]) == 2
    assert digests[0] == digests[1]
