"""The claims ledger: every claim with its slots, its strength and the verdict on it.

A reviewer reads the table, a script the JSON, a spreadsheet the CSV; all are made from the
same rows, so they can't disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from claimlint.errors import UsageError, did_you_mean
from claimlint.evidence.ids import Id, tied
from claimlint.evidence.verdict import wording_of
from claimlint.model import Checked, Claim, Document, Place, Run, Verdict
from claimlint.reporters.csv import table as csv_table
from claimlint.reporters.view import count, dump_lines, encodable, visible
from claimlint.spans import LineIndex, to_source
from claimlint.triage.fingerprint import of_claims

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
    "allowed",
    "detail",
    "wording",
    "records",
    "references",
    "text",
    "why",
    "fingerprint",
)


FORMATS = ("table", "json", "csv", "html")


def render_claims(run: Run, fmt: str, relative: Mapping[str, str] | None = None) -> str:
    """The ledger as ``table``, ``json``, ``csv`` or ``html``; any other name is a UsageError.

    ``relative`` gives a document's path relative to the folder of its settings, which fingerprints hang on.
    """
    if fmt not in FORMATS:
        raise UsageError(
            f"there is no ledger format '{fmt}'{did_you_mean(fmt, list(FORMATS))}; "
            f"use one of {', '.join(sorted(FORMATS))}"
        )
    made = list(rows(run, relative or {}))
    if fmt == "html":
        from claimlint.reporters.ledger_html import render_ledger

        return render_ledger(run, made)
    return {"table": _table, "json": _json, "csv": _csv}[fmt](run, made)


def rows(run: Run, relative: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """One JSON-ready row a claim, in the order of the run and of the text."""
    for checked in run.checked:
        if not checked.claims:
            continue
        index = LineIndex(checked.document.source)
        ordered = _in_order(checked)
        cited = tied(checked.document, [claim for claim, _ in ordered])
        found = [_row(checked, index, claim, verdict) for claim, verdict in ordered]
        path = checked.document.path
        prints = of_claims([(row["text"], row["sentence"]) for row in found], relative.get(path, path))
        for row, ids, mark in zip(found, cited, prints, strict=True):
            yield {**row, "references": _references(ids), "fingerprint": mark}


def _references(ids: Sequence[Id]) -> list[dict[str, Any]]:
    return [{"kind": one.kind, "id": one.value, "start": one.start, "end": one.end} for one in ids]


def _in_order(checked: Checked) -> list[tuple[Claim, Verdict | None]]:
    return sorted(checked.claims, key=lambda pair: (pair[0].place.block, pair[0].place.start))


def _row(checked: Checked, index: LineIndex, claim: Claim, verdict: Verdict | None) -> dict[str, Any]:
    document = checked.document
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
            "wording": _wording(checked, verdict),
        },
        "verdict": verdict.verdict if verdict else None,
    }


def _source(document: Document, place: Place) -> tuple[int, int]:
    return to_source(document.blocks[place.block], place.start, place.end)


def _wording(checked: Checked, verdict: Verdict) -> str | None:
    """Words at the strength that the weakest record allows, where the claim is stronger than that record."""
    if verdict.verdict == "supported":
        return None
    return wording_of([checked.records[name] for name in verdict.records if name in checked.records])


def _json(run: Run, made: Sequence[dict[str, Any]]) -> str:
    return dump_lines(
        {
            "version": 1,
            "claims": list(made),
            "failures": [{"path": failure.path, "reason": failure.reason} for failure in run.failures],
        }
    )


def _cells(row: dict[str, Any]) -> dict[str, Any]:
    evidence = row["evidence"] or {}
    why = "; ".join(f'{reason["kind"]} "{reason["text"]}"' for reason in row["why"])
    references = "; ".join(f"{one['kind']} {one['id']}" for one in row["references"])
    told = {name: evidence.get(name) for name in ("tier", "allowed", "detail", "wording")}
    records = "; ".join(evidence.get("records", ()))
    return {**row, **told, "records": records, "why": why, "references": references}


def _csv(_run: Run, made: Sequence[dict[str, Any]]) -> str:
    return csv_table(COLUMNS, ([_cells(row)[name] for name in COLUMNS] for row in made))


def _table(run: Run, made: Sequence[dict[str, Any]]) -> str:
    heads = ("place", "strength", "claims that", "verdict", "words")
    body = [_line(row) for row in made]
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
