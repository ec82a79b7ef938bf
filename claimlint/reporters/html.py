"""The report for people: each document as its reader sees it, findings marked in place, cards beside.

One file that works from a mail attachment: no network, no script of the page under review, readable
without JavaScript. Jinja2 is imported here alone, and every value goes through its autoescape.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from claimlint.model import Checked, Finding, Run
from claimlint.reporters.charts import Scorecard, scorecard
from claimlint.reporters.json import SIGNALS, signals_of
from claimlint.reporters.page import BlockView, Marked, blocks_of
from claimlint.reporters.sarif_rules import page_of
from claimlint.reporters.source_view import Line, lines_of
from claimlint.reporters.view import (
    SEVERITIES,
    Spot,
    addresses,
    count,
    detail_of,
    encodable,
    headline,
    is_web_address,
    listed,
    locator,
    name_of,
    spots,
    summary_line,
    tally,
    visible,
)

_SIGNAL_NAMES = {
    "promotes": "Promotes a treatment",
    "cta": "Invites contact",
    "risk_disclosure": "Risks or limits",
    "harms": "A named harm",
    "investigational_notice": "Investigational notice",
    "citations": "Citations",
    "author": "Author",
    "date": "Date",
}
_SHOWN_KEYS = frozenset(
    "id title name citation record tier verdict detail summary text url sources pair intervention condition "
    "mechanism wording".split()
)


@dataclass(frozen=True, slots=True)
class Card:
    """One finding as the report shows it; ``number`` is its place in the whole report, from 1."""

    number: int
    finding: Finding
    where: str
    marked: bool
    placed: bool
    headline: str
    said: str
    page: str
    title: str
    rule_why: str
    sources: tuple[tuple[str, str], ...]
    records: tuple[dict[str, Any], ...]
    provisions: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document of the report."""

    number: int
    path: str
    blocks: tuple[BlockView, ...]
    cards: tuple[Card, ...]
    counts: tuple[tuple[str, int], ...]
    signals: tuple[tuple[str, bool], ...]
    speaker: str
    unread: tuple[str, ...]
    lines: tuple[Line, ...]
    extracted: bool
    credibility: Scorecard | None


def render(run: Run) -> str:
    """One self-contained HTML document, the same bytes for the same run."""
    sheets = tuple(_sheets(run))
    total = tally(run)
    cards = [card for sheet in sheets for card in sheet.cards]
    return page(
        "report.html.j2",
        run=run,
        sheets=sheets,
        cards=cards,
        total=total,
        summary=summary_line(total),
        severities=[(severity.value, total.severities[severity]) for severity in SEVERITIES],
        categories=_categories(cards),
        rules=sorted({card.finding.rule for card in cards}),
        scored=any(sheet.credibility for sheet in sheets),
    )


def render_credibility(run: Run, evidence: list[dict[str, Any]]) -> str:
    """The scorecards of a run as one self-contained page; ``evidence`` says of each document what it claims on what."""
    cards = [
        (checked, scorecard(checked.credibility), said)
        for checked, said in zip(run.checked, evidence, strict=True)
    ]
    return page("credibility.html.j2", run=run, cards=cards)


def page(template: str, *parts: str, **values: Any) -> str:
    """A template of ours as one self-contained file; ``parts`` names styles and scripts beside the report's own."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    folder = Path(__file__).parent / "templates"
    names = ("report", *parts)
    style = "".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in names)
    script = "".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in names)
    environment = Environment(
        loader=PackageLoader("claimlint.reporters", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plural"] = count
    environment.filters["web"] = is_web_address
    environment.filters["seen"] = visible
    text = environment.get_template(template).render(
        # Ours, from the package: the only text that is not escaped.
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        **values,
    )
    return encodable(text).replace("\x00", "\ufffd")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _categories(cards: list[Card]) -> list[tuple[str, list[int], int]]:
    """(category, counts by severity, sum) of the listed findings, the most frequent first."""
    names = {card.finding.category for card in cards}
    table = []
    for name in names:
        found = [card.finding.severity for card in cards if card.finding.category == name]
        table.append((name, [found.count(severity) for severity in SEVERITIES], len(found)))
    return sorted(table, key=lambda row: (-row[2], row[0]))


def _sheets(run: Run) -> Iterator[Sheet]:
    rules = {rule.id: rule for rule in run.rules}
    number = 0
    for position, checked in enumerate(run.checked, 1):
        cards: list[Card] = []
        marks: list[Marked] = []
        for finding, spot in spots(checked.document, listed(run, checked)):
            number += 1
            rule = rules.get(finding.rule)
            head, said = headline(finding)
            marked = finding.place is not None and 0 <= finding.place.block < len(checked.document.blocks)
            if marked:
                marks.append(Marked(number, finding))
            cards.append(
                Card(
                    number=number,
                    finding=finding,
                    where=_where(checked, finding, spot),
                    marked=marked,
                    placed=finding.start is not None,
                    headline=head,
                    said=said,
                    page=page_of(finding.rule),
                    title=rule.title if rule else "",
                    rule_why=rule.why if rule else "",
                    sources=tuple((link, link) for link in rule.sources if is_web_address(link))
                    if rule
                    else (),
                    records=tuple(record_view(record, said) for record in finding.evidence),
                    provisions=tuple(record_view(record) for record in finding.provisions),
                )
            )
        signals = signals_of(checked.signals)
        lines = lines_of(checked.document, [Marked(card.number, card.finding) for card in cards])
        found = [card.finding.severity for card in cards if card.finding.suppressed is None]
        yield Sheet(
            number=position,
            path=checked.document.path,
            blocks=blocks_of(checked.document, marks),
            cards=tuple(cards),
            counts=tuple((severity.value, found.count(severity)) for severity in SEVERITIES),
            signals=tuple((_SIGNAL_NAMES[name], signals[name]) for name in SIGNALS),
            speaker=checked.signals.speaker,
            unread=tuple(sorted({part.reason for part in checked.document.unread})),
            lines=lines,
            extracted=any(block.locator for block in checked.document.blocks),
            credibility=scorecard(checked.credibility),
        )


def _where(checked: Checked, finding: Finding, spot: Spot | None) -> str:
    at = locator(checked.document, finding)
    if spot is None:
        return "whole document"
    return at or f"line {spot.line}, column {spot.column}"


def record_view(record: Mapping[str, Any], said: str = "") -> dict[str, Any]:
    """A record in the parts that the card shows, whatever its exact keys, less what ``said`` says already."""
    detail = detail_of(record)
    rest = [
        (str(key).replace("_", " "), str(value))
        for key, value in record.items()
        if key not in _SHOWN_KEYS
        and isinstance(value, str | int)
        and not isinstance(value, bool)
        and value != ""
        and not is_web_address(str(value))
    ]
    points = record.get("findings")
    return {
        "name": name_of(record),
        "id": str(record.get("record") or record.get("id") or ""),
        "tier": str(record.get("tier") or ""),
        "verdict": str(record.get("verdict") or ""),
        "detail": "" if detail in said else detail,
        "points": [str(point) for point in points] if isinstance(points, list | tuple) else [],
        "wording": str(record.get("wording") or ""),
        "rest": rest,
        "links": list(addresses(record).items()),
    }
