"""The kinds that judge an offer by the law of a place: ``notice`` (a mandated text) and ``gate`` (what may not be advertised).

A mandated notice is known by its elements, because statutes are transcribed differently and copy is seldom word for word.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from claimlint.language.text import Sentence
from claimlint.matchers import Candidate
from claimlint.model import Document, Reason, Rule, Scope, Severity, Signals

Stated = Mapping[str, Sequence[tuple[Sentence, int, int]]]
"""Element -> where it stands: the sentence and the offsets in its block."""

SPREAD = 3
"""A notice whose elements stand in more blocks than this, counted from first to last, is no one notice."""
_ASIDE = frozenset({Scope.FOOTER, Scope.META, Scope.ALT, Scope.NAVIGATION})


def notice(
    rule: Rule, document: Document, signals: Signals, classes: Collection[str], stated: Stated
) -> list[Candidate]:
    """What is wrong with the page's notice: missing, incomplete, scattered, or out of sight; at most one finding.

    ``classes`` are the classes and concepts of what the page offers. With ``barred`` the notice may not stand there at all. A
    complete notice yields a note where the law wants it in large type, which text can't show.
    """
    wanted = rule.match
    if not signals.promotes or not set(wanted["about"]) & set(classes):
        return []
    found = [(name, places[0]) for name in wanted["elements"] if (places := stated.get(name))]
    if wanted.get("barred"):
        return [_at(*found[0], "")] if len(found) == len(wanted["elements"]) else []
    if not found:
        return [Candidate(None, why=_because(signals), detail="No part of it stands on the page.")]
    missing = [name.replace("-", " ") for name in wanted["elements"] if not stated.get(name)]
    if missing:
        return [_at(*found[0], f"It is incomplete: it lacks the {', the '.join(missing)}.")]
    blocks = [place[0].index for _, place in found]
    if max(blocks) - min(blocks) >= SPREAD:
        return [_at(*found[0], "Its parts are scattered over the page and do not read as one notice.")]
    if all(document.blocks[block].scope in _ASIDE for block in blocks):
        return [_at(*found[0], "It is complete, but stands where few readers look, as in a footer.")]
    if wanted.get("size"):
        return [
            _at(
                *found[0],
                "It is complete. Its type has to be as large as the largest here; can't verify size.",
                Severity.NOTE,
            )
        ]
    return []


def gate(
    rule: Rule, signals: Signals, sentences: Sequence[Sentence], said: Collection[int]
) -> list[Candidate]:
    """One finding for a page that promotes what may not be advertised; none where it says one of ``says``.

    ``conditions`` limits it to offers for these, ``beyond`` to offers for any but these (classes or ids).
    """
    if not signals.promotes or said:
        return []
    about = set(rule.match["about"])
    named, beyond = set(rule.match.get("conditions", ())), set(rule.match.get("beyond", ()))
    offer: Reason | None = None
    for sentence in sentences:
        for hit in sentence.hits:
            if hit.kind == "intervention" and (hit.cls in about or hit.concept in about):
                offer = offer or sentence.reason("offer", hit.start, hit.end)
    if offer is None:
        return []
    if not named and not beyond:
        return [Candidate(None, why=(offer,))]
    harms = {reason.place.block for reason in signals.reasons.get("harms", ())}
    for sentence in sentences:
        if sentence.index in harms or not any(
            hit.kind in ("intervention", "effect") for hit in sentence.hits
        ):
            continue  # a disease that is only named, or named as a harm, is no use on offer
        for hit in sentence.hits:
            own = {hit.cls, hit.concept}
            wanted = bool(own & named) or (bool(beyond) and not own & beyond)
            if wanted and hit.kind == "condition" and hit.cls != "generic":
                contexts = sentence.contexts(hit.start, hit.end).keys()
                if not contexts & {"negated", "warning"}:
                    return [Candidate(None, why=(offer, sentence.reason("use", hit.start, hit.end)))]
    return []


def _at(
    name: str, place: tuple[Sentence, int, int], detail: str, severity: Severity | None = None
) -> Candidate:
    sentence, start, end = place
    why = (sentence.reason(name.replace("-", " "), start, end),)
    return Candidate(sentence.place(start, end), sentence.text, why, detail=detail, severity=severity)


def _because(signals: Signals) -> tuple[Reason, ...]:
    return tuple(signals.reasons.get("promotes", ())[:1])
