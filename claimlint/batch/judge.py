"""One page to its rows: read as a browser would show it, judged by the one engine, within limits that end in a row that says so.

A shard is judged page by page in the order of the plan; a block of a site's navigation or footer gives its rows with the first page that
shows it, and is counted on the others.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from claimlint import readers
from claimlint.batch.content import Undecodable
from claimlint.batch.schema import SHARDED
from claimlint.checking import Engines, Job, defect, judged
from claimlint.config import Settings
from claimlint.errors import ClaimlintError, ReadError
from claimlint.model import Block, Checked, Document, Finding, Place, Run, Scope, Severity
from claimlint.readers.decode import decode_anyhow
from claimlint.reporters.claims import rows as claim_rows
from claimlint.reporters.json import signals_of
from claimlint.reporters.view import plain
from claimlint.spans import LineIndex

_SHARED = frozenset({Scope.NAVIGATION, Scope.FOOTER})
_AROUND = 160
_SUFFIX = {"html": ".html", "text": ".txt"}

Rows = dict[str, list[dict[str, Any]]]


class Page(NamedTuple):
    """A page to be judged: the columns of ``pages`` that the plan knows, its reader and the charset that HTTP named."""

    known: Mapping[str, Any]
    reader: str | None
    charset: str | None


class Sheet:
    """The rows of a shard as they come; knows the shared blocks of the site that is being judged, and of no other."""

    def __init__(self) -> None:
        self.rows: Rows = {name: [] for name in SHARDED}
        self._site = ""
        self._blocks: dict[str, dict[str, Any]] = {}

    def add(self, page: Rows) -> None:
        """Adds the rows of one page, without those of shared blocks that an earlier page has given."""
        site = page["pages"][0]["site"]
        if site != self._site:
            self._site, self._blocks = site, {}
        known = {row["block"] for row in page["blocks"] if row["block"] in self._blocks}
        for row in page["blocks"]:
            if row["block"] in known:
                self._blocks[row["block"]]["pages"] += 1
            else:
                self._blocks[row["block"]] = row
                self.rows["blocks"].append(row)
        for name in ("pages", "signals", "credibility"):
            self.rows[name] += page[name]
        for name in ("claims", "findings", "provisions"):
            self.rows[name] += [row for row in page[name] if row["block"] not in known]


def judge(page: Page, data: Callable[[], bytes], settings: Settings, job: Job, engines: Engines) -> Rows:
    """The rows of one page; whatever is wrong with the page is its ``reason``."""
    row = {**_EMPTY, **page.known}
    rows: Rows = {name: [] for name in SHARDED}
    rows["pages"].append(row)
    if row["state"] != "checked":
        return rows
    try:
        document = read(page, data(), row)
        path = str(row["url"])
        outcome = judged(document, settings.for_path(path), job, engines, path=path)
        _facts(row, document)
        if outcome.failure is not None:
            row.update(state="not_checked", reason=outcome.failure.reason.removeprefix("not checked: "))
        elif outcome.checked is not None:
            _add(row, outcome.checked, rows)
    except ReadError as error:
        row.update(state="failed", reason=error.reason)
    except Undecodable as error:
        row.update(state="failed", reason=str(error))
    except ClaimlintError as error:
        row.update(state="failed", reason=str(error))
    except OSError as error:
        row.update(state="failed", reason=f"can't be read: {error.strerror or error}")
    except Exception as error:
        return {
            **{name: [] for name in SHARDED},
            "pages": [{**row, "state": "failed", "reason": defect(error)}],
        }
    return rows


_EMPTY: Mapping[str, Any] = {
    "encoding": None, "undecodable": 0, "format": None, "lang": None, "title": None, "description": None, "canonical": None,
    "author": None, "date": None, "words": 0, "claims": 0, "findings": 0, "errors": 0, "warnings": 0, "notes": 0,
}  # fmt: skip


def read(page: Page, data: bytes, row: dict[str, Any]) -> Document:
    """The document of a page's content. Raises ReadError."""
    row["format"] = page.reader
    suffix = _SUFFIX.get(page.reader or "html")
    url = str(page.known["url"])
    if suffix is None:
        return readers.read(url, data, name=f"page.{page.reader}")
    text, row["encoding"], row["undecodable"] = decode_anyhow(data, page.charset)
    return readers.reader(suffix)(url, text)


def _facts(row: dict[str, Any], document: Document) -> None:
    meta = document.meta
    for name in ("lang", "title", "description", "canonical", "author", "date"):
        row[name] = meta.get(name) or None
    row["words"] = sum(
        block.text.count(" ") + 1 for block in document.blocks if block.scope is not Scope.CODE
    )


def _add(row: dict[str, Any], checked: Checked, rows: Rows) -> None:
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
    counted = {severity: 0 for severity in Severity}
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
        if finding.start is not None and document.format in _SUFFIX
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
    for number, claim in enumerate(claim_rows(_run(checked))):
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
    "text", "sentence", "start", "end", "line", "column", "strength", "modal", "intervention", "condition", "effect", "effect_class",
    "target_kind", "experiencer", "negated", "attributed", "inherited", "contexts", "confidence", "verdict",
)  # fmt: skip


def _run(checked: Checked) -> Run:
    return Run((checked,), (), ())


def _span(document: Document, place: Place) -> dict[str, Any]:
    from claimlint.spans import to_source

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


def tables(rows: Rows) -> Iterator[tuple[str, bytes]]:
    """Each table's rows as a Parquet file. The same rows give the same bytes."""
    import io

    import pyarrow
    import pyarrow.parquet

    from claimlint.batch.schema import arrow

    for name in SHARDED:
        schema = arrow(name)
        buffer = io.BytesIO()
        table = pyarrow.Table.from_pylist(rows[name], schema=schema)
        pyarrow.parquet.write_table(table, buffer, compression="zstd")
        yield name, buffer.getvalue()
