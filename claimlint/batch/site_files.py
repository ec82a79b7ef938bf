"""A site's findings as CSV and as SARIF, made from rows; the same columns and the same careful cells as a single report's.

The artifact of a result is the page's address, and its properties say which record of which archive holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from claimlint import __version__
from claimlint.batch.risk import Risk
from claimlint.batch.site_rows import Row, SiteRows
from claimlint.batch.site_view import as_finding, live_link
from claimlint.model import Rule
from claimlint.reporters.csv import table
from claimlint.reporters.sarif import SCHEMA
from claimlint.reporters.sarif_rules import DOCS, PROJECT, descriptor
from claimlint.reporters.view import dump, encodable, is_web_address, visible

COLUMNS = (
    "url", "line", "column", "severity", "confidence", "category", "rule", "message", "quote", "sentence", "heading", "scope", "why",
    "suggestion", "provisions", "fingerprint", "suppressed", "live_link", "fetched", "record_id", "payload_digest", "sha256", "source",
    "member", "offset",
)  # fmt: skip
SITE_COLUMNS = (
    "rank", "site", "score", "pages", "judged", "duplicates", "not_judged", "errors", "warnings", "notes", "conditions",
    "pages_with_errors", "promoting", "without_notice", "pressing", "severity_points", "spread_points", "breadth_points",
    "notices_points", "pressure_points",
)  # fmt: skip


def findings_csv(rows: SiteRows) -> bytes:
    """One finding a row, then one row of severity ``not-judged`` for each page that was not judged."""
    pages = {page["page_id"]: page for page in rows.pages}
    return table(COLUMNS, _lines(rows, pages)).encode()


def _lines(rows: SiteRows, pages: Mapping[str, Row]) -> Iterator[list[Any]]:
    for one in rows.findings:
        why = ", ".join(dict.fromkeys(f"{reason['kind']} “{reason['text']}”" for reason in one["why"] or ()))
        law = rows.provisions.get((one["page_id"], one["number"]), ())
        yield [
            one["url"], one["line"], one["column"], one["severity"], one["confidence"], one["category"], one["rule"], one["message"],
            one["quote"], one["sentence"], one["heading"], one["scope"], why, next(iter(one["suggestions"] or ()), None),
            "; ".join(str(record["title"] or record["provision"]) for record in law), one["fingerprint"], one["suppressed"],
            live_link(one["url"], one["quote"]), *_where(pages[one["page_id"]]),
        ]  # fmt: skip
    for page in rows.pages:
        if page["state"] not in ("checked", "duplicate"):
            yield [
                page["url"],
                None,
                None,
                "not-judged",
                None,
                None,
                None,
                page["reason"],
                *[None] * 10,
                *_where(page),
            ]


def _where(page: Row) -> list[Any]:
    fetched = page["fetched"].isoformat() if page["fetched"] else None
    names = ("record_id", "payload_digest", "sha256", "source", "member", "offset")
    return [fetched, *(page[name] for name in names)]


def sites_csv(risks: Iterable[Risk]) -> bytes:
    """One site a row, in the order of the ranking."""
    body: list[list[Any]] = []
    for place, risk in enumerate(risks, 1):
        points: list[Any] = [part.points for part in risk.parts] or [None] * 5
        values = [
            risk.pages,
            risk.judged,
            risk.duplicates,
            risk.not_judged,
            risk.errors,
            risk.warnings,
            risk.notes,
            risk.conditions,
        ]
        values += [risk.pages_with_errors, risk.promoting, risk.without_notice, risk.pressing]
        body.append([place, risk.site, risk.score, *values, *points])
    return table(SITE_COLUMNS, body).encode()


def findings_sarif(rows: SiteRows, rules: Mapping[str, Rule]) -> bytes:
    """A SARIF 2.1.0 log of one site; findings that were suppressed with a reason are left out, as in ``check``."""
    standing = [one for one in rows.findings if one["suppressed"] is None]
    names = sorted({one["rule"] for one in standing})
    first = {one["rule"]: one for one in reversed(standing)}
    index = {name: number for number, name in enumerate(names)}
    pages = [page for page in rows.pages if page["state"] == "checked"]
    place = {page["page_id"]: number for number, page in enumerate(pages)}
    missed = [page for page in rows.pages if page["state"] not in ("checked", "duplicate")]
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "claimlint",
                "organization": "claimlint",
                "version": __version__,
                "semanticVersion": __version__,
                "informationUri": PROJECT,
                "rules": [descriptor(rules.get(name) or as_finding(first[name])) for name in names],
                "notifications": [
                    {
                        "id": "could-not-check",
                        "name": "CouldNotCheck",
                        "shortDescription": {"text": "A page that could not be read or checked."},
                        "fullDescription": {
                            "text": "The page was not, or not wholly, checked: do not read it as clean."
                        },
                        "help": {"text": "See the reason, and look at the page by hand."},
                        "helpUri": f"{DOCS}/could-not-check",
                        "defaultConfiguration": {"level": "error"},
                    }
                ],
            }
        },
        "automationDetails": {
            "id": f"claimlint/{visible(rows.site)}/",
            "description": {"text": "A check of one site by claimlint."},
        },
        "invocations": [{"executionSuccessful": not missed}],
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(page) for page in pages],
        "results": [_result(one, index[one["rule"]], place.get(one["page_id"], -1)) for one in standing],
    }
    if missed:
        run["invocations"][0]["toolExecutionNotifications"] = [
            {
                "descriptor": {"id": "could-not-check", "index": 0},
                "level": "error",
                "message": {"text": _sentence(f"Could not check: {page['reason'] or page['state']}")},
                "locations": [{"physicalLocation": {"artifactLocation": _location(page["url"])}}],
            }
            for page in missed
        ]
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1).encode()


def _artifact(page: Row) -> dict[str, Any]:
    known = {name: page[name] for name in ("record_id", "payload_digest", "source", "member") if page[name]}
    out: dict[str, Any] = {
        "location": _location(page["url"]),
        "roles": ["analysisTarget"],
        "properties": known,
    }
    if page["sha256"]:
        out["hashes"] = {"sha-256": page["sha256"]}
    return out


def _result(one: Row, rule: int, artifact: int) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": one["line"] or 1, "startColumn": one["column"] or 1}
    if one["start"] is not None and one["end"] is not None and one["end"] > one["start"]:
        region |= {"charOffset": one["start"], "charLength": one["end"] - one["start"]}
    if one["quote"]:
        region["snippet"] = {"text": encodable(one["quote"])}
    where = {**_location(one["url"]), **({"index": artifact} if artifact >= 0 else {})}
    out: dict[str, Any] = {
        "ruleId": one["rule"],
        "ruleIndex": rule,
        "level": one["severity"],
        "message": {"text": _sentence(one["message"])},
        "locations": [{"physicalLocation": {"artifactLocation": where, "region": region}}],
        "properties": {"category": one["category"], "confidence": one["confidence"]},
    }
    if one["fingerprint"]:
        out["partialFingerprints"] = {"claimlint/v1": one["fingerprint"]}
    return out


def _location(url: str) -> dict[str, Any]:
    return {"uri": url if is_web_address(url) else quote(encodable(url), safe="/-._~")}


def _sentence(text: str) -> str:
    text = visible(" ".join(text.split())) or "No description"
    return text if text.endswith((".", "!", "?")) else text.rstrip(":;,") + "."
