"""What every report promises: determinism, safety, and the same counts for the same run."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET

import pytest

from claimlint.errors import UsageError
from claimlint.model import Checked, Run, Scope, Severity, Signals, replace
from claimlint.reporters import REPORTERS, render
from claimlint.reporters.markdown import LIMIT

from . import runs

ALL = [*runs.STANDARD.values(), runs.hostile]


@pytest.mark.parametrize("name", sorted(REPORTERS))
@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_same_run_same_bytes(name, make):
    """Two runs alike give the same bytes, and any report encodes to UTF-8."""
    first = render(name, make()).encode()
    assert first == render(name, make()).encode()
    assert first.endswith(b"\n")


def test_unknown_name_suggests_the_nearest():
    """A misspelt format is a usage error that names the one meant."""
    with pytest.raises(UsageError, match="did you mean 'sarif'"):
        render("sariff", runs.clean())


def test_plugins_add_reports_but_replace_none():
    """An extra name is rendered by its module; a built-in name stays built in."""
    extra = {"mine": "claimlint.reporters.csv", "json": "claimlint.reporters.csv"}
    assert render("mine", runs.mixed(), extra=extra) == render("csv", runs.mixed())
    assert render("json", runs.mixed(), extra=extra).startswith("{")


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_failures_are_never_clean(name):
    """Every report names each file that could not be checked."""
    out = render(name, runs.failures())
    for failure in runs.failures().failures:
        ending = failure.path.rsplit("/", 1)[-1]
        assert ending in out or ending.replace(" ", "%20").replace("ü", "%C3%BC") in out
        assert failure.reason.split(";")[0].split(":")[-1].strip() in out


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_all_severities_are_reported(name):
    """Errors, warnings and notes all reach every format."""
    out = render(name, runs.mixed())
    for rule in ("core/overclaim/proof-verb", "core/page/missing-notice", "core/overclaim/hype"):
        assert rule in out.replace("\\-", "-")


@pytest.mark.parametrize("name", sorted(REPORTERS))
def test_suppressed_findings_only_on_request(name):
    """A silenced finding is listed, with its reason, only where the run asks for it."""
    reason = "agreed with counsel"
    assert reason not in render(name, runs.mixed())
    shown = render(name, replace(runs.mixed(), show_suppressed=True))
    assert reason in shown


@pytest.mark.parametrize("name", ["text", "csv", "github", "markdown", "junit", "sarif"])
def test_show_hides_the_milder_ones(name):
    """With --show error a note is not listed."""
    run = replace(runs.mixed(), shown=Severity.ERROR)
    assert "new dawn" in render(name, runs.mixed())
    assert "new dawn" not in render(name, run)


def test_summary_counts_what_is_left_out():
    """The last line of the text report says how much was suppressed, held back, skipped and not listed."""
    out = render("text", replace(runs.mixed(), shown=Severity.ERROR))
    assert out.splitlines()[-1] == (
        "3 errors, 1 warning, 1 note in 3 files; 2 not listed (below the severity shown); 1 suppressed; "
        "7 held back by the baseline; 3 skipped"
    )
    assert render("text", runs.clean()) == "nothing found in 2 files\n"


def test_github_commands_cannot_be_forged():
    """Each line is one command of ours, whatever stands in the fields."""
    lines = render("github", runs.hostile()).splitlines()
    run = runs.hostile()
    assert len(lines) == len(run.checked[0].findings) + len(run.failures) + 1
    assert all(re.match(r"::(error|notice) file=[^,:]+,(line=\d+|title=)", line) for line in lines[:-1])
    assert not lines[-1].startswith("::")
    assert not any(char in "".join(lines) for char in "\x1b\x00\u202e")


def test_github_places():
    """The end column is the last one marked, and a path with a comma is escaped."""
    doc = runs.document("a,b:c%.md", (Scope.PARAGRAPH, "It is proven."))
    run = Run((Checked(doc, Signals(), (runs.finding(doc, "proven"),)),), (), ())
    assert render("github", run).startswith(
        "::error file=a%2Cb%3Ac%25.md,line=1,endLine=1,col=7,endColumn=12,title=core/overclaim/proof-verb::"
    )


def test_csv_cells_start_no_formula():
    """A spreadsheet sees text: formula characters get an apostrophe, also behind spaces."""
    doc = runs.document("=1+1.md", (Scope.PARAGRAPH, "It is proven."))
    bad = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1")
    found = tuple(runs.finding(doc, "proven", message=text) for text in bad)
    run = Run((Checked(doc, Signals(), found),), (), ())
    rows = list(csv.DictReader(io.StringIO(render("csv", run))))
    assert len(rows) == len(bad)
    assert all(row["message"].startswith("'") and row["path"] == "'=1+1.md" for row in rows)


@pytest.mark.parametrize("make", ALL, ids=lambda make: make.__name__)
def test_junit_is_well_formed_and_counts(make):
    """Counts in the attributes equal what the elements hold."""
    root = ET.fromstring(render("junit", make()))
    assert int(root.get("tests", "")) == len(root.findall(".//testcase"))
    assert int(root.get("failures", "")) == len(root.findall(".//failure"))
    assert int(root.get("errors", "")) == len(root.findall(".//error")) == len(make().failures)


def test_junit_fails_at_the_fail_level():
    """A warning is a failed case exactly when warnings fail the run, and nothing fails with 'never'."""
    at_error = ET.fromstring(render("junit", runs.mixed())).get("failures")
    at_warning = ET.fromstring(render("junit", replace(runs.mixed(), failing=Severity.WARNING))).get(
        "failures"
    )
    never = ET.fromstring(render("junit", replace(runs.mixed(), failing=None))).get("failures")
    assert (at_error, at_warning, never) == ("3", "4", "0")


def test_markdown_is_plain_text_of_the_material():
    """No tag, link, mention or code of the material survives as markup."""
    out = render("markdown", runs.hostile())
    assert not re.search(r"<(?!br>|sub>|/sub>)", out)
    assert not re.search(r"(?<!\\)\]\(", out)
    assert not re.search(r"@\w", out)
    assert not re.search(r"(?<!\\)`", out)
    rows = [line for line in out.splitlines() if line.startswith("| ") and "severity" not in line]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)


def test_markdown_fits_a_comment_and_says_what_is_missing():
    """A huge run stays under the limit and counts every finding that it leaves out."""
    doc = runs.document("long.md", (Scope.PARAGRAPH, "It is proven."))
    found = tuple(runs.finding(doc, "proven", message=f"finding {n} " + "x" * 200) for n in range(1000))
    run = Run((Checked(doc, Signals(), found),) * 2, runs.failures().failures * 900, ())
    out = render("markdown", run)
    assert len(out) < LIMIT
    kept = len(re.findall(r"^\| 1:7", out, re.MULTILINE))
    left = int(re.search(r"(\d+) more findings not shown", out)[1])
    assert kept > 20
    assert kept + left == 2000
