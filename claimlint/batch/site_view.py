"""What a report shows of one site: its worst pages first, each finding with its words in context and where the record of it stands.

Pure arrangement of rows; what is escaped and how is the templates' affair, and no address becomes a link that is not a web address.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote as percent

from claimlint.batch.risk import Risk, weight_of
from claimlint.batch.site_rows import Row, SiteRows
from claimlint.model import Confidence, Finding, Severity
from claimlint.reporters.charts import WIDTH, Bar
from claimlint.reporters.sarif_rules import page_of
from claimlint.reporters.view import addresses, detail_of, headline, is_web_address, name_of

MOST_PAGES, MOST_CARDS, MOST_LISTED = 20, 15, 1000
"""Pages shown in full, findings of one page shown in full, pages listed in the table; the CSV file holds them all."""

_LONG_QUOTE = 160


class Card(NamedTuple):
    """One finding as it is shown; ``everywhere`` says on how many pages a shared block shows the same words."""

    number: int
    finding: Row
    headline: str
    live: str
    rule_page: str
    provisions: list[Row]
    evidence: list[dict[str, Any]]
    everywhere: str


class Sheet(NamedTuple):
    """One page of the site: its row, its weight, its findings, of which ``left`` more are not shown."""

    number: int
    page: Row
    weight: float
    cards: list[Card]
    left: int
    picture: str


class Missing(NamedTuple):
    """Pages that were not judged for one reason."""

    reason: str
    pages: int
    examples: list[str]


class SiteView(NamedTuple):
    """All that the page of a site shows."""

    site: str
    risk: Risk
    bar: Bar | None
    bars: list[Bar]
    sheets: list[Sheet]
    pages: list[tuple[Row, float]]
    pages_left: int
    missing: list[Missing]
    conditions: list[Row]


def view(
    rows: SiteRows, risk: Risk, weights: Mapping[str, Any], pictures: Mapping[str, str] | None = None
) -> SiteView:
    """The view of a site; ``pictures`` are data addresses of screenshots by page_id."""
    by_page: dict[str, list[Row]] = {}
    for finding in rows.findings:
        if finding["suppressed"] is None:
            by_page.setdefault(finding["page_id"], []).append(finding)
    weighed = sorted(
        (
            (page, sum(weight_of(one, weights) for one in by_page[page["page_id"]]))
            for page in rows.pages
            if page["page_id"] in by_page
        ),
        key=lambda pair: (-pair[1], pair[0]["url"], pair[0]["page_id"]),
    )
    sheets: list[Sheet] = []
    number = 0
    for page, weight in weighed[:MOST_PAGES]:
        found = sorted(by_page[page["page_id"]], key=lambda one: (-weight_of(one, weights), one["number"]))
        cards = []
        for finding in found[:MOST_CARDS]:
            number += 1
            cards.append(_card(number, finding, page, rows))
        picture = (pictures or {}).get(page["page_id"], "")
        sheets.append(Sheet(len(sheets) + 1, page, weight, cards, len(found) - len(cards), picture))
    return SiteView(
        rows.site,
        risk,
        None if risk.score is None else bar("Risk", f"{risk.score:g} of 100", risk.score / 100),
        [bar(part.title, f"{part.measure:.0%}", part.measure) for part in risk.parts],
        sheets,
        weighed[:MOST_LISTED],
        max(0, len(weighed) - MOST_LISTED),
        _missing(rows),
        rows.conditions,
    )


def bar(name: str, words: str, share: float) -> Bar:
    """A bar that is filled to a share from 0 to 1."""
    filled = round(min(1.0, max(0.0, share)) * WIDTH, 1)
    return Bar(name, words, (("filled", 0.0, filled), ("absent", filled, round(WIDTH - filled, 1))))


def worst_pages(rows: SiteRows, weights: Mapping[str, Any], most: int) -> list[Row]:
    """The pages that a report shows first."""
    total: dict[str, float] = {}
    for finding in rows.findings:
        if finding["suppressed"] is None:
            total[finding["page_id"]] = total.get(finding["page_id"], 0.0) + weight_of(finding, weights)
    pages = [page for page in rows.pages if page["page_id"] in total]
    return sorted(pages, key=lambda page: (-total[page["page_id"]], page["url"], page["page_id"]))[:most]


def live_link(url: str, quote: str) -> str:
    """The address of the words on the live page (a text fragment); the page's own where there are no words.

    Empty where the page has no web address. Long quotations are given by their first and last words, which browsers find
    across markup more surely than a long text.
    """
    base = url.split("#", 1)[0]
    if not is_web_address(base):
        return ""
    words = quote.split()
    if not words:
        return base
    if len(quote) > _LONG_QUOTE and len(words) >= 10:
        return f"{base}#:~:text={_fragment(words[:5])},{_fragment(words[-5:])}"
    return f"{base}#:~:text={_fragment(words[:60])}"


def _fragment(words: list[str]) -> str:
    """Percent-encoded text; a hyphen and a comma have a meaning of their own in a text fragment."""
    return percent(" ".join(words), safe="", errors="replace").replace("-", "%2D")


def _card(number: int, finding: Row, page: Row, rows: SiteRows) -> Card:
    block = rows.blocks.get(finding["block"]) if finding["block"] else None
    everywhere = f"in the {block['scope']} of {block['pages']} pages" if block and block["pages"] > 1 else ""
    return Card(
        number,
        finding,
        headline(as_finding(finding))[0],
        live_link(page["url"], finding["quote"]),
        page_of(finding["rule"]),
        rows.provisions.get((finding["page_id"], finding["number"]), []),
        [_record(record) for record in evidence_of(finding)],
        everywhere,
    )


def as_finding(row: Row) -> Finding:
    """The finding that a row tells of, without its places."""
    return Finding(
        row["url"],
        row["rule"],
        row["category"],
        Severity(row["severity"]),
        Confidence(row["confidence"]),
        row["message"],
        None,
        None,
        row["quote"],
        evidence=tuple(evidence_of(row)),
    )


def evidence_of(finding: Row) -> list[Any]:
    """The evidence records of a finding; none where the column holds no list."""
    try:
        found = json.loads(finding["evidence"] or "[]")
    except ValueError:
        return []
    return [record for record in found if isinstance(record, dict)] if isinstance(found, list) else []


def _record(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name_of(record),
        "detail": detail_of(record),
        "tier": str(record.get("tier") or ""),
        "verdict": str(record.get("verdict") or ""),
        "links": list(addresses(record).items())[:4],
    }


def _missing(rows: SiteRows) -> list[Missing]:
    """Pages that were not judged, by reason, the most frequent first; exact copies of a judged page are none."""
    found: dict[str, list[str]] = {}
    for page in rows.pages:
        if page["state"] not in ("checked", "duplicate"):
            found.setdefault(page["reason"] or page["state"], []).append(page["url"])
    return sorted(
        (Missing(reason, len(urls), urls[:5]) for reason, urls in found.items()),
        key=lambda one: (-one.pages, one.reason),
    )
