"""The machine-readable report, version 1, for scripts, editors and measurements.

Its shape is a promise (schemas/check.schema.json): fields may be added in a later version, never
renamed or dropped in this one.
"""

from __future__ import annotations

from typing import Any

from claimlint.model import Checked, Finding, Run, Signals
from claimlint.reporters.view import SEVERITIES, Spot, Tally, dump_lines, listed, locator, plain, spots, tally

SIGNALS = (
    "promotes",
    "cta",
    "risk_disclosure",
    "harms",
    "investigational_notice",
    "citations",
    "author",
    "date",
)
"""The signals that reports show, in this order."""


def render(run: Run) -> str:
    """One JSON object; ``summary`` counts everything, ``findings`` holds what ``--show`` lists."""
    findings = [
        _finding(checked, finding, spot)
        for checked in run.checked
        for finding, spot in spots(checked.document, listed(run, checked))
    ]
    return dump_lines(
        {
            "version": 1,
            "tool": _tool(run),
            "findings": findings,
            "documents": [_document(checked) for checked in run.checked],
            "failures": [{"path": failure.path, "reason": failure.reason} for failure in run.failures],
            "summary": _summary(run, tally(run)),
        }
    )


def signals_of(signals: Signals) -> dict[str, bool]:
    """The eight booleans of the contract."""
    return {name: bool(getattr(signals, name)) for name in SIGNALS}


def _tool(run: Run) -> dict[str, Any]:
    tool: dict[str, Any] = {"name": "claimlint", "version": run.version, "rules": len(run.rules)}
    if run.as_of:
        tool["as_of"] = run.as_of
    if run.stamp:
        tool["stamp"] = dict(sorted(run.stamp.items()))
    return tool


def _finding(checked: Checked, finding: Finding, spot: Spot | None) -> dict[str, Any]:
    at = locator(checked.document, finding)
    return {
        "path": finding.path,
        "rule": finding.rule,
        "category": finding.category,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "message": finding.message,
        "start": finding.start if spot else None,
        "end": finding.end if spot else None,
        "line": spot.line if spot else None,
        "column": spot.column if spot else None,
        "end_line": spot.end_line if spot else None,
        "end_column": spot.end_column if spot else None,
        **({"locator": at} if at else {}),
        "quote": finding.quote,
        "sentence": finding.sentence,
        "why": [{"kind": reason.kind, "text": reason.text} for reason in finding.why],
        "suggestions": list(finding.suggest),
        "fixes": [
            {
                "start": fix.start,
                "end": fix.end,
                "replacement": fix.replacement,
                "description": fix.description,
                "safe": fix.safe,
            }
            for fix in finding.fixes
        ],
        "evidence": plain(finding.evidence),
        "provisions": plain(finding.provisions),
        "fingerprint": finding.fingerprint,
        "suppressed": finding.suppressed,
    }


def _document(checked: Checked) -> dict[str, Any]:
    return {
        "path": checked.document.path,
        "format": checked.document.format,
        "speaker": checked.signals.speaker,
        "signals": signals_of(checked.signals),
        "credibility": plain(checked.credibility),
    }


def _summary(run: Run, total: Tally) -> dict[str, Any]:
    return {
        "documents": total.documents,
        "findings": total.total,
        **{f"{severity.value}s": total.severities[severity] for severity in SEVERITIES},
        "categories": dict(total.categories),
        "suppressed": total.suppressed,
        "held_back": total.held_back,
        "hidden": total.hidden,
        "skipped": total.skipped,
        "not_checked": total.not_checked,
        "shown": run.shown.value,
        "failing": run.failing.value if run.failing else None,
    }
