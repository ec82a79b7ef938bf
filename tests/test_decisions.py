"""Decisions that a reviewer made in the HTML report, and what they do in the next run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from claimlint.cli import main

SCHEMA = Path(__file__).parents[1] / "claimlint" / "schemas" / "decisions.schema.json"
COPY = "Our drip is proven to cure eczema.\n\nThe drip has no side effects.\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with one page of copy."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(COPY, encoding="utf-8")
    return tmp_path


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any], str]:
    """Status, the JSON report and what went to standard error."""
    status = main(["check", "--format", "json", "--as-of", "2026-11-24", *arguments, "page.txt"])
    said = capsys.readouterr()
    return status, json.loads(said.out) if said.out else {}, said.err


def decided(folder: Path, *entries: dict[str, Any], **more: Any) -> Path:
    """A decisions file, which follows the schema unless told otherwise."""
    path = folder / "decisions.json"
    value = {"version": 1, "tool": "claimlint", "reviewer": "I. Madeup", "decisions": list(entries), **more}
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def dismissal(fingerprint: str, **more: str) -> dict[str, str]:
    """A dismissal of one finding."""
    return {
        "fingerprint": fingerprint,
        "decision": "dismissed",
        "note": "the name of a prize",
        "date": "2026-11-20",
        **more,
    }


def test_a_dismissed_finding_is_silenced_with_reason_reviewer_and_date(page, capsys):
    """The finding no longer counts, and reports can still show who dismissed it, when and why."""
    _, before, _ = report(capsys)
    gone = before["findings"][0]["fingerprint"]
    path = decided(page, dismissal(gone))
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(
        json.loads(path.read_text())
    )
    _, after, said = report(capsys, "--decisions", "decisions.json", "--show", "suppressed")
    silenced = {item["fingerprint"]: item["suppressed"] for item in after["findings"] if item["suppressed"]}
    assert silenced == {gone: "the name of a prize (dismissed by I. Madeup, 2026-11-20)"}
    assert after["summary"]["suppressed"] == before["summary"]["suppressed"] + 1
    assert "decisions.json" not in said


def test_dismissing_everything_ends_the_failure(page, capsys):
    """With each finding dismissed the check passes, which it did not before."""
    status, before, _ = report(capsys)
    assert status == 1
    decided(page, *(dismissal(item["fingerprint"]) for item in before["findings"]))
    assert report(capsys, "--decisions", "decisions.json")[0] == 0


def test_an_accepted_finding_goes_on_counting(page, capsys):
    """To accept a finding is to agree with it: nothing changes until the words do."""
    _, before, _ = report(capsys)
    entry = {"fingerprint": before["findings"][0]["fingerprint"], "decision": "accepted", "note": ""}
    decided(page, entry)
    _, after, _ = report(capsys, "--decisions", "decisions.json")
    assert after["findings"] == before["findings"]


def test_dismissals_of_nothing_are_told(page, capsys):
    """A dismissal whose words have gone is counted for the person who gave the file."""
    decided(page, dismissal("0" * 32))
    _, _, said = report(capsys, "--decisions", "decisions.json")
    assert "1 of 1 dismissal matches no finding" in said


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (dismissal("0" * 32, note=" "), "decision 1: a dismissal needs 'note'"),
        (dismissal("0" * 32, date=""), "decision 1: a dismissal needs 'date'"),
        (dismissal("0" * 32, date="yesterday"), "such as 2030-12-31"),
        (dismissal("xyz"), "32 hexadecimal digits"),
        (dismissal("0" * 32, decision="maybe"), "one of accepted, dismissed"),
        ({"fingerprint": 5}, "'fingerprint' must be text"),
        ("no object", "an object with a fingerprint"),
    ],
)
def test_what_cannot_be_followed_is_refused(page, capsys, entry, words):
    """One message names the file, the entry and what belongs there; nothing is checked."""
    decided(page, entry)
    status, found, said = report(capsys, "--decisions", "decisions.json")
    assert (status, found) == (2, {})
    assert said.startswith("claimlint: decisions.json: ")
    assert words in said


@pytest.mark.parametrize("text", ["[]", "{", '{"version": 2, "decisions": []}', '{"version": 1}', "\xff"])
def test_other_files_are_no_decisions(page, capsys, text):
    """What no report exported is refused, with the way to get the right file."""
    (page / "decisions.json").write_bytes(text.encode("latin-1"))
    status, _, said = report(capsys, "--decisions", "decisions.json")
    assert status == 2
    assert "export the decisions from the HTML report" in said


def test_the_same_finding_cannot_be_decided_twice(page, capsys):
    """Two decisions about one finding leave open which holds."""
    decided(page, dismissal("0" * 32), dismissal("0" * 32))
    status, _, said = report(capsys, "--decisions", "decisions.json")
    assert status == 2
    assert "decided twice" in said
