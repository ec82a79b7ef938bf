"""The SARIF report: every rule declared, every place exact, every address well formed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from claimlint.cli import main
from claimlint.model import Checked, Document, Run, Scope, Signals
from claimlint.reporters import render
from claimlint.reporters.sarif import location
from claimlint.reporters.sarif_extras import MOST_RESULTS, cut
from claimlint.reporters.sarif_rules import DOCS

from . import runs


def log(run: Run) -> dict:
    return json.loads(render("sarif", run))["runs"][0]


def test_all_loaded_rules_are_declared_with_help():
    """Rules that found nothing are declared too, each once, with help text and a page."""
    rules = log(runs.clean())["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.id for rule in runs.RULES]
    for rule in rules:
        assert rule["helpUri"] == f"{DOCS}/{rule['id']}"
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["shortDescription"]["text"].endswith(".")
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["error", "warning", "note"]


def test_results_point_to_their_rule():
    """ruleIndex leads to the rule of the same id, also for a rule that has no file."""
    run = log(runs.mixed())
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert "core/overclaim/cure-verb" in [rule["id"] for rule in rules]


def test_regions_are_code_points():
    """Columns and offsets cut the snippet out of the source, the end exclusive."""
    checked = runs.mixed().checked[0]
    run = log(runs.mixed())
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"][:3]:
        region = result["locations"][0]["physicalLocation"]["region"]
        line = checked.document.source.split("\n")[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == region["snippet"]["text"]
        start = region["charOffset"]
        assert checked.document.source[start : start + region["charLength"]] == region["snippet"]["text"]


def test_document_level_findings_span_the_document():
    """A finding without a place gets the region from the first to the last character."""
    result = next(r for r in log(runs.mixed())["results"] if r["ruleId"] == "core/page/missing-notice")
    source = runs.mixed().checked[0].document.source
    last = source.split("\n")[-1]
    assert result["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 1,
        "startColumn": 1,
        "endLine": source.count("\n") + 1,
        "endColumn": len(last) + 1,
    }


def test_fingerprints_and_fixes():
    """The fingerprint is carried as it is, and a fix replaces exactly its region."""
    run = log(runs.mixed())
    proof = run["results"][1]
    assert proof["partialFingerprints"] == {"claimlint/v1": "fp-core/overclaim/proof-verb-proven to cure"}
    change = proof["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert change["insertedContent"]["text"] == "studied"
    assert change["deletedRegion"] == {"startLine": 7, "startColumn": 13, "endLine": 7, "endColumn": 19}


def test_suppressions_only_on_request():
    """Suppressed results would open alerts: they are left out unless shown, then with kind and reason."""
    assert not any("suppressions" in result for result in log(runs.mixed())["results"])
    shown = log(replace(runs.mixed(), show_suppressed=True))["results"]
    kept = [result["suppressions"] for result in shown if "suppressions" in result]
    assert kept == [[{"kind": "inSource", "justification": "agreed with counsel until spring"}]]


def test_failures_are_notifications_and_no_success():
    """A run with a file that could not be checked did not succeed, and says which file and why."""
    invocation = log(runs.failures())["invocations"][0]
    assert invocation["executionSuccessful"] is False
    first, second = invocation["toolExecutionNotifications"]
    assert first["level"] == "error"
    assert "not UTF-8" in first["message"]["text"]
    place = first["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "file:///srv/site/broken%20%C3%BC.html"}
    assert "French" in second["message"]["text"]
    assert log(runs.clean())["invocations"] == [{"executionSuccessful": True}]


@pytest.mark.parametrize(
    ("path", "uri", "relative"),
    [
        ("a b/ü.md", "a%20b/%C3%BC.md", True),
        ("./a.md", "a.md", True),
        ("100%#?.md", "100%25%23%3F.md", True),
        ("a:b.md", "a%3Ab.md", True),
        ("back\\slash.md", "back%5Cslash.md", True),
        ("bad\udcff.md", "bad%FF.md", True),
        ("/srv/a b.md", "file:///srv/a%20b.md", False),
        ("C:\\site\\a.md", "file:///C:/site/a.md", False),
        ("//host/share/a.md", "file://host/share/a.md", False),
        ("<stdin>", "%3Cstdin%3E", True),
    ],
)
def test_addresses(path, uri, relative):
    """Relative paths stay relative to the root, absolute ones become file: URIs, all percent-encoded."""
    assert location(path) == ({"uri": uri, "uriBaseId": "SRCROOT"} if relative else {"uri": uri})


def test_documents_are_artifacts():
    """Each document checked is an artifact, and results name it by its index."""
    run = log(runs.mixed())
    assert [item["location"]["uri"] for item in run["artifacts"]] == [
        "site/home%20page.md",
        "site/leaflet.docx",
        "site/kind.md",
    ]
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][place["index"]]["location"]["uri"] == place["uri"]


def test_commit_and_clock_only_with_stamp():
    """Version control enters the log only where the run is stamped."""
    assert "versionControlProvenance" not in log(runs.mixed())
    stamp = {"repository": "https://example.org/lumora.git", "commit": "0123abcd"}
    stamped = log(replace(runs.mixed(), stamp=stamp))["versionControlProvenance"]
    assert stamped[0]["revisionId"] == "0123abcd"
    outside = Checked(Document("/srv/a.md", "markdown", "x", ()), Signals(), ())
    mixed = replace(runs.mixed(), stamp=stamp, checked=(*runs.mixed().checked, outside))
    assert "versionControlProvenance" not in log(mixed)


def test_empty_document_still_has_a_region():
    """GitHub refuses a result without a region, also in an empty file."""
    whole = runs.mixed().checked[0].findings[-1]
    run = Run((Checked(Document("e.md", "markdown", "", ()), Signals(), (whole,)),), (), ())
    region = log(run)["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2}


def test_heading_path_and_lead_in():
    """A result names the headings above it, outermost first, and the words that introduce its list."""
    doc = runs.document(
        "a.md",
        (Scope.HEADING, "Drips"),
        (Scope.HEADING, "For skin"),
        (Scope.PARAGRAPH, "Our drip:"),
        (Scope.LIST_ITEM, "is proven"),
    )
    blocks = list(doc.blocks)
    blocks[1] = replace(blocks[1], heading=0)
    blocks[3] = replace(blocks[3], heading=1, lead_in=2)
    doc = replace(doc, blocks=tuple(blocks))
    found = (runs.finding(doc, "Our drip"), runs.finding(doc, "proven"))
    first, second = log(Run((Checked(doc, Signals(), found),), (), runs.RULES))["results"]
    (above,) = second["locations"][0]["logicalLocations"]
    assert (above["name"], above["fullyQualifiedName"]) == ("For skin", "Drips / For skin")
    assert second["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 5
    assert "relatedLocations" not in first


def test_the_gravest_results_stay():
    """Over the limit the mildest go, the order stays, and a notification counts what is missing."""
    results = [
        {"level": level, "n": n} for n, level in enumerate(["note", "error", "warning", "note", "error"])
    ]
    kept, gone = cut(results, 3)
    assert [one["n"] for one in kept] == [1, 2, 4]
    assert gone == 2
    assert cut(results, 5) == (results, 0)
    doc = runs.document("a.md", (Scope.PARAGRAPH, "It is proven."))
    many = (runs.finding(doc, "proven"),) * (MOST_RESULTS + 7)
    made = log(Run((Checked(doc, Signals(), many),), (), runs.RULES))
    assert len(made["results"]) == MOST_RESULTS
    (notice,) = made["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("7 results were left out")
    declared = made["tool"]["driver"]["notifications"]
    assert declared[notice["descriptor"]["index"]]["id"] == notice["descriptor"]["id"] == "results-left-out"


def test_evidence_is_a_related_location():
    """The record that decided stands with its tier, its sentence and its first source, and by id among the properties."""
    result = next(
        one
        for one in json.loads(render("sarif", runs.mixed()))["runs"][0]["results"]
        if one["ruleId"] == runs.PROOF
    )
    (record,) = [one for one in result["relatedLocations"] if "Evidence on record" in one["message"]["text"]]
    assert record["message"]["text"] == (
        "Evidence on record: E0, vitamin-drip-eczema: Tested once without benefit."
    )
    assert record["physicalLocation"]["artifactLocation"]["uri"] == "https://doi.org/10.0000/madeup"
    assert result["properties"]["evidence"] == ["vitamin-drip-eczema"]


def test_baseline_on_the_command_line(tmp_path, monkeypatch, capsys):
    """With a baseline every result is new, and without one nothing is said of it."""
    monkeypatch.chdir(tmp_path)
    page = tmp_path / "page.md"
    page.write_text("Our drops cure gout.\n", encoding="utf-8")
    assert main(["baseline", "create", "page.md"]) == 0
    page.write_text("Our drops cure gout.\n\nOur drops cure eczema.\n", encoding="utf-8")
    capsys.readouterr()
    states = []
    for more in ([], ["--baseline", ".claimlint-baseline"]):
        main(["check", "--format", "sarif", "--as-of", "2026-11-24", *more, "page.md"])
        results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
        states.append([one.get("baselineState") for one in results])
    assert len(states[0]) > len(states[1]) > 0
    assert set(states[0]) == {None}
    assert set(states[1]) == {"new"}
