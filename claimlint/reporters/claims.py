"""The claims ledger: every claim with its slots, its strength and the verdict on it.

A reviewer reads the table, a script the JSON, a spreadsheet the CSV; all are made from the
same rows, so they can't disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from claimlint.errors import UsageError, did_you_mean
from claimlint.evidence.ids import Id, tied
from claimlint.model import Checked, Claim, Document, Place, Run, Verdict
from claimlint.reporters.csv import table as csv_table
from claimlint.reporters.view import count, dump_lines, encodable, visible
from claimlint.spans import LineIndex, to_source

COLUMNS = (
    "path",
    "line",
    "column",
    "strength",
    "modal",
    "negated",
    "attributed",
    "intervention",
    "effect",
    "condition",
    "verdict",
    "tier",
    "references",
    "text",
    "why",
)


def render_claims(run: Run, fmt: str) -> str:
    """The ledger as ``table``, ``json``, ``csv`` or ``html``; any other name is a UsageError."""
    formats: dict[str, Callable[[Run], str]] = {"table": _table, "json": _json, "csv": _csv, "html": _html}
    if fmt not in formats:
        raise UsageError(
            f"there is no ledger format '{fmt}'{did_you_mean(fmt, list(formats))}; "
            f"use one of {', '.join(sorted(formats))}"
        )
    return formats[fmt](run)


def rows(run: Run) -> Iterator[dict[str, Any]]:
    """One JSON-ready row a claim, in the order of the run and of the text."""
    for checked in run.checked:
        index = LineIndex(checked.document.source) if checked.claims else None
        ordered = _in_order(checked)
        cited = tied(checked.document, [claim for claim, _ in ordered])
        for (claim, verdict), ids in zip(ordered, cited, strict=True):
            if index is not None:
                yield {**_row(checked.document, index, claim, verdict), "references": _references(ids)}


def _references(ids: Sequence[Id]) -> list[dict[str, Any]]:
    return [{"kind": one.kind, "id": one.value, "start": one.start, "end": one.end} for one in ids]


def _in_order(checked: Checked) -> list[tuple[Claim, Verdict | None]]:
    return sorted(checked.claims, key=lambda pair: (pair[0].place.block, pair[0].place.start))


def _row(document: Document, index: LineIndex, claim: Claim, verdict: Verdict | None) -> dict[str, Any]:
    block = document.blocks[claim.place.block]
    start, end = _source(document, claim.place)
    line, column = index.position(start)
    return {
        "path": document.path,
        "start": start,
        "end": end,
        "line": line,
        "column": column,
        **({"locator": block.locator} if block.locator else {}),
        "text": block.text[claim.place.start : claim.place.end],
        "sentence": block.text[claim.sentence.start : claim.sentence.end],
        "strength": claim.strength.value,
        "modal": claim.modal,
        "why": [
            {"kind": reason.kind, "text": reason.text, **dict(zip(("start", "end"), at, strict=True))}
            for reason in claim.why
            if (at := _source(document, reason.place))
        ],
        "intervention": claim.intervention,
        "condition": claim.condition,
        "effect": claim.effect,
        "effect_class": claim.effect_class,
        "target_kind": claim.target_kind,
        "experiencer": claim.experiencer,
        "inherited": sorted(claim.inherited),
        "contexts": sorted(claim.contexts),
        "negated": claim.negated,
        "attributed": claim.attributed,
        "confidence": claim.confidence.value,
        "evidence": None
        if verdict is None
        else {
            "tier": verdict.tier,
            "allowed": verdict.allowed.value if verdict.allowed else None,
            "records": list(verdict.records),
            "detail": verdict.detail,
        },
        "verdict": verdict.verdict if verdict else None,
    }


def _source(document: Document, place: Place) -> tuple[int, int]:
    return to_source(document.blocks[place.block], place.start, place.end)


def _json(run: Run) -> str:
    return dump_lines(
        {
            "version": 1,
            "claims": list(rows(run)),
            "failures": [{"path": failure.path, "reason": failure.reason} for failure in run.failures],
        }
    )


def _cells(row: dict[str, Any]) -> dict[str, Any]:
    evidence = row["evidence"] or {}
    why = "; ".join(f'{reason["kind"]} "{reason["text"]}"' for reason in row["why"])
    references = "; ".join(f"{one['kind']} {one['id']}" for one in row["references"])
    return {**row, "tier": evidence.get("tier"), "why": why, "references": references}


def _csv(run: Run) -> str:
    return csv_table(COLUMNS, ([_cells(row)[name] for name in COLUMNS] for row in rows(run)))


def _html(run: Run) -> str:
    from claimlint.reporters.html import render_ledger

    return render_ledger(run, list(rows(run)))


def _table(run: Run) -> str:
    heads = ("place", "strength", "claims that", "verdict", "words")
    body = [_line(row) for row in rows(run)]
    widths = [max(map(len, column)) for column in zip(heads, *body, strict=True)]
    lines = []
    for cells in (heads, *body):
        padded = [cell.ljust(width) for cell, width in zip(cells[:-1], widths, strict=False)]
        lines.append("  ".join([*padded, cells[-1]]).rstrip())
    if not body:
        lines = []
    lines += [f"COULD NOT CHECK {visible(f.path)}: {visible(f.reason)}" for f in run.failures]
    total = f"{count(len(body), 'claim')} in {count(len(run.checked), 'file')}"
    if run.failures:
        total += f"; {count(len({f.path for f in run.failures}), 'file')} could not be checked"
    return encodable("\n".join([*lines, *([""] if lines else []), total])) + "\n"


def _line(row: dict[str, Any]) -> tuple[str, str, str, str, str]:
    strength = ("not " if row["negated"] else "") + row["strength"]
    if row["modal"]:
        strength += f" ({row['modal']})"
    slots = [row[name] or "?" for name in ("intervention", "effect", "condition")]
    evidence = row["evidence"] or {}
    verdict = row["verdict"] or "-"
    if evidence.get("tier"):
        verdict += f" ({evidence['tier']})"
    words = row["text"] if len(row["text"]) <= 90 else row["text"][:89].rstrip() + "…"
    place = f"{row['path']}:{row['line']}:{row['column']}"
    first, second, third, fourth, last = (
        visible(cell) for cell in (place, strength, " / ".join(slots), verdict, words)
    )
    return first, second, third, fourth, last
