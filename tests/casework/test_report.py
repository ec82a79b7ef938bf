"""The report on a dataset: what stands in it, that it is the same each time, and that nothing is lost or overwritten."""

from __future__ import annotations

import csv
import io
import json
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

pytest.importorskip("duckdb")

from claimlint.api import load_rules
from claimlint.batch.site_report import folder_name
from claimlint.batch.site_view import live_link
from claimlint.cli import main
from tests.reporters.test_sarif_multitool import complaints, needs_tool

from . import made


def small(folder: Path) -> Path:
    """Two sites: one with findings and a page that failed, one of which nothing could be judged."""
    rule = load_rules().rules[0]
    pages = [
        made.page(
            "a.example",
            number,
            title=f"Page {number}",
            fetched=made.WHEN,
            record_id=f"<urn:uuid:{number}>",
            payload_digest="sha256:ab",
        )
        for number in range(3)
    ]
    pages[2] |= {"state": "failed", "reason": "took longer than 30 seconds"}
    lost = made.page("b.example", 0, state="not_checked", reason="not checked: language de")
    found = [
        made.finding(
            pages[0],
            0,
            "cures gout",
            rule=rule.id,
            evidence='[{"record": "r1", "summary": "No trial.", "tier": "E0", "verdict": "contradicted"}]',
        ),
        made.finding(pages[0], 1, "=1+1", severity="note", category="evidence"),
        made.finding(
            pages[1],
            0,
            "",
            severity="warning",
            category="missing-notice",
            rule="team/own",
            start=None,
            end=None,
            line=None,
            column=None,
        ),
        made.finding(pages[1], 1, "let stand", suppressed="because"),
    ]
    law = [
        {
            **{
                key: found[0][key]
                for key in ("page_id", "site", "url", "number", "rule", "severity", "fingerprint")
            },
            "provision": "us-1",
            "title": "An Act, s. 1",
            "jurisdiction": "us",
            "source_url": "https://law.example/1",
        }
    ]
    tables: dict[str, list[Any]] = {
        "pages": [*pages, lost],
        "findings": found,
        "provisions": law,
        "signals": [made.signal(pages[0], promotes=True, cta=True)],
        "claims": [
            {
                "page_id": pages[0]["page_id"],
                "site": "a.example",
                "url": pages[0]["url"],
                "strength": "causal",
                "condition": "gout",
            }
        ],
    }
    return made.write(
        folder, tables, sources=[{"source": "cut.warc.gz", "kind": "warc", "problem": "breaks off at byte 9"}]
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def report(tmp_path: Path) -> Path:
    assert main(["batch", "report", str(small(tmp_path / "data")), "--out", str(tmp_path / "report")]) == 0
    return tmp_path / "report"


def test_the_same_bytes_each_time(report, tmp_path, capsys):
    """Built again over itself, and elsewhere, the report is the same to the byte."""
    before = contents(report)
    for out in (report, tmp_path / "other"):
        assert main(["batch", "report", str(tmp_path / "data"), "--out", str(out)]) == 0
        assert contents(out) == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".claimlint")] == []
    assert "2 pages not judged, of 1 site none at all: don't read them as clean" in capsys.readouterr().err


def test_the_index_lists_every_site(report):
    """Sites in the order of the ranking, readable without a script; what was not judged stands first and in words."""
    text = (report / "index.html").read_text(encoding="utf-8")
    table = text[text.index("<tbody>") : text.index("</tbody>")]
    assert table.index("b.example") < table.index("a.example")
    assert "none of its 1 page could be judged" in text
    assert "breaks off at byte 9" in text
    assert "Do not read these as clean" in text
    assert [row["site"] for row in json.loads((report / "report.json").read_text())["sites"]] == [
        "b.example",
        "a.example",
    ]
    rows = list(csv.DictReader(io.StringIO((report / "sites.csv").read_text(encoding="utf-8"))))
    assert [(row["site"], row["score"] != "") for row in rows] == [("b.example", False), ("a.example", True)]


def test_the_page_of_a_site(report):
    """Quotation in context, provision, evidence, record, digest and the link to the live words; the reason for what is missing."""
    text = (report / "sites" / "a.example" / "index.html").read_text(encoding="utf-8")
    for part in (
        "We say <mark", "cures gout</mark> .", "An Act, s. 1", "https://law.example/1", "No trial.", "&lt;urn:uuid:0&gt;", "sha256:ab",
        "https://a.example/page-0#:~:text=cures%20gout", "took longer than 30 seconds", "1 of 1 promoting pages invite contact",
        "2031-05-06T07:08:09+00:00",
    ):  # fmt: skip
        assert part in text, part
    assert "let stand" not in text


def test_the_csv(report):
    """Every finding and every page that was not judged; no cell that a spreadsheet would run."""
    rows = list(
        csv.DictReader(
            io.StringIO((report / "sites" / "a.example" / "findings.csv").read_text(encoding="utf-8"))
        )
    )
    assert [row["severity"] for row in rows] == ["error", "note", "warning", "error", "not-judged"]
    assert rows[1]["quote"] == "'=1+1"
    assert rows[0]["record_id"] == "<urn:uuid:0>"
    assert rows[3]["suppressed"] == "because"
    assert rows[4]["message"] == "took longer than 30 seconds"


def test_the_sarif(report):
    """Standing findings, each with a declared rule and an artifact; what was not judged makes the run unsuccessful."""
    (run,) = json.loads((report / "sites" / "a.example" / "findings.sarif").read_text(encoding="utf-8"))[
        "runs"
    ]
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == 3
    for one in run["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
        where = one["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][where["index"]]["location"]["uri"] == where["uri"]
    assert run["invocations"][0]["executionSuccessful"] is False
    assert "took longer" in run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


@needs_tool
def test_the_validator_is_content(report, tmp_path):
    """Microsoft's validator finds nothing in either site's log."""
    for path in report.glob("sites/*/findings.sarif"):
        assert complaints(path.read_text(encoding="utf-8"), tmp_path) == []


def test_other_peoples_files_stay(tmp_path, capsys):
    """A folder that holds something else is never written to."""
    small(tmp_path / "data")
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine")
    assert main(["batch", "report", str(tmp_path / "data"), "--out", str(other)]) == 2
    assert "holds something other than a report" in capsys.readouterr().err
    assert contents(other) == {"thesis.txt": b"mine"}


@pytest.mark.parametrize(
    "command", [["report", "{}", "--out", "x"], ["case", "{}", "a.example", "--out", "x.zip"]]
)
def test_no_dataset(command, tmp_path, capsys):
    """A folder without one is one message."""
    assert main(["batch", *(part.format(tmp_path) for part in command)]) == 2
    assert "is no dataset" in capsys.readouterr().err


def test_screenshots(tmp_path):
    """A picture that the crawl kept beside a page is shown in place; what is no JPEG is not."""
    pages = [made.page("a.example", number) for number in range(2)]
    picture = b"\xff\xd8\xff" + b"x" * 50
    made.archive(
        tmp_path / "a.warc.gz",
        pages[:1],
        [b"<p>x"],
        extras=(made.warc.Extra("resource", "urn:x", "image/jpeg", picture),),
    )
    made.archive(
        tmp_path / "b.warc.gz",
        pages[1:],
        [b"<p>x"],
        extras=(made.warc.Extra("resource", "urn:x", "image/jpeg", b"<svg>"),),
    )
    made.write(
        tmp_path / "data", {"pages": pages, "findings": [made.finding(page, 0, "x") for page in pages]}
    )
    assert main(["batch", "report", str(tmp_path / "data"), "--out", str(tmp_path / "report")]) == 0
    text = (tmp_path / "report" / "sites" / "a.example" / "index.html").read_text(encoding="utf-8")
    assert text.count("<img") == 1
    assert f'src="data:image/jpeg;base64,{b64encode(picture).decode()}"' in text


def test_names_of_folders():
    """Sites that differ never share a folder, and none leaves it."""
    names = [
        "a.example",
        "A.example",
        "a_b",
        "a/b",
        "a?b",
        "../../etc",
        "..",
        "",
        "con",
        "x" * 300,
        "x" * 301,
        "\u202e.example",
        "\ud800",
    ]
    made_names = [folder_name(name) for name in names]
    assert len(set(made_names)) == len(names)
    for name in made_names:
        assert "/" not in name
        assert not name.startswith("..")
        assert name.isascii()
        assert 0 < len(name) <= 90


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("cures gout", "cures gout"),
        ("100% safe, really - & sound", "100% safe, really - & sound"),
        ("word " * 60, "word word word word word,word word word word word"),
    ],
)
def test_links_to_the_live_words(quote, text):
    """Commas, hyphens and ampersands have a meaning in a text fragment and are escaped; long quotations are given by their ends."""
    link = live_link("https://a.example/p?x=1#top", quote)
    base, _, fragment = link.partition("#:~:text=")
    assert base == "https://a.example/p?x=1"
    assert unquote(fragment) == text
    assert "-" not in fragment
    assert "&" not in fragment
    assert fragment.count(",") == (1 if len(quote) > 160 else 0)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//a.example", "folder/page.html"]
)
def test_no_link_to_what_is_no_web_address(url):
    """A page that has no web address is not linked."""
    assert live_link(url, "cures") == ""
