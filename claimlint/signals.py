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
_LEADS = r"(?<![\w./-])(?<!\d,)"
_COUNTRY = r"(?:1|7|2[07]|2[1-689]\d|3[0-469]|3[578]\d|4[013-9]|42\d|5[1-8]|5[09]\d|6[0-6]|6[7-9]\d|8[1246]|8[058]\d|9[0-58]|9[679]\d)"
"""The codes of countries (ITU-T E.164)."""
_PHONE = re.compile(
    rf"{_LEADS}(?:"
    rf"(?:\+|00){_COUNTRY}[\s.-]?(?:\(0?\d{{0,4}}\)[\s.-]?)?[1-9]\d{{0,3}}(?:[\s.-]?\d{{2,4}}){{2,4}}|"
    r"(?:\+?1[\s.-]?)?(?:\(\d{2,5}\)[\s.-]?|\d{3,4}[\s.-])\d{3}[\s.-]\d{3,4}|"
    r"(?:\(0[1-9]\d{0,3}\)[\s.-]?|0[1-9]\d{0,3}[\s.-])\d{3,4}[\s.-]?\d{3,4}"
    r")(?!\w|[.,-]\d)"
)
"""With a country's code; in three groups; or with a leading 0, as within many countries. Every part is bounded."""
# Far cheaper than the whole number: three figures and three, a plus, or a 0 at the start.
_DIGITS = re.compile(r"\d(?:(?<=\+\d)|(?<=\b0)\d|\d\d[\s.-]\d{3})")
_NUMBERED = re.compile(
    r"(?:[£$€¥₩₹]\s?|\b(?:isbn|issn|doi|pmid|pmc|nct|isrctn|eudract|euct|actrn|chictr|orcid|gmc|trial|study|protocol|"
    r"ref|reference|registration|licen[cs]e|order|invoice|account|usd|eur|gbp)\b\W*(?:(?:no|nr|number|id)\b\W*)?)$",
    re.I,
)
"""What stands before a number that nobody calls."""
_COUNTED = re.compile(
    r"\s?(?:%|[£$€¥₩₹]|(?:cells|million|units|mg|ml|patients|people|euros?|pounds|dollars|yen|won)\b)", re.I
)
_ROUND = re.compile(r"[\s.,-]000$|^\D?0\d?\D(?:19|20)\d\d\D?(?:19|20)\d\d$")
"""A round sum, or a month and two years."""
_PRICE = re.compile(
    r"\W{0,3}(?:(?:therap|treatment|injection|session|infusion|package|course|program|price|available|start|now)\w{0,4}\W{1,2}){0,3}"
    r"(?:(?:from|at|for|only|just)\W{1,2}){0,2}(?:us|a|c|s)?[£$€¥₩₹]\s?\d"
)
"""A price close behind what it is asked for."""
_NAME = r"(?:dr\.?\s+)?(?-i:[A-Z])[\w.'-]+(?:\s(?-i:[A-Z])[\w.'-]+)+"
_BYLINE = re.compile(
    rf"^(?:written |posted |reviewed |medically reviewed |article |authored )?by:?\s+{_NAME}|"
    r"\b(?:written|medically reviewed|authored|reviewed) by\s+(?:dr\.?\s+)?(?-i:[A-Z])|"
    rf"^authors?:\s+{_NAME}",
    re.I,
)
_YEAR = re.compile(r"\d(?:(?<=1)9|(?<=2)0)\d\d")  # no date is without one, and it is far cheaper to look for
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
    priced = False
    for sentence in sentences:
        for hit in sentence.hits:
            if hit.kind == "intervention" and hit.cls not in ("drug", "generic", "surgery"):
                interventions += 1
                priced = priced or bool(_PRICE.match(sentence.norm.folded, hit.end, sentence.end))
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
        has_selling > 0 or interventions >= 2 or priced or bool(counts.get("cta"))
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
        match = _phone(text)
        if match:
            counts["cta"] = counts.get("cta", 0) + 1
            reasons.setdefault("cta", []).append(Reason("cta", match[0], Place(index, *match.span())))
        if len(text) < 160:
            low = text.lower()
            byline = _BYLINE.search(text) if "by" in low or "author" in low else None
            dated = None
            if _YEAR.search(text):
                dated = _DATED.search(text) or (_DAY.search(text) if byline else None)
            for name, match in (("author", byline), ("date", dated)):
                if match:
                    counts[name] = counts.get(name, 0) + 1
                    reasons.setdefault(name, []).append(Reason(name, match[0], Place(index, *match.span())))


def _phone(text: str) -> re.Match[str] | None:
    """The first telephone number in a block: no year, price, count, book or study."""
    if not _DIGITS.search(text):
        return None
    for match in _PHONE.finditer(text):
        start, end = match.span()
        plain = _ROUND.search(match[0]) or _COUNTED.match(text, end)
        length = sum(char.isdigit() for char in match[0])
        if 8 <= length <= 15 and not plain and not _NUMBERED.search(text[max(0, start - 30) : start]):
            return match
    return None


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
