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
from claimlint.reporters.records import Shelf, record_view, rule_view, tier_titles
from claimlint.reporters.sarif_rules import page_of
from claimlint.reporters.source_view import Line, lines_of
from claimlint.reporters.view import (
    SEVERITIES,
    Spot,
    count,
    encodable,
    headline,
    is_web_address,
    listed,
    locator,
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
    rule: dict[str, Any]
    fixes: tuple[tuple[str, str], ...]
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
    cited = {letter: Shelf(letter) for letter in ("e", "p", "r")}
    sheets = tuple(_sheets(run, cited))
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
        records=list(cited["e"].entries.values()),
        provisions=list(cited["p"].entries.values()),
        cited_rules=list(cited["r"].entries.values()),
        tiers=_tiers(list(cited["e"].entries.values())),
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


def _tiers(records: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """The tiers that the records name, lowest first; empty without any."""
    used = {record["tier"] for record in records}
    return {tier: said for tier, said in tier_titles().items() if tier in used} if used else {}


def _sheets(run: Run, cited: Mapping[str, Shelf]) -> Iterator[Sheet]:
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
                    rule=cited["r"].put(rule_view(rule, finding.rule, page_of(finding.rule))),
                    fixes=tuple(_fixes(checked.document.source, finding)),
                    records=tuple(cited["e"].put(record_view(one)) for one in finding.evidence),
                    provisions=tuple(cited["p"].put(record_view(one)) for one in finding.provisions),
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


def _fixes(source: str, finding: Finding) -> Iterator[tuple[str, str]]:
    """What each rewrite with words of its own stands for, and those words."""
    for fix in finding.fixes:
        if fix.replacement.strip():
            old = source[fix.start : fix.end].strip()
            yield (f"Instead of “{old}”" if old else fix.description), fix.replacement.strip()


def _where(checked: Checked, finding: Finding, spot: Spot | None) -> str:
    at = locator(checked.document, finding)
    if spot is None:
        return "whole document"
    return at or f"line {spot.line}, column {spot.column}"
