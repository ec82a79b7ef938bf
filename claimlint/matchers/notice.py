"""The kind ``notice``: a text that the law of a place asks for beside an offer.

A mandated notice is known by its elements, because statutes are transcribed differently and copy is seldom word for word.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from claimlint.language.text import Sentence
from claimlint.matchers import Candidate
from claimlint.model import Document, Reason, Rule, Scope, Severity, Signals

if TYPE_CHECKING:
    from claimlint.readers.type_size import Measured

Where = tuple[Sentence, int, int]
"""A sentence and the offsets in its block."""
Stated = Mapping[str, Sequence[Where]]
"""Element -> where it stands."""

SPREAD = 3
"""A notice whose elements stand in more blocks than this, counted from first to last, is no one notice."""
NEAR = 15
"""Blocks between a notice and the next words on what it is about, beyond which a reader of one may never see the other."""
_ROUNDING = 0.1
_ASIDE = frozenset({Scope.FOOTER, Scope.META, Scope.ALT, Scope.NAVIGATION})
_TURNING = frozenset({"negated", "conditional"})


class Fault(NamedTuple):
    """One thing that is wrong with a notice: where, in words, and its severity where that is less than the rule's."""

    name: str
    place: Where
    told: str
    severity: Severity | None = None


def notice(
    rule: Rule,
    document: Document,
    signals: Signals,
    sentences: Sequence[Sentence],
    stated: Stated,
    contrary: Stated,
) -> list[Candidate]:
    """What is wrong with the page's notice, in one finding: missing, altered, incomplete, scattered, out of sight, small, far.

    ``stated`` and ``contrary`` are where the elements and their ``altered`` phrases stand. With ``barred`` the notice may not
    stand there at all.
    """
    offers = _offers(rule.match["about"], sentences)
    if not signals.promotes or not offers or _offers(rule.match.get("not_with", ()), sentences):
        return []
    elements = rule.match["elements"]
    if rule.match.get("barred"):
        there = [(name, places[0]) for name in elements if (places := stated.get(name))]
        return [_at(*there[0], "")] if len(there) == len(elements) else []
    found, turned = sorted_out(elements, stated, contrary)
    if not found:
        return [Candidate(None, why=_because(signals), detail="No part of it stands on the page.")]
    faults = [
        Fault(name, place, f"It is altered: of the {_said(name)} it says \u201c{_quote(place)}\u201d.")
        for name, place in turned.items()
    ]
    missing = [_said(name) for name in elements if name not in found and name not in turned]
    if missing:
        name = next(iter(found))
        faults.append(Fault(name, found[name], f"It is incomplete: it lacks the {', the '.join(missing)}."))
    if not faults:
        faults = _complete(rule, document, found, offers)
    if not faults:
        return []
    grave = [one for one in faults if one.severity is None]
    first = (grave or faults)[0]
    detail = " ".join(one.told for one in faults)
    return [_at(first.name, first.place, detail, None if grave else first.severity)]


def sorted_out(
    elements: Collection[str], stated: Stated, contrary: Stated
) -> tuple[dict[str, Where], dict[str, Where]]:
    """The elements that stand, each at its first place, and those that the notice turns into something else.

    What speaks against an element counts only beside the notice: elsewhere on a page it is another rule's matter.
    """
    found: dict[str, Where] = {}
    turned: dict[str, Where] = {}
    for name in elements:
        for place in stated.get(name, ()):
            sentence, start, end = place
            if _TURNING.isdisjoint(sentence.contexts(start, end)):
                found.setdefault(name, place)
            else:
                turned.setdefault(name, place)
    blocks = {place[0].index for place in found.values()}
    for name, places in contrary.items():
        near = [
            (sentence, start, end)
            for sentence, start, end in places
            if any(abs(sentence.index - block) <= 1 for block in blocks)
            and "negated" not in sentence.contexts(start, end)
        ]
        if near:
            found.pop(name, None)
            turned[name] = near[0]
    return found, {name: place for name, place in turned.items() if name not in found}


def _complete(
    rule: Rule, document: Document, found: Mapping[str, Where], offers: Collection[int]
) -> list[Fault]:
    """What is wrong with a notice that has all its elements."""
    from claimlint.readers.type_size import measured

    name, place = next(iter(found.items()))
    blocks = sorted({one[0].index for one in found.values()})
    faults: list[Fault] = []
    if rule.match.get("together") is False:
        return faults
    if blocks[-1] - blocks[0] >= SPREAD:
        told = "It is complete, but its parts are scattered over the page and do not read as one notice."
        faults.append(Fault(name, place, told))
    elif all(document.blocks[block].scope in _ASIDE for block in blocks):
        told = "It is complete, but stands where few readers look, as in a footer."
        faults.append(Fault(name, place, told))
    elif (away := _away(blocks, offers)) > NEAR:
        told = f"It is complete, but far from the offer, with {away - 1} passages between them."
        faults.append(Fault(name, place, told, Severity.NOTE))
    page = measured(document)
    told, severity = _seen(page, document, blocks)
    if rule.match.get("size") and (severity is not None or not told):
        size, graver = _sized(page, document, blocks)
        if size:
            told, severity = f"{size} {told}".strip(), graver
    if told:
        lead = "" if faults else "It is complete. "
        faults.append(Fault(name, place, lead + told, severity))
    return faults


def _away(blocks: Sequence[int], offers: Collection[int]) -> int:
    """Blocks from the notice to the nearest offer that is no part of it."""
    apart = [offer for offer in offers if not blocks[0] <= offer <= blocks[-1]]
    return min((abs(offer - block) for offer in apart for block in (blocks[0], blocks[-1])), default=0)


def _seen(page: Measured, document: Document, blocks: Sequence[int]) -> tuple[str, Severity | None]:
    """What is to be said of whether the notice can be seen at all, as far as the page's own styles tell; "" where it can."""
    if any(0 in page.sizes(document.blocks[block]) for block in blocks):
        return "The page's own styles hide it.", None
    verdicts = {verdict for block in blocks for verdict in page.verdicts(document.blocks[block])}
    if "faint" in verdicts:
        return "Its type has nearly the colour of what it stands on, so that nobody can read it.", None
    if "unknown" in verdicts:
        told = "Its type may have the colour of what it stands on; can't verify, because the page's styles leave that open."
        return told, Severity.NOTE
    return "", None


def _sized(page: Measured, document: Document, blocks: Sequence[int]) -> tuple[str, Severity | None]:
    """What is to be said of the size of the notice's type, which has to be as large as the largest; "" where it is."""
    unsure = "Its type has to be as large as the largest on the page; can't verify size"
    if page.lacks:
        return f"{unsure}, because {page.lacks}.", Severity.NOTE
    own = [size for block in blocks for size in page.sizes(document.blocks[block])]
    largest, all_known = page.largest(document.blocks)
    known = [size for size in own if size is not None]
    if known and min(known) < largest - _ROUNDING:
        told = (
            f"Its type is {_pixels(min(known))} pixels high, and the largest on the page {_pixels(largest)}"
        )
        return f"{told}: it has to be as large as that.", None
    if not own or len(known) < len(own) or not all_known:
        return f"{unsure}, because the page's styles leave some of them open.", Severity.NOTE
    return "", None


def _pixels(size: float) -> str:
    return f"{round(size, 1):g}"


def _offers(classes: Collection[str], sentences: Sequence[Sentence]) -> set[int]:
    """The blocks that name an intervention of these classes or concepts."""
    about = set(classes)
    return {
        sentence.index
        for sentence in sentences
        for hit in sentence.hits
        if hit.kind == "intervention" and (hit.cls in about or hit.concept in about)
    }


def _said(name: str) -> str:
    return name.replace("-", " ")


def _quote(place: Where) -> str:
    sentence, start, end = place
    low, high = start, end
    for reason in sentence.contexts(start, end).values():
        if reason.kind in _TURNING:
            low, high = min(low, reason.place.start), max(high, reason.place.end)
    text = sentence.block.text[low:high]
    return text if len(text) <= 80 else text[:77].rstrip() + "..."


def _at(name: str, place: Where, detail: str, severity: Severity | None = None) -> Candidate:
    sentence, start, end = place
    why = (sentence.reason(_said(name), start, end),)
    return Candidate(sentence.place(start, end), sentence.text, why, detail=detail, severity=severity)


def _because(signals: Signals) -> tuple[Reason, ...]:
    return tuple(signals.reasons.get("promotes", ())[:1])
