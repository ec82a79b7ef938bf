"""Claims that a treatment is safe, for the ledger: they state no relation to a disease, yet a reviewer has to sign them off.

Rules find such words by phrases of their own; here they become claims, so that the record of harms answers them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from claimlint.evidence.harm import denied_harm
from claimlint.language.cues import FOR_SIGNALS
from claimlint.language.text import Sentence
from claimlint.model import Claim, Confidence, Reason, Strength

_UNNAMED = frozenset({"generic", "drug", "surgery"})
_SAFE = re.compile(
    r"\b(?:(?:is|are|be|it's|they're)\s(?:[a-z0-9%-]+\s){0,3}(?:safe|harmless|well[- ]tolerated|risk[- ]free)\b"
    r"(?!\s(?:to (?:say|assume|eat|drink|drive)|place|space|hands|levels?|haven|distance))|"
    r"\b(?:has|have|with|without|no|zero|carr(?:y|ies)|cause[sd]?)\s(?:any\s|no\s|zero\s|known\s|serious\s|harmful\s|reported\s){0,2}"
    r"(?:side[- ]effects|adverse (?:effects|events|reactions)|risks?)\b|"
    r"\ba\s(?:[a-z-]+,?\s){0,2}safe,?\s(?:[a-z,-]+\s){0,3}(?:treatment|therapy|option|alternative|way|method|approach|procedure|solution)\b|"
    r"\b(?:completely|perfectly|totally|entirely|absolutely|100\s?%)\s(?:safe|harmless|risk[- ]free)\b|\bsafe (?:and|yet|&) effective\b)"
)
_DENIES_HARM = re.compile(r"\b(?:no|zero|without)\b")
_HARM = re.compile(r"(?:side[- ]effects|adverse (?:effects|events|reactions)|risks?)$")
_ABSOLUTE = re.compile(
    r"\b(?:completely|perfectly|totally|entirely|absolutely|100\s?%|always|zero|risk[- ]free|harmless|proven)\b"
)
_WEAK = re.compile(
    r"\b(?:generally|usually|considered|relatively|appears?|seems?|thought|largely|mostly|serious)\b"
)
_WITH = re.compile(r"\s+(?:with|from|of|in|after|during|to)\s+(?:[a-z-]+\s+){0,3}")
"""Between "no risk" and the treatment that it is said of: "there is no risk of infection with our MSC infusions"."""


def safety_claims(sentence: Sentence) -> Iterator[Claim]:
    """What the sentence claims of safety, with the treatment that stands before the words, if any; agent "pronoun" where none."""
    folded = sentence.norm.folded
    told = False
    for match in _SAFE.finditer(folded, sentence.start, sentence.end):
        words = match[0]
        denies = bool(_HARM.search(words))
        if denies and not _DENIES_HARM.search(words):
            continue  # "has side effects" is a disclosure
        if not denies and re.search(r"\bnot\b|n't\b", words):
            continue  # "is not safe for everyone" is one too
        contexts = _contexts(sentence, match.start(), match.end())
        if "study" in contexts:
            continue  # what a trial saw is told as its result
        if denies:
            contexts.pop("negated", None)  # the denial of harm is the claim
        if "hedged" in contexts or _WEAK.search(words):
            strength = Strength.HEDGED
        elif denies or _ABSOLUTE.search(words):
            strength = Strength.ABSOLUTE
        else:
            strength = Strength.CAUSAL
        told = True
        yield _claim(sentence, match.start(), match.end(), strength, contexts)
    denied = None if told else denial(sentence)
    if denied is not None:
        yield denied


def denial(sentence: Sentence) -> Claim | None:
    """The claim to be safe that a sentence makes by denying a harm or by making it small.

    None where it does neither, and where it tells what a study saw. Such a claim is never a mere hedge: one who says that
    there may be no risk has said so.
    """
    found = denied_harm(sentence.folded)
    if found is None or found.strength is Strength.NONE:
        return None
    start, end = sentence.start + found.start, sentence.start + found.end
    contexts = _contexts(sentence, start, end)
    for of_no_weight in ("negated", "background"):  # "cause infection" alone would be what a disease does
        contexts.pop(of_no_weight, None)
    if "study" in contexts:
        return None
    strength = Strength.CAUSAL if "hedged" in contexts else found.strength
    return _claim(sentence, start, end, strength, contexts)


def _contexts(sentence: Sentence, start: int, end: int) -> dict[str, Reason]:
    found = sentence.contexts(start, end)
    return {name: reason for name, reason in found.items() if name not in FOR_SIGNALS}


def _claim(
    sentence: Sentence, start: int, end: int, strength: Strength, contexts: Mapping[str, Reason]
) -> Claim:
    """The claim that the words at ``start`` to ``end`` make, of the last treatment before their end, else of the first behind."""
    offered = [hit for hit in sentence.hits if hit.kind == "intervention" and hit.cls not in _UNNAMED]
    before = [hit for hit in offered if hit.start < end]
    behind = [
        hit for hit in offered if hit.start >= end and _WITH.fullmatch(sentence.norm.folded[end : hit.start])
    ]
    named = before[-1] if before else behind[0] if behind else None
    why = [sentence.reason("effect", start, end), *contexts.values()]
    if named is not None:
        why.append(sentence.reason("intervention", named.start, named.end))
    return Claim(
        sentence.place(start, end),
        sentence.whole,
        strength,
        intervention=named.concept if named else None,
        effect="safe",
        effect_class="safety",
        agent="intervention" if named else "pronoun",
        negated="negated" in contexts,
        attributed="reported" in contexts,
        contexts=frozenset(contexts),
        confidence=Confidence.HIGH if named else Confidence.MEDIUM,
        why=tuple(why),
    )
