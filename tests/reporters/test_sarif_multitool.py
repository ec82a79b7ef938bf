"""Microsoft's own validator finds no error and no warning, with its Sarif and Ghas rules together.

It runs where the tool is: CLAIMLINT_SARIF_MULTITOOL names the executable, or it is found on PATH or
in node_modules (docs/reports.md says how to install it).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from claimlint.model import Checked, Document, Run, Signals
from claimlint.reporters import render, sarif

from . import runs


def tool() -> str | None:
    """The native executable, else npm's launcher, else None."""
    named = os.environ.get("CLAIMLINT_SARIF_MULTITOOL")
    if named:
        return named
    here = Path("node_modules")
    native = sorted(here.glob("@microsoft/sarif-multitool-*/Sarif.Multitool*"))
    found = [str(path) for path in native if path.suffix in ("", ".exe") and os.access(path, os.X_OK)]
    launcher = here / ".bin" / "sarif-multitool"
    return (found or [str(launcher)] if launcher.exists() else [None])[0] or shutil.which("sarif-multitool")


TOOL = tool()


def odd() -> Run:
    """Absolute and awkward paths, an empty document, suppressions, a stamp and a fix."""
    whole = runs.mixed().checked[0].findings[-1]
    checked = runs.mixed().checked[0]
    moved = [
        Checked(Document(path, "html", source, ()), Signals(), (replace(whole, path=path),))
        for path, source in (
            ("/srv/a b/ü.html", "x"),
            ("empty 100%.html", ""),
            ("C:\\site\\a.html", "a\r\nb\r\n"),
        )
    ]
    stamp = {"repository": "https://example.org/lumora.git", "commit": "0123abcd", "branch": "main"}
    return replace(runs.mixed(), checked=(checked, *moved), show_suppressed=True, stamp=stamp)


MAKERS = [*runs.STANDARD.values(), odd, runs.hostile]


needs_tool = pytest.mark.skipif(TOOL is None, reason="needs the npm package @microsoft/sarif-multitool")


def complaints(text: str, folder: Path) -> list[tuple[str, object]]:
    """(rule, arguments) of every error and warning that the validator reports on a log."""
    assert TOOL is not None
    report, verdict = folder / "report.sarif", folder / "verdict.sarif"
    report.write_text(text, encoding="utf-8", newline="")
    # npm's launcher hands its arguments to a shell, where a bare semicolon would end the command.
    kinds = '"Sarif;Ghas"' if TOOL.endswith("sarif-multitool") else "Sarif;Ghas"
    done = subprocess.run(
        [
            TOOL,
            "validate",
            str(report),
            "--rule-kind",
            kinds,
            "--output",
            str(verdict),
            "--log",
            "ForceOverwrite",
        ],
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert verdict.exists(), done.stdout + done.stderr
    log = json.loads(verdict.read_text(encoding="utf-8-sig"))["runs"][0]
    assert log["invocations"][0]["executionSuccessful"]
    assert not log["invocations"][0].get("toolExecutionNotifications")
    rules = log["tool"]["driver"].get("rules", [])
    return [
        (rules[result["ruleIndex"]]["id"], result["message"].get("arguments"))
        for result in log["results"]
        if result.get("level", "warning") in ("error", "warning")
    ]


@needs_tool
@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_validator_has_nothing_to_correct(make, tmp_path):
    """Neither an error nor a warning, on the standard runs and on awkward ones."""
    assert complaints(render("sarif", make()), tmp_path) == []


def every_sample() -> list[Path]:
    """The SARIF samples of this checkout."""
    return sorted((Path(__file__).parents[2] / "reports").glob("*.sarif"))


@needs_tool
@pytest.mark.parametrize("path", every_sample(), ids=lambda path: path.name)
def test_samples_are_valid(path, tmp_path):
    """Neither an error nor a warning on the logs in reports/."""
    assert complaints(path.read_text(encoding="utf-8"), tmp_path) == []


@needs_tool
def test_a_log_compared_with_a_baseline_is_valid(tmp_path):
    """Every result says that it is new, and the validator agrees."""
    text = sarif.render(runs.mixed(), compared=True)
    assert {result["baselineState"] for result in json.loads(text)["runs"][0]["results"]} == {"new"}
    assert complaints(text, tmp_path) == []


@needs_tool
@pytest.mark.parametrize("path", every_sample(), ids=lambda path: path.name)
def test_rewrite_and_page_lose_nothing(path, tmp_path):
    """Read and written by the tool, a log has the same results; a page of it has the ones that were asked for."""
    assert TOOL is not None
    log, new, page = tmp_path / "log.sarif", tmp_path / "new.sarif", tmp_path / "page.sarif"
    shutil.copy(path, log)
    for arguments in (
        ["rewrite", str(log), "--output", str(new), "--log", "ForceOverwrite"],
        ["page", str(log), "--index", "2", "--count", "5", "--output", str(page), "--force"],
    ):
        subprocess.run([TOOL, *arguments], capture_output=True, check=True, timeout=300)

    def results(made: Path) -> list[object]:
        log = json.loads(made.read_text(encoding="utf-8-sig"))["runs"][0]
        return [(one["ruleId"], one["message"]["text"], one["partialFingerprints"]) for one in log["results"]]

    assert results(new) == results(path)
    assert results(page) == results(path)[2:7]


@needs_tool
def test_validator_would_complain(tmp_path):
    """The same call reports a log that lacks what each rule kind asks for, so silence means something."""
    broken = json.loads(render("sarif", runs.mixed()))
    del broken["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    del broken["runs"][0]["tool"]["driver"]["rules"][0]["help"]
    found = {rule for rule, _ in complaints(json.dumps(broken), tmp_path)}
    assert any(rule.startswith("SARIF") for rule in found)
    assert any(rule.startswith("GH") for rule in found)
