"""What was found on one page as rows of the tables, each with the page's id, site and address.

The same facts that the JSON report and the ledger show, in columns.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from claimlint.model import Block, Checked, Document, Finding, Place, Run, Scope, Severity
from claimlint.reporters.claims import rows as claim_rows
from claimlint.reporters.json import signals_of
from claimlint.reporters.view import plain
from claimlint.spans import LineIndex, to_source

_SHARED = frozenset({Scope.NAVIGATION, Scope.FOOTER})
_AROUND = 160
_WITH_LINES = frozenset({"html", "text"})

Rows = dict[str, list[dict[str, Any]]]
"""Table -> its rows."""


def add(row: dict[str, Any], checked: Checked, rows: Rows) -> None:
    """Adds what was found on a page to ``rows``, and the counts to its ``row`` of ``pages``."""
    where = {name: row[name] for name in ("page_id", "site", "url")}
    document = checked.document
    shared: dict[int, str] = {}
    blocks: dict[str, dict[str, Any]] = {}
    for number, block in enumerate(document.blocks):
        if block.scope in _SHARED:
            made = _block(where, block)
            shared[number] = made["block"]
            blocks.setdefault(made["block"], made)
    rows["blocks"] += blocks.values()
    lines = LineIndex(document.source)
    _add_findings(row, where, checked, lines, shared, rows)
    _add_claims(row, where, checked, shared, rows)
    rows["signals"].append({
        **where,
        **signals_of(checked.signals),
        "speaker": checked.signals.speaker,
        "shown": [
            {"signal": name, "quote": reason.text, **_span(document, reason.place)}
            for name, reasons in sorted(checked.signals.reasons.items())
            for reason in reasons[:3]
        ],
    })  # fmt: skip
    rows["credibility"].append({**where, **_card(checked.credibility)})


def _block(where: dict[str, Any], block: Block) -> dict[str, Any]:
    text = "\0".join((where["site"], block.scope.value, block.text))
    key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]
    return {
        "site": where["site"],
        "block": key,
        "scope": block.scope.value,
        "text": block.text,
        "pages": 1,
        "page_id": where["page_id"],
    }


def _add_findings(
    row: dict[str, Any],
    where: dict[str, Any],
    checked: Checked,
    lines: LineIndex,
    shared: Mapping[int, str],
    rows: Rows,
) -> None:
    document = checked.document
    counted = dict.fromkeys(Severity, 0)
    for number, finding in enumerate(checked.findings):
        if finding.suppressed is None:
            counted[finding.severity] += 1
        key = shared.get(finding.place.block) if finding.place else None
        rows["findings"].append(
            {**where, "number": number, "block": key, **_finding(document, finding, lines)}
        )
        for record in finding.provisions:
            rows["provisions"].append({
                **where,
                "fingerprint": finding.fingerprint,
                "number": number,
                "block": key,
                "rule": finding.rule,
                "severity": finding.severity.value,
                "provision": str(record["id"]),
                "jurisdiction": record.get("jurisdiction"),
                "title": record.get("title"),
                "source_url": record.get("source_url"),
            })  # fmt: skip
    row["findings"] = sum(counted.values())
    for severity, count in counted.items():
        row[f"{severity.value}s"] = count


def _finding(document: Document, finding: Finding, lines: LineIndex) -> dict[str, Any]:
    place = finding.place
    block = document.blocks[place.block] if place is not None else None
    before = after = ""
    heading = None
    if block is not None and place is not None:
        before = block.text[max(0, place.start - _AROUND) : place.start]
        after = block.text[place.end : place.end + _AROUND]
        heading = document.blocks[block.heading].text if block.heading is not None else None
    spot = (
        lines.position(finding.start)
        if finding.start is not None and document.format in _WITH_LINES
        else (None, None)
    )
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "message": finding.message,
        "quote": finding.quote,
        "sentence": finding.sentence,
        "before": before,
        "after": after,
        "heading": heading,
        "scope": block.scope.value if block else None,
        "start": finding.start,
        "end": finding.end,
        "line": spot[0],
        "column": spot[1],
        "why": [{"kind": reason.kind, "text": reason.text} for reason in finding.why],
        "suggestions": list(finding.suggest),
        "evidence": json.dumps(plain(finding.evidence), ensure_ascii=False, sort_keys=True)
        if finding.evidence
        else None,
        "provisions": [str(record["id"]) for record in finding.provisions],
        "suppressed": finding.suppressed,
    }


def _add_claims(
    row: dict[str, Any],
    where: dict[str, Any],
    checked: Checked,
    shared: Mapping[int, str],
    rows: Rows,
) -> None:
    row["claims"] = len(checked.claims)
    if not checked.claims:
        return
    blocks = iter(sorted((claim.place.block, claim.place.start) for claim, _ in checked.claims))
    for number, claim in enumerate(claim_rows(_run(checked), {})):
        key = shared.get(next(blocks)[0])
        evidence = claim["evidence"] or {}
        rows["claims"].append({
            **where,
            "number": number,
            "block": key,
            **{name: claim[name] for name in _CLAIM},
            "tier": evidence.get("tier"),
            "allowed": evidence.get("allowed"),
            "records": evidence.get("records", []),
            "detail": evidence.get("detail") or None,
            "references": [f"{one['kind']} {one['id']}" for one in claim["references"]],
        })  # fmt: skip


_CLAIM = (
    "fingerprint",
    "text", "sentence", "start", "end", "line", "column", "strength", "modal", "intervention", "condition", "effect", "effect_class",
    "target_kind", "experiencer", "negated", "attributed", "inherited", "contexts", "confidence", "verdict",
)  # fmt: skip


def _run(checked: Checked) -> Run:
    return Run((checked,), (), ())


def _span(document: Document, place: Place) -> dict[str, Any]:
    if place.end <= place.start:
        return {"start": None, "end": None}
    start, end = to_source(document.blocks[place.block], place.start, place.end)
    return {"start": start, "end": end}


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    balance, totals = card["balance"], card["instruments"]
    return {
        "score": card["score"],
        "factor": card["factor"],
        "conflict_of_interest": card["conflict_of_interest"]["state"] == "present",
        "benefit_words": balance["benefit_words"],
        "risk_words": balance["risk_words"],
        "hype_words": balance["certainty_or_hype_words"],
        **{name: totals[name]["present"] for name in ("jama", "discern", "hon")},
        "items": [
            {name: item[name] for name in ("instrument", "item", "state", "value")} for item in card["items"]
        ],
    }
