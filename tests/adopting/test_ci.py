"""What init writes can be used as it is, and the action runs its script as it should."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from claimlint import config
from claimlint.cli import main
from claimlint.cli.init import HOOK_FILE, WORKFLOW_FILE, init
from tests import teampack

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_yes_writes_all_three_and_a_second_time_nothing(here, capsys):
    """Settings load, hook and workflow are YAML that names what exists, and nothing is ever overwritten."""
    assert main(["init", "--yes"]) == 0
    found = config.find(".")
    assert found is not None
    assert found.profile == "team"
    hook = yaml.safe_load(Path(HOOK_FILE).read_text())["repos"][0]["hooks"][0]["id"]
    assert hook in {item["id"] for item in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    step = yaml.safe_load(Path(WORKFLOW_FILE).read_text())["jobs"]["claims"]["steps"][1]
    assert set(step["with"]) <= set(ACTION["inputs"])
    before = {path: path.read_bytes() for path in here.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert main(["init", "--yes"]) == 0
    assert {path: path.read_bytes() for path in here.rglob("*") if path.is_file()} == before
    out, err = capsys.readouterr()
    assert "id: claimlint" in out
    assert "left as it is" in err


@pytest.mark.parametrize(
    ("answers", "files", "profile"),
    [
        ("\n\n", {".claimlint.yaml", HOOK_FILE, WORKFLOW_FILE}, "team"),
        ("regulator\nnone\n", {".claimlint.yaml"}, "regulator"),
        ("reviewer\ncommits\n", {".claimlint.yaml", HOOK_FILE}, "reviewer"),
        ("team\npulls\n", {".claimlint.yaml", WORKFLOW_FILE}, "team"),
    ],
)
def test_two_questions_decide(here, answers, files, profile):
    """What is answered is what is written."""
    done = CliRunner().invoke(init, [], input=answers)
    assert done.exit_code == 0, done.output
    assert {path.relative_to(here).as_posix() for path in here.rglob("*") if path.is_file()} == files
    found = config.find(".")
    assert found is not None
    assert found.profile == profile


def step(name: str) -> dict:
    """A step of the action."""
    return next(item for item in ACTION["runs"]["steps"] if item.get("name") == name)


def run_check(here: Path, **inputs: str) -> tuple[int, str, dict[str, str]]:
    """The action's check step, run by bash as a runner would; status, output and the step's outputs."""
    binaries = here / "bin"
    binaries.mkdir(exist_ok=True)
    script = binaries / "claimlint"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m claimlint "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    defaults = {name: str(value.get("default", "")) for name, value in ACTION["inputs"].items()}
    names = {
        "PATHS": "paths",
        "FAIL_ON": "fail-on",
        "CONFIG": "config",
        "BASELINE": "baseline",
        "SINCE": "since",
    }
    given = {name: inputs.get(key, defaults[key]) for name, key in names.items()}
    reports = here / "reports"
    reports.mkdir(exist_ok=True)
    environment = {
        **os.environ,
        **given,
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "REPORTS": str(reports),
        "GITHUB_STEP_SUMMARY": str(reports / "summary"),
        "GITHUB_OUTPUT": str(reports / "output"),
    }
    (reports / "output").unlink(missing_ok=True)
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step("Check")["run"]],
        cwd=here,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    outputs = dict(line.split("=", 1) for line in (reports / "output").read_text().splitlines())
    return done.returncode, done.stdout, outputs


def test_the_action_annotates_and_keeps_the_status(here):
    """Findings become annotations, a SARIF file and a summary; the status is handed on, not lost."""
    teampack.write(here)
    (here / ".claimlint.yaml").write_text("rulesets: [./team]\nselect: [team/*]\n")
    (here / "a page.md").write_text("We zorbify.\n")
    code, out, outputs = run_check(here, paths="a page.md\n")
    assert (code, outputs["status"]) == (0, "1")
    assert "::error file=a page.md,line=1" in out
    assert json.loads(Path(outputs["sarif-file"]).read_text())["runs"][0]["results"]
    assert "zorbify" in (here / "reports" / "summary").read_text()
    assert run_check(here, paths="a page.md", **{"fail-on": "never"})[2]["status"] == "0"
    assert run_check(here, paths="gone.md")[2]["status"] == "2"


def test_inputs_never_become_part_of_a_script():
    """A branch name or path with shell signs in it stays text."""
    assert [item for item in ACTION["runs"]["steps"] if "${{" in item.get("run", "")] == []


def test_hostile_inputs_run_nothing(here):
    """What looks like a command or an option in an input is a path that doesn't exist."""
    (here / "page.md").write_text("Plain words.\n")
    code, _, outputs = run_check(here, paths="page.md\n--output=made\n$(touch made)\n")
    assert (code, outputs["status"]) == (0, "2")
    assert not (here / "made").exists()
