"""What SARIF can say beyond rule, place and message: the heading path, the lead-in, and what was left out.

Consumers that know these parts group and explain results with them; others lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from claimlint.model import Document, Finding
from claimlint.reporters.view import addresses, detail_of, encodable, locator, name_of, visible
from claimlint.spans import LineIndex, to_source

MOST_RESULTS = 25_000
"""GitHub refuses a run with more."""
MOST_RECORDS = 3
"""Evidence records that a result names; words that cover many diseases have a dozen."""


def cut(results: list[dict[str, Any]], most: int = MOST_RESULTS) -> tuple[list[dict[str, Any]], int]:
    """At most ``most`` results, the gravest, in their order; and how many are left out."""
    if len(results) <= most:
        return results, 0
    rank = {"error": 0, "warning": 1}
    gravest = sorted(range(len(results)), key=lambda at: (rank.get(results[at]["level"], 2), at))[:most]
    return [results[at] for at in sorted(gravest)], len(results) - most


def left_out_rule() -> dict[str, Any]:
    """How the notification about left out results is declared."""
    return {
        "id": "results-left-out",
        "name": "ResultsLeftOut",
        "shortDescription": {"text": "Results that did not fit into this log."},
        "fullDescription": {"text": "A log holds a limited number of results: the mildest were left out."},
        "help": {"text": "Check fewer files at a time, or show errors and warnings alone."},
        "defaultConfiguration": {"level": "warning"},
    }


def left_out(number: int, index: int) -> dict[str, Any]:
    """The notification that ``number`` results were left out."""
    return {
        "descriptor": {"id": "results-left-out", "index": index},
        "level": "warning",
        "message": {
            "text": f"{number} results were left out, the mildest first: a log holds {MOST_RESULTS} at most."
        },
    }


def logical(document: Document, finding: Finding) -> list[dict[str, Any]]:
    """The headings above the words, outermost first, as one logical location; the paragraph or page, where known."""
    found = []
    names = [visible(encodable(name)) for name in _headings(document, finding)]
    if names:
        path = " / ".join(names)
        found.append({"name": names[-1], "fullyQualifiedName": path, "kind": "module"})
    at = locator(document, finding)
    if at:
        found.append({"name": encodable(at), "kind": "member"})
    return found


def _headings(document: Document, finding: Finding) -> list[str]:
    if finding.place is None:
        return []
    names: list[str] = []
    at = document.blocks[finding.place.block].heading
    while at is not None and len(names) < 10:
        block = document.blocks[at]
        names.insert(0, block.text[:200])
        at = block.heading if block.heading is not None and block.heading < at else None
    return names


def related(document: Document, finding: Finding, where: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The words that introduce a list item, since they belong to what it says, and the evidence records."""
    places = [*_lead_in(document, finding, where), *_records(finding)]
    return [{"id": number, **place} for number, place in enumerate(places, 1)]


def _records(finding: Finding) -> Iterator[dict[str, Any]]:
    """The first records that decided, each at its first source."""
    for record in finding.evidence[:MOST_RECORDS]:
        name = str(record.get("record") or record.get("id") or "")
        tier = f"{record['tier']}, " if record.get("tier") else ""
        said = ": ".join(part for part in (f"{tier}{name_of(record)}", detail_of(record)) if part)
        source = next(iter(addresses(record)), None)
        if source is None:  # code scanning wants a physical place of every location
            continue
        place: dict[str, Any] = {
            "message": {"text": _stop(f"Evidence on record: {said}")},
            "physicalLocation": {"artifactLocation": {"uri": source}},
        }
        if name:
            place["logicalLocations"] = [{"fullyQualifiedName": visible(encodable(name)), "kind": "resource"}]
        yield place


def _stop(text: str) -> str:
    return visible(encodable(" ".join(text.split()))).rstrip(".") + "."


def _lead_in(document: Document, finding: Finding, where: Mapping[str, Any]) -> list[dict[str, Any]]:
    if finding.place is None:
        return []
    lead = document.blocks[finding.place.block].lead_in
    if lead is None or not document.blocks[lead].segments:
        return []
    block = document.blocks[lead]
    start, end = to_source(block, 0, len(block.text))
    index = LineIndex(document.source)
    (line, column), (end_line, end_column) = index.position(start), index.position(end)
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return [
        {
            "message": {"text": "This introduces the list."},
            "physicalLocation": {"artifactLocation": dict(where), "region": region},
        }
    ]
