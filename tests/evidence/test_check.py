"""What is wrong with an evidence file is told with its line and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from claimlint.evidence.check import problems
from claimlint.rules.locate import data_folder

GOOD = """\
version: 1
as_of: 2026-01-01
interventions:
  - {id: drops, name: drops}
conditions:
  - {id: cough, name: cough}
records:
  - id: drops/cough
    intervention: drops
    condition: cough
    verified: {tier: E2, confidence: M}
    flags: [X]
    regulatory: [{jurisdiction: EU, status: R0, since: "2020", as_of: 2026-01-01, confidence: M}]
    summary: One small trial (2020).
    sources: [{title: A trial, url: "https://example.org/trial", date: 2020-05, confidence: M}]
    as_of: 2026-01-01
    recheck_months: 24
"""


def told(tmp_path: Path, text: str) -> list[str]:
    """The problems of a file with this text, without the folder's name."""
    file = tmp_path / "own.yaml"
    file.write_text(text, encoding="utf-8")
    return [problem.removeprefix(f"{tmp_path}/") for problem in problems(str(file))]


def test_a_sound_file_has_no_problem(tmp_path: Path) -> None:
    """The file that the other cases spoil is sound."""
    assert told(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "as_of: 2026-01-01\nint",
            "as_of: 2026-02-30\nint",
            "own.yaml:2: 'as_of' can't be '2026-02-30': there is no such date",
        ),
        (
            "date: 2020-05",
            "date: 2020-13",
            "own.yaml:15: 'records.sources.date' can't be '2020-13': there is no such date",
        ),
        (
            "date: 2020-05",
            "date: May 2020",
            "own.yaml:15: 'records.sources.date' can't be 'May 2020': it must be a year",
        ),
        (
            "https://example.org/trial",
            "example.org",
            "own.yaml:15: 'records.sources.url' can't be 'example.org': it must be an address",
        ),
        ("https://example.org/trial", "javascript:alert(1)", "own.yaml:15: 'records.sources.url' can't be"),
        ("    summary:", "    sumary:", "own.yaml:14: unknown key 'sumary' (did you mean 'summary'?)"),
        ("tier: E2", "tier: E9", "own.yaml:11: 'records.verified.tier' can't be 'E9'"),
        ("status: R0", "status: R7", "own.yaml:13: 'records.regulatory.status' can't be 'R7'"),
        ("flags: [X]", "flags: X", "own.yaml:12: 'records.flags' must be a list"),
        ("id: drops/cough", "id: Drops", "own.yaml:8: 'records.id' can't be 'Drops'"),
        (
            "    condition: cough",
            "    condition: caugh",
            "own.yaml:10: 'condition' names 'caugh', which isn't listed in 'conditions' (did you mean",
        ),
        (
            "    intervention: drops",
            "    intervention: pills",
            "own.yaml:9: 'intervention' names 'pills', which isn't listed",
        ),
        (
            "    flags: [X]",
            "    superseded_by: drops/other",
            "own.yaml:12: 'superseded_by' names 'drops/other', which is no other record",
        ),
        (
            "    flags: [X]",
            "    superseded_by: drops/cough",
            "own.yaml:12: 'superseded_by' names 'drops/cough', which is no other record",
        ),
        ('since: "2020"', 'since: "2027"', "own.yaml:13: 'since' is later than 'as_of'"),
        (
            'since: "2020"',
            "since: 2020",
            "own.yaml:13: 'records.regulatory.since' must be text: put it in quotes, \"2020\"",
        ),
        (
            "recheck_months: 24",
            "recheck_months: 0",
            "own.yaml:17: 'records.recheck_months' must be at least 1",
        ),
        (
            "recheck_months: 24",
            "recheck_months: yes",
            "own.yaml:17: 'records.recheck_months' must be a whole number",
        ),
        ("    recheck_months: 24\n", "", "own.yaml:8: the key 'recheck_months' is missing"),
        (
            "name: cough",
            "name: cough, broader: cold",
            "own.yaml:6: 'broader' names 'cold', which isn't listed",
        ),
        ("name: cough", "name: cough, broader: cough", "own.yaml:6: 'cough' is broader than itself"),
        (
            "  - {id: cough, name: cough}",
            "  - {id: cough, name: cough}\n  - {id: cough, name: cold}",
            "own.yaml:7: the id 'cough' is there twice",
        ),
        ("version: 1", "version: 1\nversion: 1", "own.yaml:2: the key 'version' is there twice"),
        ("records:", "papers:", "own.yaml:1: neither 'records'"),
        ("summary: One small trial (2020).", 'summary: ""', "own.yaml:14: 'records.summary' is empty"),
    ],
)
def test_each_fault_is_told_at_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    """A spoilt file yields exactly this message, with the line of the fault."""
    assert old in GOOD
    found = told(tmp_path, GOOD.replace(old, new, 1))
    assert any(problem.startswith(message) for problem in found), found


def test_a_high_tier_needs_a_source(tmp_path: Path) -> None:
    """Tiers E3 and E4 can't stand without a source."""
    text = GOOD.replace("tier: E2", "tier: E4").replace(
        '[{title: A trial, url: "https://example.org/trial", date: 2020-05, confidence: M}]', "[]"
    )
    assert told(tmp_path, text) == ["own.yaml:8: tier E4 needs a source"]


def test_two_records_of_one_id(tmp_path: Path) -> None:
    """A duplicate id is told at the second one."""
    record = GOOD[GOOD.index("  - id: drops/cough") :]
    assert told(tmp_path, GOOD + record) == ["own.yaml:18: the id 'drops/cough' is there twice"]


def test_text_that_is_no_yaml(tmp_path: Path) -> None:
    """Broken YAML is one problem with its line, not a traceback."""
    found = told(tmp_path, "records: [")
    assert len(found) == 1
    assert "not valid YAML" in found[0]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A path that leads nowhere is a problem, never clean."""
    assert "can't be read" in problems(str(tmp_path / "none.yaml"))[0]


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    """A folder without records is a problem, never clean."""
    assert "no .yaml file" in problems(str(tmp_path))[0]


def test_dangling_seed_references_are_told(tmp_path: Path) -> None:
    """Within a folder, a reference to an assertion that no seed record holds is told."""
    for path in data_folder("seeds").glob("*.yaml"):
        shutil.copy(path, tmp_path)
    assert problems(str(tmp_path)) == []
    file = tmp_path / "evidence.yaml"
    file.write_text(file.read_text("utf-8").replace('"004:14"', '"004:99"'), encoding="utf-8")
    found = problems(str(tmp_path))
    assert len(found) == 1
    assert found[0].endswith("no seed record holds the assertion '004:99'")


def test_seed_faults_are_told(tmp_path: Path) -> None:
    """A seed record's ids must fit its document and its offsets must lie within it."""
    text = (data_folder("seeds") / "003.yaml").read_text("utf-8")
    found = told(tmp_path, text.replace('- id: "003:44"', '- id: "002:44"'))
    assert any("'002:44' must start with '003:'" in problem for problem in found)
    found = told(tmp_path, text.replace("characters: 5719", "characters: 100"))
    assert any("the offsets don't lie within the document" in problem for problem in found)
