"""What copy says of approvals, tied to a product, a use and a place, for rules and for the ledger.

Rules find such words by phrases of their own; here they are read closely enough that the record of approvals can answer them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from claimlint.evidence.nulls import WITHDRAWN
from claimlint.language.cues import FOR_SIGNALS
from claimlint.language.lexicon import Hit
from claimlint.language.text import Sentence
from claimlint.ledger.ended import ended, told_over
from claimlint.model import Claim, Confidence, Strength, Verdict

if TYPE_CHECKING:
    from claimlint.evidence.registry import Registry

_BODY = r"(?:us )?(?:fda|ema|mhra|tga|pmda|mfds|kfda|dcgi|cdsco|health canada|european commission|food and drug administration)"
_PLACE = r"(?:the )?(?:eu|europe|european union|us|usa|united states|america|uk|united kingdom|japan|south korea|korea|canada|india)"
_APPROVED = re.compile(
    rf"\b{_BODY}[\s-](?:approved|cleared|licen[cs]ed|authori[sz]ed|approval)\b|"
    rf"\b(?:approved|cleared|licen[cs]ed|authori[sz]ed) (?:by|in) (?:the )?(?:{_BODY}|{_PLACE})\b|"
    r"\b(?:is|are|was|were|been|got|now|fully|conditionally|officially) (?:\w+ ){0,2}?approved (?=(?:for|to treat|as|in)\b)|"
    rf"\b(?:has|have|received?|gained|won|obtained|granted|gave|given) (?:\w+[\s-]){{0,3}}approval (?=(?:by|from|for|in|of|to)\b)|"
    rf"\b{_BODY}(?: (?:has|have|had|not|never|now|also|just|recently|conditionally|fully)){{0,3}} "
    r"(?:approved|cleared|licen[cs]ed|authori[sz]ed)\b"
)
_DENIED = re.compile(r"\b(?:not|never)\b|n't\b")
"""A denial within the words themselves ("is not FDA approved"), which no cue in front of them tells."""
_LEANS = re.compile(r"\bapprov|\blicen[cs]ed?\b|\bauthori[sz]|\bcleared\b")
_FOR = re.compile(
    r"\b(?:for|to treat|against|in (?:the treatment of|people|patients|children|adults)|as an?)\b"
)
_JOINED = re.compile(r"\s*(?:,|and|or|,\s?and|,\s?or|as well as|,?\s?but)\s+(?:[a-z-]+\s+){0,2}")
_LEFT_OUT = re.compile(r"\b(?:not|nor|never|except|excluding|unlike|without|rather than|instead of)\b")
"""Before a use that the approval is said not to cover."""
_BUT = re.compile(r"\bbut\b")
_ADJECTIVE = re.compile(r"\s+(?:[a-z-]+\s+){0,3}")
_NAMELESS = frozenset({"generic", "surgery"})
_MOST_NAMED = 8
"""Treatments or uses of one sentence that are asked after: a sentence that names more is a list, or made to cost time."""
_ASSERTS_NOTHING = frozenset({"question", "conditional", "aim", "advice", "warning", "background"})
_GRAVEST = (
    "contradicted",
    "superseded",
    "stronger-than-evidence",
    "stale",
    "no-evidence-on-record",
    "supported",
)
_BEFORE, _AFTER = 12, 60  # characters around the words in which the authority or place stands


def of_approval(words: str) -> bool:
    """Whether words that a rule found speak of a regulator's approval, rather than a registration or an ethics board's."""
    folded = words.lower()
    return bool(_LEANS.search(folded)) and not re.search(
        r"\b(?:irb|review board|ethics|registered|listed)\b", folded
    )


def status_claims(sentence: Sentence) -> Iterator[Claim]:
    """What the sentence says of an approval or its end, with the treatment and the use that it names; agent "drug" for a medicine."""
    folded = sentence.norm.folded
    for effect, pattern in (("approved", _APPROVED), ("withdrawn", WITHDRAWN)):
        match = pattern.search(folded, sentence.start, sentence.end)
        if match is None:
            continue
        start, end = match.start(), match.start() + len(match[0].rstrip())
        contexts = {
            name: reason for name, reason in sentence.contexts(start, end).items() if name not in FOR_SIGNALS
        }
        named = _subject(sentence, start, end)
        uses = _uses(sentence, end)
        why = [sentence.reason("effect", start, end), *contexts.values()]
        if named is not None:
            why.append(sentence.reason("intervention", named.start, named.end))
        yield Claim(
            sentence.place(start, end),
            sentence.whole,
            Strength.HEDGED if "hedged" in contexts else Strength.CAUSAL,
            intervention=named.concept if named else None,
            effect=effect,
            effect_class="status",
            condition=uses[0] if uses else None,
            agent="pronoun" if named is None else "drug" if named.cls == "drug" else "intervention",
            negated="negated" in contexts or bool(_DENIED.search(match[0])),
            attributed="reported" in contexts,
            contexts=frozenset(contexts),
            confidence=Confidence.HIGH if named else Confidence.MEDIUM,
            why=tuple(why),
        )


def status_verdict(claim: Claim, sentence: Sentence, registry: Registry, as_of: date) -> Verdict | None:
    """What the record of approvals says of one of `status_claims`; None where nothing is asserted."""
    from claimlint.evidence.status import place_named, withdrawal_verdict

    if claim.contexts & _ASSERTS_NOTHING and not claim.negated:
        return None
    if claim.attributed:
        return Verdict("not-checkable", detail="The sentence reports what others say.")
    if claim.intervention is None or not registry.knows(claim.intervention):
        detail = "The sentence names no treatment whose approvals are on record."
        return Verdict("not-checkable", detail=detail)
    if "hedged" in claim.contexts:
        return Verdict("not-checkable", detail="The sentence speaks of an approval that may come.")
    at = sentence.norm.folded.find(_effect(claim), sentence.start)
    end = at + len(_effect(claim))
    if claim.effect == "withdrawn":
        place = place_named(sentence.norm.folded[end : min(sentence.end, end + _AFTER)])
        found = withdrawal_verdict(claim.intervention, place, as_of, registry)
    else:
        found = _said(claim.intervention, sentence, at, end, registry, as_of)
    if found is None:
        return Verdict("not-checkable", detail="The record of approvals doesn't settle this one.")
    if not claim.negated or ended(sentence, at, end, as_of):
        return found
    if found.verdict in ("contradicted", "superseded"):
        return found._replace(verdict="supported")
    return Verdict(
        "not-checkable", detail="The sentence denies an approval; this one isn't settled by the record."
    )


def approval(sentences: Sequence[Sentence], number: int, registry: Registry, as_of: date) -> Verdict | None:
    """What the registry says of an approval that sentence ``number`` leans on.

    The product is the one that the sentence itself ties to the approval, else the last that the three sentences before it in
    the block name; None where no approval or no known product is named.
    """
    sentence = sentences[number]
    folded = sentence.norm.folded
    words = _APPROVED.search(folded, sentence.start, sentence.end) or _LEANS.search(
        folded, sentence.start, sentence.end
    )
    if words is None:
        return None
    subject = _subject(sentence, words.start(), words.end())
    if subject is not None:
        return _said(subject.concept, sentence, words.start(), words.end(), registry, as_of)
    from claimlint.evidence.status import approval_verdict, place_named, withdrawal_verdict

    before = [one for one in sentences[max(0, number - 3) : number] if one.index == sentence.index]
    place = place_named(" ".join(one.folded for one in (*before, sentence)))
    uses = _uses(sentence, words.end())
    over = ended(sentence, words.start(), words.end(), as_of)
    found = None
    for one in reversed(before):
        named = dict.fromkeys(
            hit.concept for hit in one.hits if hit.kind == "intervention" and hit.cls not in _NAMELESS
        )
        for concept in islice(named, _MOST_NAMED):
            if over:
                return withdrawal_verdict(concept, place, as_of, registry)
            verdict = approval_verdict(concept, place, as_of, registry, uses[0] if uses else None)
            if verdict is not None and verdict.verdict == "superseded":
                return verdict
            found = found or verdict
    return found


def _said(
    intervention: str, sentence: Sentence, start: int, end: int, registry: Registry, as_of: date
) -> Verdict | None:
    """The verdict on an approval, or on its end where the sentence says that it is over."""
    if ended(sentence, start, end, as_of):
        from claimlint.evidence.status import place_named, withdrawal_verdict

        near = sentence.norm.folded[max(sentence.start, start - _BEFORE) : min(sentence.end, end + _AFTER)]
        place = place_named(near) or place_named(sentence.folded)
        return withdrawal_verdict(_product(intervention, sentence, start, registry), place, as_of, registry)
    found = _of(intervention, sentence, start, end, registry, as_of)
    over = found is not None and found.verdict == "superseded" and told_over(sentence, start, end)
    return found._replace(verdict="supported") if over and found else found


def _of(
    intervention: str, sentence: Sentence, start: int, end: int, registry: Registry, as_of: date
) -> Verdict | None:
    """The gravest verdict over the uses that are named for the approval at ``start`` to ``end``."""
    from claimlint.evidence.group import beyond_group
    from claimlint.evidence.status import approval_verdict, place_named

    folded = sentence.norm.folded
    near = folded[max(sentence.start, start - _BEFORE) : min(sentence.end, end + _AFTER)]
    place = place_named(near) or place_named(sentence.folded)
    product = _product(intervention, sentence, start, registry)
    found = [
        verdict
        for use in islice(_uses(sentence, end) or (None,), _MOST_NAMED)
        if (
            verdict := approval_verdict(
                product, place, as_of, registry, use, conditional="conditional" in near
            )
        )
        is not None
    ]
    if not found:
        return None
    worst = min(found, key=lambda verdict: _GRAVEST.index(verdict.verdict))
    if worst.verdict == "supported" and worst.records:
        note = beyond_group(registry.record(worst.records[0]), sentence.folded)
        if note:
            return worst._replace(verdict="stronger-than-evidence", detail=f"{worst.detail} {note}")
    return worst


def _effect(claim: Claim) -> str:
    return claim.why[0].text.lower()


def _product(intervention: str, sentence: Sentence, start: int, registry: Registry) -> str:
    """The product that the sentence names for a kind of cell: "Brand, a mesenchymal cell therapy, is approved"."""
    for hit in sentence.hits:
        if hit.kind == "intervention" and hit.start < start and registry.knows(hit.concept):
            known = registry.data["interventions"][hit.concept]
            if known.get("product") and registry.is_a(hit.concept, intervention):
                return hit.concept
    return intervention


def _subject(sentence: Sentence, start: int, end: int) -> Hit | None:
    """What is called approved: the treatment that the word stands before ("approved drops"), else the last one named earlier."""
    hits = [hit for hit in sentence.hits if hit.kind == "intervention" and hit.cls not in _NAMELESS]
    folded = sentence.norm.folded
    after = next((hit for hit in hits if hit.start >= end), None)
    if after is not None and _ADJECTIVE.fullmatch(folded[end : after.start]):
        between = folded[end : after.start].split()
        if not {"by", "in", "for", "as", "to", "and", "or"} & set(between):
            return after
    earlier = [hit for hit in hits if hit.end <= start]
    return earlier[-1] if earlier else None


def _uses(sentence: Sentence, end: int) -> tuple[str, ...]:
    """The conditions that an approval is said to be for: the first after the words, and those that are joined to it.

    What it is said not to be for ("for lupus, not for gout", "not for gout but for lupus") is no use of it.
    """
    folded = sentence.norm.folded
    stop = min((bound for bound in sentence.bounds if bound > end), default=sentence.end)
    found: list[str] = []
    last, left_out = end, False
    for hit in sentence.hits:
        if hit.kind != "condition" or hit.cls == "generic" or not end <= hit.start < sentence.end:
            continue
        between = folded[last : hit.start]
        if last == end and (hit.start >= stop or not _FOR.search(between)):
            return ()
        if last != end and not _JOINED.fullmatch(between):
            break
        if _BUT.search(between) and not left_out:
            break  # "but lupus is treated too"; behind "not for gout" it names the use
        left_out = bool(_LEFT_OUT.search(between)) or (left_out and not _BUT.search(between))
        last = hit.end
        if not left_out:
            found.append(hit.concept)
    return tuple(dict.fromkeys(found))
