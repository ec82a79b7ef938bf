"""What a document as a whole does and lacks, and who is speaking in it.

A missing notice is found here and nowhere else, and a page that warns against miracle cures is told from one that
sells them; every signal keeps the words that decided it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from claimlint import sources
from claimlint.language.text import Sentence
from claimlint.model import Document, Place, Reason, Scope, Signals

_CONTACT = re.compile(
    r"^(?:tel|sms|whatsapp|mailto):|wa\.me/|calendly|/book(?:ing)?\b|/contact|/appointment|bookings?\.", re.I
)
_PHONE = re.compile(
    r"(?<![\d.])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{2,4}\)[\s.-]?|\d{3,4}[\s.-])\d{3}[\s.-]\d{3,4}(?!\d)"
)
_DIGITS = re.compile(r"\d{3}[\s.-]\d{3}")  # far cheaper than the whole number
_NAME = r"(?:dr\.?\s+)?(?-i:[A-Z])[\w.'-]+(?:\s(?-i:[A-Z])[\w.'-]+)+"
_BYLINE = re.compile(
    rf"^(?:written |posted |reviewed |medically reviewed |article |authored )?by:?\s+{_NAME}|"
    r"\b(?:written|medically reviewed|authored|reviewed) by\s+(?:dr\.?\s+)?(?-i:[A-Z])|"
    rf"^authors?:\s+{_NAME}",
    re.I,
)
_DAY = re.compile(
    r"\b(?:\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|(?:19|20)\d\d[-/]\d\d[-/]\d\d|"
    r"(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\d{1,2},? )?(?:19|20)\d\d)\b",
    re.I,
)
_DATED = re.compile(
    r"\b(?:published|updated|reviewed|posted|last modified|last updated|date)\b.{0,20}\b(?:19|20)\d\d\b|"
    r"^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? (?:19|20)\d\d(?:$|\s*[•|·-])|"
    r"^\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?:19|20)\d\d$|"
    r"^(?:19|20)\d\d-\d\d-\d\d$",
    re.I,
)


def signals(
    document: Document, sentences: Sequence[Sentence], signal_of: Mapping[int, tuple[str, frozenset[str]]]
) -> Signals:
    """The document's signals.

    ``signal_of`` gives, for each phrase that is one, the signal's class and the contexts in which it counts for nothing.
    """
    counts: dict[str, int] = {}
    reasons: dict[str, list[Reason]] = {}
    words = sum(len(block.text) for block in document.blocks if block.scope is not Scope.CODE) / 6 + 1
    interventions = 0
    for sentence in sentences:
        interventions += sum(
            1
            for hit in sentence.hits
            if hit.kind == "intervention" and hit.cls not in ("drug", "generic", "surgery")
        )
        found: dict[str, tuple[int, int]] = {}
        for index in sentence.called:
            owner = signal_of.get(index)
            if owner is None:
                continue
            name, ignored = owner
            for start, end in sentence.matches(index):
                if ignored and ignored & sentence.contexts(start, end).keys():
                    continue
                counts[name] = counts.get(name, 0) + 1
                best = found.get(name)
                if best is None or (start, -end) < (best[0], -best[1]):
                    found[name] = (start, end)
                break
        for name, (start, end) in found.items():
            if len(reasons.setdefault(name, [])) < 3:
                reasons[name].append(sentence.reason(name, start, end))
    _from_text(document, counts, reasons)
    speaker = _speaker(counts, words, interventions)
    harms = bool(counts.get("harms"))
    has_selling = counts.get("selling", 0)
    promotes = speaker in ("seller", "unknown") and (
        has_selling > 0 or interventions >= 2 or bool(counts.get("cta"))
    )
    return Signals(
        promotes=promotes,
        cta=bool(counts.get("cta")),
        risk_disclosure=harms or bool(counts.get("risk_disclosure")),
        harms=harms,
        investigational_notice=bool(counts.get("investigational_notice")),
        citations=bool(counts.get("citations")),
        author=bool(document.meta.get("author")) or bool(counts.get("author")),
        date=bool(document.meta.get("date")) or bool(counts.get("date")),
        speaker=speaker,
        reasons={name: tuple(found) for name, found in reasons.items()},
    )


def _from_text(document: Document, counts: dict[str, int], reasons: dict[str, list[Reason]]) -> None:
    """Signals that stand in addresses, by-lines and figures rather than in words."""
    for link in document.links:
        if _CONTACT.search(link.href):
            counts["cta"] = counts.get("cta", 0) + 1
    for source in sources.found(document):
        counts["citations"] = counts.get("citations", 0) + 1
        if source is not None:
            reasons.setdefault("citations", []).append(source)
    for index, block in enumerate(document.blocks):
        text = block.text
        if block.scope is Scope.CODE:
            continue
        match = _PHONE.search(text) if _DIGITS.search(text) else None
        if match:
            counts["cta"] = counts.get("cta", 0) + 1
            reasons.setdefault("cta", []).append(Reason("cta", match[0], Place(index, *match.span())))
        if len(text) < 160:
            byline = _BYLINE.search(text)
            dated = _DATED.search(text) or (_DAY.search(text) if byline else None)
            for name, match in (("author", byline), ("date", dated)):
                if match:
                    counts[name] = counts.get(name, 0) + 1
                    reasons.setdefault(name, []).append(Reason(name, match[0], Place(index, *match.span())))


def _speaker(counts: Mapping[str, int], words: float, interventions: int) -> str:
    """seller, unknown, public (agency, charity, leaflet, journal, news) or warning.

    Copy is a seller's unless it shows otherwise. Selling words, invitations and the density of what is on offer are weighed
    against words of public information and of warning, because "Dr X" and "appointment" stand on agencies' pages too and
    promotional articles often have neither. The weights were set on labelled pages and are few on purpose.
    """
    warning, public = counts.get("warning", 0), counts.get("public", 0)
    selling = 3 * counts.get("selling", 0) + 1.2 * counts.get("cta", 0)
    score = selling + 0.35 * interventions - public - 3 * warning
    if warning >= 3 and 3 * warning > selling:
        return "warning"
    if words < 90 and not warning and public < 3:
        return "seller" if selling else "unknown"
    if score >= 1.4:
        return "seller"
    if warning or public:
        return "warning" if warning > public else "public"
    return "public" if words >= 120 and score < 1 else "unknown"  # a page that offers nothing
