"""Scores a document as a source, item by item, on instruments that reviewers of health information know.

Each item says present, absent or unknown and shows the words that decided it, so that a person can
disagree; good marks here never cancel a finding about what the copy claims.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from claimlint.credibility.words import QUESTIONS, WORDS, dated_source, occurrences, sentence_end
from claimlint.model import Document, Scope, Signals
from claimlint.spans import to_source

FORMULA = (
    "mean of the known among twelve items (DISCERN: sources, dated, balance, uncertainty, risks, "
    "no-treatment, alternatives; JAMA: authorship, attribution, disclosure, currency; HON: justifiability), "
    "times 0.8 where the page promotes what it describes and offers it itself or invites contact"
)
_SCORED = (
    "discern/sources",
    "discern/dated",
    "discern/balance",
    "discern/uncertainty",
    "discern/risks",
    "discern/no-treatment",
    "discern/alternatives",
    "jama/authorship",
    "jama/attribution",
    "jama/disclosure",
    "jama/currency",
    "hon/justifiability",
)
_MOST = 3  # quotations kept an item
_CAP = 2_000  # benefit words after which a page is judged: bounded for hostile pages
_ENOUGH = 3  # references
_SELLER = 0.8


Hit = tuple[int, int, int]
"""Block index and half-open code points into its text."""


def scorecard(document: Document, signals: Signals) -> dict[str, Any]:
    """The credibility scorecard of ``document``, JSON-ready and the same for the same input.

    ``score`` lies between 0 and 1 and follows ``formula``; ``items`` hold, each, its state (present,
    absent, unknown), a value and the quotations that show it, with code point offsets into the source.
    It looks at the text and the document's signals only, never at claims.
    """
    found = _scan(document)
    empty = not any(block.text.strip() for block in document.blocks if block.scope is not Scope.CODE)
    # Nothing can be said of a page without words, good or bad.
    values = dict.fromkeys(QUESTIONS) if empty else _values(document, signals, found)
    items = [_item(key, values[key], document, signals, found) for key in QUESTIONS]
    known = [value for key in _SCORED if (value := values[key]) is not None]
    sells = signals.promotes and (signals.cta or bool(found["own-offer"]))
    score = sum(known) / len(known) * (_SELLER if sells else 1.0) if known else 0.0
    return {
        "score": round(score, 3),
        "formula": FORMULA,
        "factor": _SELLER if sells else 1.0,
        "conflict_of_interest": {
            "state": "present" if sells else "absent",
            "meaning": "the page offers what it describes, or invites contact for it",
            "shown": (_shown_by_signal(document, signals, "cta") or _quotes(document, found["own-offer"]))
            if sells
            else [],
        },
        "balance": {
            "benefit_words": len(found["benefit"]),
            "risk_words": len(found["risk"]),
            "certainty_or_hype_words": len(found["hype"]),
            "shown": _quotes(document, found["hype"]),
        },
        "instruments": {name: _total(items, name) for name in ("jama", "discern", "hon")},
        "items": items,
    }


def _scan(document: Document) -> dict[str, list[Hit]]:
    """Every word list over every sentence once, plus what only sentences can tell.

    ``risk``: harms of the treatment, not of somebody else's; ``hedged``: benefits beside a hedge;
    ``fair``: other treatments where they are not run down.
    """
    found: dict[str, list[Hit]] = {name: [] for name in (*WORDS, "risk", "hedged", "fair")}
    for index, block in enumerate(document.blocks):
        if block.scope is Scope.CODE:
            continue
        framed = False
        start = 0
        for end in (*(match.end() for match in sentence_end().finditer(block.text)), len(block.text)):
            if end > start and len(found["benefit"]) < _CAP:
                framed = _sentence(found, index, block.text, start, end, framed)
            start = end
    return found


def _sentence(found: dict[str, list[Hit]], index: int, text: str, start: int, end: int, framed: bool) -> bool:
    """Adds one sentence's hits; says whether it announces risks, which the next may list."""
    said = occurrences(text, start, end)
    if not said:
        return False
    here = {name: [(index, low, high) for low, high in spans] for name, spans in said.items()}
    for name, hits in here.items():
        found[name] += hits
    announces = "frame" in here and "other-treatment" not in here
    if "harm" in here and "other-treatment" not in here and (announces or framed):
        found["risk"] += here["harm"]
    if "hedge" in here:
        found["hedged"] += here.get("benefit", [])
    if "running-down" not in here:
        found["fair"] += here.get("alternatives", [])
    return announces


def _values(
    document: Document, signals: Signals, found: Mapping[str, Sequence[Hit]]
) -> dict[str, float | None]:
    def has(name: str) -> float:
        return 1.0 if found[name] else 0.0

    def share(part: str, whole: str) -> float:
        return len(found[part]) / len(found[whole]) if found[whole] else 0.0

    harms = {document.blocks[block].text[start:end].lower() for block, start, end in found["risk"]}
    author = 1.0 if signals.author or document.meta.get("author") else 0.0
    dated = 1.0 if signals.date or document.meta.get("date") else 0.0
    references = len(found["reference"]) + sum(link.href.startswith("http") for link in document.links)
    # One or two references for a whole page are half of an answer.
    cited = (1.0 if references >= _ENOUGH else 0.5) if signals.citations else 0.0
    source_dated = any(dated_source().search(block.text) for block in document.blocks)
    # One harm for every four benefits counts as balanced.
    benefits = len(found["benefit"])
    balance = min(1.0, 4 * len(found["risk"]) / benefits) if benefits else None
    words = sum(len(block.text) for block in document.blocks) / 6 + 1
    tone = max(0.0, 1 - 120 * len(found["hype"]) / max(words, 120))
    reachable = any(link.href.startswith(("mailto:", "tel:")) for link in document.links) or signals.cta
    return {
        "jama/authorship": author,
        "jama/attribution": cited,
        "jama/disclosure": has("disclosure"),
        "jama/currency": dated,
        "discern/sources": cited,
        "discern/dated": dated or (cited if source_dated else 0.0),
        "discern/balance": balance,
        "discern/support": has("support"),
        "discern/uncertainty": (has("uncertainty") + share("hedged", "benefit")) / 2,
        "discern/risks": min(1.0, len(harms) / 3),
        "discern/no-treatment": has("no-treatment"),
        "discern/quality-of-life": has("quality"),
        "discern/alternatives": share("fair", "alternatives"),
        "discern/shared-decision": has("shared"),
        "discern/aims": None,
        "hon/authority": has("credentials") if author else 0.0,
        "hon/complementarity": max(has("complement"), has("shared")),
        "hon/privacy": has("privacy") or None,
        "hon/attribution": (cited + dated) / 2,
        "hon/justifiability": tone,
        "hon/transparency": 1.0 if reachable else None,
        "hon/financial-disclosure": has("disclosure"),
        "hon/advertising": has("advertising") or None,
    }


_SHOWN = {
    "jama/disclosure": "disclosure",
    "discern/balance": "risk",
    "discern/support": "support",
    "discern/uncertainty": "uncertainty",
    "discern/risks": "risk",
    "discern/no-treatment": "no-treatment",
    "discern/quality-of-life": "quality",
    "discern/alternatives": "alternatives",
    "discern/shared-decision": "shared",
    "hon/authority": "credentials",
    "hon/complementarity": "complement",
    "hon/privacy": "privacy",
    "hon/financial-disclosure": "disclosure",
    "hon/advertising": "advertising",
    "hon/justifiability": "hype",
}
_SIGNAL = {
    "jama/authorship": "author",
    "jama/attribution": "citations",
    "jama/currency": "date",
    "discern/sources": "citations",
    "discern/dated": "date",
    "hon/attribution": "citations",
}


def _item(
    key: str, value: float | None, document: Document, signals: Signals, found: Mapping[str, Sequence[Hit]]
) -> dict[str, Any]:
    state = "unknown" if value is None else "present" if value >= 0.5 else "absent"
    if key in _SIGNAL:
        shown = _shown_by_signal(document, signals, _SIGNAL[key])
    else:
        shown = _quotes(document, found[_SHOWN[key]]) if key in _SHOWN else []
    instrument, _, name = key.partition("/")
    return {
        "instrument": instrument,
        "item": name,
        "question": QUESTIONS[key],
        "state": state,
        "value": None if value is None else round(value, 3),
        "scored": key in _SCORED,
        "shown": shown,
    }


def _total(items: Sequence[Mapping[str, Any]], instrument: str) -> dict[str, int]:
    states = [item["state"] for item in items if item["instrument"] == instrument]
    return {state: states.count(state) for state in ("present", "absent", "unknown")}


def _quotes(document: Document, hits: Sequence[Hit]) -> list[dict[str, Any]]:
    return [_quote(document, *hit) for hit in hits[:_MOST]]


def _shown_by_signal(document: Document, signals: Signals, name: str) -> list[dict[str, Any]]:
    reasons = signals.reasons.get(name, ())[:_MOST]
    return [_quote(document, one.place.block, one.place.start, one.place.end) for one in reasons]


def _quote(document: Document, index: int, start: int, end: int) -> dict[str, Any]:
    block = document.blocks[index]
    text = block.text[start:end]
    if not text:
        return {"quote": "", "start": None, "end": None}
    source_start, source_end = to_source(block, start, end)
    return {"quote": text, "start": source_start, "end": source_end}
