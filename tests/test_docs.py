"""The documentation says what is so: its commands run, its links lead somewhere, its lists are complete.

Every command in a ``console`` block is run in a copy of the example pages, with status 2 as failure.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest
import yaml

import claimlint
from claimlint.cli import main
from claimlint.config.check import load
from claimlint.reporters import REPORTERS
from tests.readers.conformance import check_document

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES += sorted((ROOT / "docs" / "tutorials").glob("*.md"))
INDEX, RELEASE, ENGINE = "a package index", "a published release", "a container engine"
OWN = "files of the reader's own"
CHECKOUT = "the whole checkout"
OUTSIDE = {
    "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/claimlint check --fail-on never examples": INDEX,
    ".ci/run": INDEX,
    "python -m pip install -e '.[dev]'": INDEX,
    "pip install 'claimlint[all]'": INDEX,
    "pip install 'claimlint[lsp]'": INDEX,
    "python -m pip install 'claimlint[batch,crawl]'": INDEX,
    "python -m pip install --require-hashes -r locks/all.txt": INDEX,
    "uvx claimlint@0.1.0 check page.html": RELEASE,
    "pipx run --spec claimlint==0.1.0 claimlint check page.html": RELEASE,
    "uvx --from './claimlint-0.1.0-py3-none-any.whl[docx,pdf]' claimlint check page.html": RELEASE,
    "pipx install 'claimlint[docx,pdf]==0.1.0'": RELEASE,
    "python -m pip install 'claimlint==0.1.0'": RELEASE,
    "python -m pip install --no-deps ./claimlint-0.1.0-py3-none-any.whl": RELEASE,
    "docker build --tag claimlint .": ENGINE,
    'docker run --rm --network none --read-only --volume "$PWD:/pages:ro" claimlint check --no-cache /pages': ENGINE,
    "python bench/lock.py": INDEX,
    "python bench/lock.py --upgrade": INDEX,
    "python bench/audit.py": "a service that knows vulnerabilities",
    "python bench/sbom.py claimlint.cdx.json": CHECKOUT,
    "python bench/release.py dist": INDEX,
    "npm install --prefix build/sarif @microsoft/sarif-multitool": INDEX,
    "python bench/pages.py": CHECKOUT,
    "python bench/samples.py": CHECKOUT,
    "pytest": CHECKOUT,
    "ruff check . && ruff format . && mypy && lint-imports": CHECKOUT,
    "claimlint rules test core/hype/miracle-word": OWN,
    "claimlint check docs README.md": CHECKOUT,
    "claimlint batch precision review-a.csv review-b.csv": OWN,
    "claimlint batch verify case.zip --sha256 HEX": OWN,
    "claimlint evidence check approved-claims.yaml": OWN,
    "claimlint check leaflet.pdf --format pdf --output reviewed.pdf": OWN,
    "claimlint check --format template --template summary.txt.j2 site/": OWN,
    "claimlint check --decisions decisions.json site/": OWN,
    "git diff --cached --name-only -z --diff-filter=d -- '*.md' '*.html' '*.txt' > .git/claimlint-files": "a hook",
}
"""Commands that no test here runs, each with what it needs.

The first two are tried in a fresh clone; CI runs bench/release.py, and tests/test_supply.py the parts of the scripts that
need no network. What needs files of the reader's own is tested with such files where the command is.
"""

APART = {"regulators-guide.md"}
"""Pages whose commands need a server; tests/casework/test_guide.py runs them."""

FENCE = re.compile(
    r"^(?P<indent> *)```(?P<kind>[^\n]*)\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
COMMAND = re.compile(
    r"^ *(?:\$ )?((?:claimlint|python3?|pip|pipx|uvx?|docker|git|pytest|ruff|npm|npx|\.ci/run)\b(?!:).*?)(?: {2,}#.*)?$",
    re.MULTILINE,
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


class Fence(NamedTuple):
    """One fenced block of a page."""

    page: str
    kind: str
    body: str


def fences(kind: str, page: Path | None = None) -> Iterator[Fence]:
    """All blocks of one kind, in one page or in all of them."""
    for path in [page] if page else PAGES:
        for found in FENCE.finditer(path.read_text(encoding="utf-8")):
            if found["kind"].strip() == kind:
                body = re.sub(rf"^{found['indent']}", "", found["body"], flags=re.MULTILINE)
                yield Fence(path.name, kind, body)


def commands() -> dict[str, list[str]]:
    """Page -> its commands in order, those that need the outside left out."""
    found: dict[str, list[str]] = {}
    for fence in fences("console"):
        for line in () if fence.page in APART else fence.body.splitlines():
            if line.startswith("$ ") and line[2:] not in OUTSIDE:
                found.setdefault(fence.page, []).append(line[2:])
    return found


COMMANDS = commands()


def reference() -> ModuleType:
    """bench/reference.py, which is no package."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "bench" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = reference()


@pytest.mark.parametrize("page", COMMANDS)
def test_commands_run(page: str, tmp_path: Path) -> None:
    """Each command that a page shows ends with 0 or 1 when they are typed one after the other."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    binaries = tmp_path / "bin"
    binaries.mkdir()
    script = binaries / "claimlint"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m claimlint "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "100",
    }
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "examples"], cwd=tmp_path, check=True)
    for command in COMMANDS[page]:
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            check=False,
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode in (0, 1), f"$ {command}\n{done.stderr}"
        assert "Traceback" not in done.stderr, f"$ {command}\n{done.stderr}"


def typed() -> set[str]:
    """Every command that a page shows, in whatever block it stands."""
    found = {
        command
        for kind in ("console", "sh", "bash", "text", "")
        for fence in fences(kind)
        if fence.page not in APART or kind != "console"
        for command in COMMAND.findall(fence.body)
    }
    return found | {
        line[2:] for fence in fences("console") for line in fence.body.splitlines() if line[:2] == "$ "
    }


def test_every_command_is_run_or_listed() -> None:
    """A command that a page shows is run by a test or stands in the list of those that can't be."""
    run = {command for commands in COMMANDS.values() for command in commands}
    apart = {
        line[2:]
        for fence in fences("console")
        if fence.page in APART
        for line in fence.body.splitlines()
        if line.startswith("$ ")
    }
    assert typed() - run - apart - set(OUTSIDE) == set()


def test_outside_commands_are_still_shown() -> None:
    """The list of commands that are not run holds none that no page shows."""
    assert {command for command in OUTSIDE if "claimlint[all]" not in command} <= typed()


@pytest.mark.parametrize("name", REFERENCE.PARTS)
def test_generated_parts_are_current(name: str) -> None:
    """What the program knows of itself stands in the documentation as it is; else run bench/reference.py."""
    assert (ROOT / name).read_text(encoding="utf-8") == REFERENCE.current(name), (
        "run: python bench/reference.py"
    )


def test_every_rule_is_documented() -> None:
    """docs/rules.md has a heading for each rule and for nothing else."""
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^### (\S+)$", text, re.MULTILINE)) == sorted(
        rule.id for rule in claimlint.load_rules().rules
    )


def test_every_report_is_named() -> None:
    """README and docs/reports.md name each format of check."""
    for name in ("README.md", "docs/reports.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert [report for report in REPORTERS if f"| `{report}` |" not in text] == [], name


def slug(heading: str) -> str:
    """The anchor that code hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_resolve(page: Path) -> None:
    """A link to a file of this repository leads to one, and to a heading that it has."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in LINK.findall(text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.exists(), f"{page.name}: {target}"
        if anchor:
            headings = HEADING.findall(path.read_text(encoding="utf-8"))
            assert anchor in {slug(heading) for heading in headings}, f"{page.name}: {target}"


def settings_blocks() -> list[str]:
    """The examples of settings in docs/configuration.md."""
    return [fence.body for fence in fences("yaml", ROOT / "docs" / "configuration.md")]


@pytest.mark.parametrize("block", settings_blocks())
def test_examples_of_settings_are_valid(block: str, tmp_path: Path) -> None:
    """Each example in docs/configuration.md is a settings file that loads."""
    for name, values in yaml.safe_load(block).items():
        for value in values if name in ("rulesets", "evidence") else ():
            if value.startswith("."):  # what is named must exist
                place = tmp_path / value
                place.parent.mkdir(exist_ok=True)
                place.mkdir() if name == "rulesets" else place.touch()
    path = tmp_path / ".claimlint.yaml"
    path.write_text(block, encoding="utf-8")
    assert load(str(path)) is not None


def test_every_setting_has_an_example() -> None:
    """Each setting, and each key of an override, is shown in use."""
    schema: dict[str, Any] = json.loads(
        (ROOT / "claimlint" / "config.schema.json").read_text(encoding="utf-8")
    )
    used: set[str] = set()
    for block in settings_blocks():
        for key, value in yaml.safe_load(block).items():
            used.add(key)
            for entry in value if key == "overrides" else ():
                used |= {f"overrides.{name}" for name in entry}
    wanted = set(schema["properties"])
    wanted |= {f"overrides.{name}" for name in schema["properties"]["overrides"]["items"]["properties"]}
    assert wanted - used == set()


def test_the_rule_in_the_documentation_passes_its_tests(tmp_path: Path) -> None:
    """The whole rule that writing-rules.md shows can be copied and used."""
    (rule,) = [
        fence.body
        for fence in fences("yaml", ROOT / "docs" / "writing-rules.md")
        if "examples:" in fence.body
    ]
    folder = tmp_path / "compliance"
    folder.mkdir()
    (folder / "melts-away.yaml").write_text(rule, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "claimlint", "rules", "test", str(folder)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def run_python(block: str) -> dict[str, Any]:
    """The names that a Python block defines."""
    names: dict[str, Any] = {"__name__": "example"}
    exec(compile(block, "documentation", "exec", dont_inherit=True), names)
    return names


@pytest.mark.parametrize("fence", list(fences("python")), ids=lambda fence: fence.page)
def test_python_examples_run(fence: Fence, capsys: pytest.CaptureFixture[str]) -> None:
    """Python that a page shows runs; a reader keeps what readers promise, a reporter names every page."""
    names = run_python(fence.body)
    if "read" in names:
        document = names["read"]("a.notes", "# a comment\nOur drops help.\r\n\nSome more.\n")
        check_document(document)
        assert [block.text for block in document.blocks] == ["Our drops help.", "Some more."]
    elif "render" in names:
        run = claimlint.check_paths([ROOT / "examples" / "bad" / "eczema-trial.txt"])
        assert "eczema-trial.txt" in names["render"](run)
    else:
        assert "core/cure/" in capsys.readouterr().out


def test_our_own_pages_pass(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What the hook on our own pages checks holds no error; pages that quote claims say why they do."""
    monkeypatch.chdir(ROOT)
    status = main(["check", "--show", "error", "docs", "README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
    assert status == 0, capsys.readouterr().out
